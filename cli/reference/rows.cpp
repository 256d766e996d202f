// SPDX-License-Identifier: MIT
#include "cli/reference/rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace claribi::cli {

OptionNames names_of(const Option& option) {
  OptionNames names;
  for (const auto& part : split(option.names, ',')) {
    const std::string name(trim(part));
    (name.starts_with("--") ? names.long_name : names.short_name) = name;
  }
  return names;
}

std::string option_title(const Option& option) {
  const auto names = names_of(option);
  std::string title = names.short_name;
  if (title.empty()) {
    title = "    ";
  } else if (!names.long_name.empty()) {
    title += ", ";
  }
  title += names.long_name;
  if (takes_value(option)) title += " " + value_name(option);
  return title;
}

bool takes_value(const Option& option) {
  return !std::holds_alternative<bool*>(option.lands);
}

std::string value_name(const Option& option) {
  return option.value.empty() ? "VALUE" : std::string(option.value);
}

bool repeats(const Landing& lands) {
  return std::holds_alternative<std::vector<std::string>*>(lands);
}

std::string option_help(const Option& option) {
  std::string text(option.help);
  if (!option.choices.empty()) {
    if (!text.empty()) text += ' ';
    text += fmt::format("One of: {}.", join(option.choices, ", "));
  }
  return text;
}

std::string argument_title(const Argument& argument) {
  const std::string_view dots = repeats(argument.lands) ? "..." : "";
  return argument.required ? fmt::format("{}{}", argument.name, dots)
                           : fmt::format("[{}{}]", argument.name, dots);
}

std::string usage_line(const Command& command) {
  const Bound bound = command.bind();
  std::string line = fmt::format("claribi {}", command.path);
  for (const auto& argument : bound.arguments) {
    line += " " + argument_title(argument);
  }
  return line + " [options]";
}

std::vector<const Command*> visible(std::span<const Command> commands) {
  std::vector<const Command*> rows;
  for (const auto& command : commands) {
    if (!command.hidden) rows.push_back(&command);
  }
  return rows;
}

namespace {

bool is_below(std::string_view path, std::string_view parent) {
  return path.size() > parent.size() && path.starts_with(parent) &&
         path[parent.size()] == ' ';
}

}  // namespace

std::vector<const Command*> below(std::span<const Command> commands,
                                  std::string_view path) {
  std::vector<const Command*> rows = visible(commands);
  std::erase_if(rows, [path](const Command* row) {
    return !path.empty() && !is_below(row->path, path);
  });
  return rows;
}

std::vector<const Command*> top_level(std::span<const Command> commands) {
  const auto rows = visible(commands);
  std::vector<const Command*> top;
  for (const auto* row : rows) {
    const bool has_parent =
        std::ranges::any_of(rows, [row](const Command* other) {
          return is_below(row->path, other->path);
        });
    if (!has_parent) top.push_back(row);
  }
  return top;
}

std::vector<std::string> next_words(std::span<const Command> commands,
                                    std::string_view path) {
  std::vector<std::string> words;
  const size_t skip = path.empty() ? 0 : path.size() + 1;
  for (const auto* row : below(commands, path)) {
    const std::string_view rest = row->path.substr(skip);
    std::string word(rest.substr(0, rest.find(' ')));
    if (std::ranges::find(words, word) == words.end()) {
      words.push_back(std::move(word));
    }
  }
  return words;
}

std::vector<std::string> all_paths(std::span<const Command> commands) {
  std::vector<std::string> paths;
  for (const auto* row : visible(commands)) {
    for (size_t end = 0; end != std::string_view::npos;) {
      end = row->path.find(' ', end + 1);
      paths.emplace_back(row->path.substr(0, end));
    }
  }
  std::ranges::sort(paths);
  const auto repeated = std::ranges::unique(paths);
  paths.erase(repeated.begin(), repeated.end());
  return paths;
}

std::vector<std::string> paragraphs(std::string_view description) {
  std::vector<std::string> parts;
  size_t start = 0;
  while (start < description.size()) {
    const size_t end =
        std::min(description.find("\n\n", start), description.size());
    std::string_view part = description.substr(start, end - start);
    while (part.starts_with('\n'))
      part.remove_prefix(1);
    while (part.ends_with('\n'))
      part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    start = end + 2;
  }
  return parts;
}

std::string_view kind_word(Completes kind) {
  switch (kind) {
    case Completes::nothing:
    case Completes::file:
      return "";
    case Completes::source:
      return "source";
    case Completes::tool:
      return "tool";
    case Completes::format:
      return "format";
    case Completes::vendor:
      return "vendor";
  }
  return "";
}

}  // namespace claribi::cli
