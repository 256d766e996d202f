// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/reference/reference.hpp"
#include "cli/reference/rows.hpp"

namespace claribi::cli {

namespace {

std::string head(const Manual& manual);
std::string command_lines(const Manual& manual, const Command& command);
std::string option_line(const Manual& manual, std::string_view condition,
                        const Option& option);
std::string quoted(std::string_view text);

}  // namespace

std::string fish_completion(const Manual& manual) {
  std::string text = head(manual);
  text += "complete -c claribi -f\n";
  for (const auto& option : manual.globals) {
    text += option_line(manual, "", option);
  }
  auto paths = all_paths(manual.commands);
  paths.insert(paths.begin(), "");
  for (const auto& path : paths) {
    const auto words = next_words(manual.commands, path);
    if (words.empty()) continue;
    text += fmt::format("complete -c claribi -n {} -a {}\n",
                        quoted(fmt::format("__claribi_at '{}'", path)),
                        quoted(join(words, " ")));
  }
  for (const auto* command : visible(manual.commands)) {
    text += command_lines(manual, *command);
  }
  return text;
}

namespace {

std::string head(const Manual& manual) {
  std::string options;
  for (const auto& option : manual.globals) {
    if (!takes_value(option)) continue;
    const auto names = names_of(option);
    for (const auto& name : {names.short_name, names.long_name}) {
      if (!name.empty()) options += " " + name;
    }
  }
  std::string paths;
  for (const auto& path : all_paths(manual.commands)) {
    paths += " " + quoted(path);
  }
  return fmt::format(
      R"sh(# fish completion for claribi. Made by scripts/check-generated from the
# table of commands. Change the table.

# Whether the words so far are that command.
function __claribi_at
    set -l takes_value{}
    set -l commands{}
    set -l path ''
    set -l skip 0
    for word in (commandline -opc)[2..]
        set -l longer (string trim -- "$path $word")
        if test $skip = 1
            set skip 0
        else if contains -- $word $takes_value
            set skip 1
        else if string match -q -- '-*' $word
            continue
        else if contains -- $longer $commands
            set path $longer
        else
            break
        end
    end
    test "$path" = "$argv[1]"
end

)sh",
      options, paths);
}

// What the values of that kind are: options of `complete`.
std::string values(const Manual& manual, Completes kind) {
  if (kind == Completes::file) return "-F";
  if (kind == Completes::format) {
    return fmt::format("-x -a {}", quoted(join(manual.formats, " ")));
  }
  const std::string_view word = kind_word(kind);
  return word.empty()
             ? "-x"
             : fmt::format("-x -a '(claribi __complete {} 2>/dev/null)'", word);
}

std::string command_lines(const Manual& manual, const Command& command) {
  const Bound bound = command.bind();
  const std::string condition = fmt::format(
      " -n {}", quoted(fmt::format("__claribi_at '{}'", command.path)));
  std::string text;
  for (const auto& option : bound.options) {
    text += option_line(manual, condition, option);
  }
  for (const auto& argument : bound.arguments) {
    if (argument.completes == Completes::nothing) continue;
    text += fmt::format("complete -c claribi{} {}\n", condition,
                        values(manual, argument.completes));
  }
  return text;
}

std::string option_line(const Manual& manual, std::string_view condition,
                        const Option& option) {
  const auto names = names_of(option);
  std::string line = fmt::format("complete -c claribi{}", condition);
  if (!names.short_name.empty()) line += " -s " + names.short_name.substr(1);
  if (!names.long_name.empty()) line += " -l " + names.long_name.substr(2);
  line += " -d " + quoted(option.help);
  if (takes_value(option)) {
    line += option.choices.empty()
                ? " -r " + values(manual, option.completes)
                : fmt::format(" -x -a {}", quoted(join(option.choices, " ")));
  }
  return line + "\n";
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

}  // namespace

}  // namespace claribi::cli
