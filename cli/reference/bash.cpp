// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/reference/reference.hpp"
#include "cli/reference/rows.hpp"

namespace claribi::cli {

namespace {

std::string takes_value_function(const Manual& manual);
std::string value_cases(const Manual& manual);
std::string option_cases(const Manual& manual);
std::string word_cases(const Manual& manual);

// The part that is the same whatever the table holds.
constexpr std::string_view body = R"sh(
# Offers the words that begin like the current one.
_claribi_offer() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}

# Names of that kind, and further words.
_claribi_ask() {
  _claribi_offer "${2-} $(claribi __complete "$1" 2>/dev/null)"
}

_claribi_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

_claribi() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local path='' place=0 i word
  # bash cuts --name=value at the sign.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == -* ]]; then
      [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
      _claribi_takes_value "$path:$word" && ((i++))
    elif ((place == 0)) && _claribi_is_command "${path:+$path }$word"; then
      path=${path:+$path }$word
    else
      ((place++))
    fi
  done
  if [[ $prev == -* ]] && _claribi_takes_value "$path:$prev"; then
    _claribi_value "$path:$prev"
  elif [[ $cur == -* ]]; then
    _claribi_options "$path"
  else
    _claribi_words "$path:$place"
  fi
}

complete -F _claribi claribi
)sh";

}  // namespace

std::string bash_completion(const Manual& manual) {
  std::string paths;
  for (const auto& path : all_paths(manual.commands)) {
    paths += fmt::format("{}'{}'", paths.empty() ? "" : " | ", path);
  }
  return "# bash completion for claribi. Made by scripts/check-generated from\n"
         "# the table of commands. Change the table.\n\n" +
         fmt::format(
             "_claribi_is_command() {{\n  case $1 in\n    {}) return 0 "
             ";;\n  esac\n  return 1\n}}\n\n",
             paths) +
         takes_value_function(manual) + value_cases(manual) +
         option_cases(manual) + word_cases(manual) + std::string(body);
}

namespace {

// "'ask:--engine'", or "*:--format" for an option of every command.
std::string patterns(std::string_view path, const Option& option) {
  const auto names = names_of(option);
  std::string text;
  for (const auto& name : {names.short_name, names.long_name}) {
    if (name.empty()) continue;
    if (!text.empty()) text += " | ";
    text += path == "*" ? fmt::format("*:{}", name)
                        : fmt::format("'{}:{}'", path, name);
  }
  return text;
}

// One line per option that takes a value; `action` says what the line does.
template <typename Action>
std::string option_lines(const Manual& manual, Action action) {
  std::string text;
  const auto add = [&](std::string_view path, std::span<const Option> options) {
    for (const auto& option : options) {
      if (!takes_value(option)) continue;
      text += fmt::format("    {}) {} ;;\n", patterns(path, option),
                          action(option));
    }
  };
  for (const auto* command : visible(manual.commands)) {
    const Bound bound = command->bind();
    add(command->path, bound.options);
  }
  add("*", manual.globals);
  return text;
}

std::string takes_value_function(const Manual& manual) {
  return "# Whether the option takes the next word as its value.\n"
         "_claribi_takes_value() {\n  case $1 in\n" +
         option_lines(manual, [](const Option&) { return "return 0"; }) +
         "  esac\n  return 1\n}\n\n";
}

std::string offer(const Manual& manual, Completes kind) {
  if (kind == Completes::file) return "_claribi_files";
  if (kind == Completes::format) {
    return fmt::format("_claribi_offer '{}'", join(manual.formats, " "));
  }
  const std::string_view word = kind_word(kind);
  return word.empty() ? ":" : fmt::format("_claribi_ask {}", word);
}

std::string value_cases(const Manual& manual) {
  return "_claribi_value() {\n  COMPREPLY=()\n  case $1 in\n" +
         option_lines(manual,
                      [&manual](const Option& option) {
                        return option.choices.empty()
                                   ? offer(manual, option.completes)
                                   : fmt::format("_claribi_offer '{}'",
                                                 join(option.choices, " "));
                      }) +
         "  esac\n}\n\n";
}

std::string all_names(std::span<const Option> options) {
  std::vector<std::string> names;
  for (const auto& option : options) {
    const auto both = names_of(option);
    for (const auto& name : {both.short_name, both.long_name}) {
      if (!name.empty()) names.push_back(name);
    }
  }
  return join(names, " ");
}

std::string option_cases(const Manual& manual) {
  std::string text = "_claribi_options() {\n  local own=''\n  case $1 in\n";
  for (const auto* command : visible(manual.commands)) {
    const Bound bound = command->bind();
    if (bound.options.empty()) continue;
    text += fmt::format("    '{}') own='{}' ;;\n", command->path,
                        all_names(bound.options));
  }
  return text + fmt::format("  esac\n  _claribi_offer \"$own {}\"\n}}\n\n",
                            all_names(manual.globals));
}

// Whether the first argument is a name that claribi can list.
bool asks_first(const Manual& manual, std::string_view path) {
  for (const auto* command : visible(manual.commands)) {
    if (command->path != path) continue;
    const Bound bound = command->bind();
    return !bound.arguments.empty() &&
           offer(manual, bound.arguments.front().completes)
               .starts_with("_claribi_ask");
  }
  return false;
}

// After a path: the next words of longer paths, and what its arguments are.
std::string word_cases(const Manual& manual) {
  std::string text = "_claribi_words() {\n  COMPREPLY=()\n  case $1 in\n";
  auto paths = all_paths(manual.commands);
  paths.insert(paths.begin(), "");
  for (const auto& path : paths) {
    const auto words = next_words(manual.commands, path);
    if (words.empty() || asks_first(manual, path)) continue;
    text += fmt::format("    '{}:0') _claribi_offer '{}' ;;\n", path,
                        join(words, " "));
  }
  for (const auto* command : visible(manual.commands)) {
    const Bound bound = command->bind();
    for (size_t place = 0; place < bound.arguments.size(); ++place) {
      const auto& argument = bound.arguments[place];
      std::string action = offer(manual, argument.completes);
      if (action == ":") continue;
      const auto words = next_words(manual.commands, command->path);
      if (place == 0 && !words.empty() && asks_first(manual, command->path)) {
        action += fmt::format(" '{}'", join(words, " "));
      }
      const std::string at = repeats(argument.lands)
                                 ? fmt::format("'{}:'*", command->path)
                                 : fmt::format("'{}:{}'", command->path, place);
      text += fmt::format("    {}) {} ;;\n", at, action);
    }
  }
  return text + "  esac\n}\n";
}

}  // namespace

}  // namespace claribi::cli
