// SPDX-License-Identifier: MIT
#include "cli/reference/reference.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "cli/reference/rows.hpp"

namespace claribi::cli {

namespace {

Result<void> check_words(const Command& command) {
  const auto lacks = [&command](std::string_view what) {
    return fail(ErrorKind::internal,
                fmt::format("the command '{}' lacks {}", command.path, what));
  };
  if (command.summary.empty()) return lacks("a summary");
  if (command.description.empty()) return lacks("a description");
  if (command.examples.empty()) return lacks("an example");
  const Bound bound = command.bind();
  for (const auto& option : bound.options) {
    if (option.help.empty()) {
      return lacks(fmt::format("words on its option {}", option.names));
    }
  }
  for (const auto& argument : bound.arguments) {
    if (argument.help.empty()) {
      return lacks(fmt::format("words on its argument {}", argument.name));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<GeneratedFile>> generate_all(const Manual& manual) {
  for (const auto* command : visible(manual.commands)) {
    CLARIBI_TRY(check_words(*command));
  }
  std::vector<GeneratedFile> files = man_pages(manual);
  files.push_back({"man/reference.md", reference_page(manual)});
  files.push_back({"completions/claribi.bash", bash_completion(manual)});
  files.push_back({"completions/_claribi", zsh_completion(manual)});
  files.push_back({"completions/claribi.fish", fish_completion(manual)});
  return files;
}

}  // namespace claribi::cli
