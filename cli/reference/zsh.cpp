// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/reference/reference.hpp"
#include "cli/reference/rows.hpp"

namespace claribi::cli {

namespace {

std::string command_function(const Manual& manual, std::string_view path);
std::string argument_specs(const Manual& manual, const Command& command);
std::string first_word(const Manual& manual, std::string_view path,
                       const std::vector<std::string>& words);
std::string option_specs(const Manual& manual, std::span<const Option> options);

constexpr std::string_view body = R"sh(
# _arguments puts options for compadd before the last word: a kind of value and
# the words that may stand in its place, with commas between.
_claribi_ask() {
  local -a asked values
  asked=(${(s:,:)@[-1]})
  values=($asked[2,-1] ${(f)"$(claribi __complete $asked[1] 2>/dev/null)"})
  compadd "${(@)@[1,-2]}" -a values
}

_claribi() {
  local path_so_far='' word
  local -i i last=1
  # The longest run of words that is a command; options may stand between.
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    if [[ $word == -* ]]; then
      (( ${_claribi_value_options[(Ie)$word]} )) && ((i++))
    elif (( ${_claribi_paths[(Ie)${path_so_far:+$path_so_far }$word]} )); then
      path_so_far=${path_so_far:+$path_so_far }$word
      last=i
    else
      break
    fi
  done
  # The command's own arguments are counted from here.
  words=("claribi" "${(@)words[last + 1,-1]}")
  ((CURRENT -= last - 1))
  _claribi_at_${path_so_far//[ -]/_}
}

if [[ $funcstack[1] == _claribi ]]; then
  _claribi "$@"
else
  compdef _claribi claribi
fi
)sh";

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string zsh_completion(const Manual& manual) {
  std::string text =
      "#compdef claribi\n"
      "# Made by scripts/check-generated from the table of commands. Change\n"
      "# the table.\n\n"
      "typeset -ga _claribi_paths _claribi_value_options "
      "_claribi_global_options\n"
      "_claribi_paths=(\n";
  auto paths = all_paths(manual.commands);
  for (const auto& path : paths)
    text += fmt::format("  {}\n", quoted(path));
  text += ")\n_claribi_value_options=(\n";
  for (const auto& option : manual.globals) {
    if (!takes_value(option)) continue;
    const auto names = names_of(option);
    text += fmt::format("  {} {}\n", names.short_name, names.long_name);
  }
  text += ")\n_claribi_global_options=(\n";
  text += option_specs(manual, manual.globals) + ")\n";
  paths.insert(paths.begin(), "");
  for (const auto& path : paths)
    text += command_function(manual, path);
  return text + std::string(body);
}

namespace {

std::string command_function(const Manual& manual, std::string_view path) {
  std::string name(path);
  std::ranges::replace(name, ' ', '_');
  std::ranges::replace(name, '-', '_');
  std::string specs;
  const auto words = next_words(manual.commands, path);
  if (!words.empty()) {
    specs += fmt::format(
        "    {}\n", quoted("1:command:" + first_word(manual, path, words)));
  }
  for (const auto* command : visible(manual.commands)) {
    if (command->path != path) continue;
    const Bound bound = command->bind();
    if (words.empty()) specs += argument_specs(manual, *command);
    specs += option_specs(manual, bound.options);
  }
  return fmt::format(
      "\n_claribi_at_{}() {{\n  local -a specs\n  specs=(\n{}  )\n"
      "  _arguments -s \"${{specs[@]}}\" \"${{_claribi_global_options[@]}}\"\n"
      "}}\n",
      name, specs);
}

// The commands that may follow, and the first argument of a command that is
// also one by itself.
std::string first_word(const Manual& manual, std::string_view path,
                       const std::vector<std::string>& words) {
  for (const auto* command : visible(manual.commands)) {
    if (command->path != path) continue;
    for (const auto& argument : command->bind().arguments) {
      const std::string_view kind = kind_word(argument.completes);
      if (!kind.empty()) {
        return fmt::format("_claribi_ask {},{}", kind, join(words, ","));
      }
    }
  }
  return fmt::format("({})", join(words, " "));
}

// A description stands between brackets or colons.
std::string description(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("[]:\\").contains(c)) out += '\\';
    out += c;
  }
  return out;
}

std::string action(const Manual& manual, Completes kind) {
  if (kind == Completes::file) return "_files";
  if (kind == Completes::format) {
    return fmt::format("({})", join(manual.formats, " "));
  }
  const std::string_view word = kind_word(kind);
  // With a mere message here, zsh would not complete options any more.
  return word.empty() ? "()" : fmt::format("_claribi_ask {}", word);
}

std::string argument_specs(const Manual& manual, const Command& command) {
  std::string specs;
  const Bound bound = command.bind();
  for (const auto& argument : bound.arguments) {
    specs += fmt::format(
        "    {}\n",
        quoted(fmt::format("{}:{}:{}", repeats(argument.lands) ? "*" : "",
                           description(argument.name),
                           action(manual, argument.completes))));
  }
  return specs;
}

std::string option_specs(const Manual& manual,
                         std::span<const Option> options) {
  std::string specs;
  for (const auto& option : options) {
    std::string rest = fmt::format("[{}]", description(option.help));
    if (takes_value(option)) {
      rest += fmt::format(":{}:{}", description(value_name(option)),
                          option.choices.empty()
                              ? action(manual, option.completes)
                              : fmt::format("({})", join(option.choices, " ")));
    }
    const auto names = names_of(option);
    for (const auto& name : {names.short_name, names.long_name}) {
      if (name.empty()) continue;
      const std::string start =
          repeats(option.lands)
              ? "*"
              : fmt::format("({})", join(split(option.names, ','), " "));
      specs += fmt::format("    {}\n",
                           quoted(fmt::format("{}{}{}", start, name, rest)));
    }
  }
  return specs;
}

}  // namespace

}  // namespace claribi::cli
