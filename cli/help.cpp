// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit_status.hpp"
#include "cli/reference/rows.hpp"

namespace claribi::cli {

namespace {

// A line of a two-column list.
struct Entry {
  std::string title;
  std::string text;
};

std::string section(std::string_view heading, const std::vector<Entry>& entries,
                    size_t width);
std::vector<Entry> command_entries(const std::vector<const Command*>& rows,
                                   std::string_view parent);
std::vector<Entry> option_entries(std::span<const Option> options);
std::vector<Entry> argument_entries(std::span<const Argument> arguments);
std::vector<Entry> topic_entries();
std::string description(std::string_view text, size_t width);
std::string examples(const Command& command, size_t width);
std::string exit_status_section(size_t width);
std::string global_names(std::span<const Option> globals, size_t width);

}  // namespace

std::string help_overview(std::span<const Command> commands,
                          std::span<const Option> globals, size_t width) {
  std::string text = "Usage: claribi COMMAND [options]\n\n";
  text += wrap(
              "Product analytics in the shell: ask a question, get the answer, "
              "the numbers, a chart, and how it was computed.",
              0, width) +
          "\n";
  text += section("Commands", command_entries(top_level(commands), ""), width);
  text += section("Options of every command", option_entries(globals), width);
  text += section("Topics of claribi help", topic_entries(), width);
  text += exit_status_section(width);
  text += "\n" + wrap(
                     "`claribi COMMAND --help` says more about a command. "
                     "`claribi connect demo` needs no account and no key.",
                     0, width);
  return text + "\n";
}

std::string help_command(const Command& command,
                         std::span<const Command> commands,
                         std::span<const Option> globals, size_t width) {
  const Bound bound = command.bind();
  std::string text =
      wrap(fmt::format("Usage: {}", usage_line(command)), 0, width) + "\n";
  text += description(command.description, width);
  text += section("Subcommands",
                  command_entries(below(commands, command.path), command.path),
                  width);
  text += section("Arguments", argument_entries(bound.arguments), width);
  text += section("Options", option_entries(bound.options), width);
  text += global_names(globals, width);
  text += examples(command, width);
  text += exit_status_section(width);
  return text;
}

std::string help_group(std::string_view path, std::span<const Command> commands,
                       size_t width) {
  const auto rows = below(commands, path);
  if (rows.empty()) return "";
  return fmt::format("Usage: claribi {} SUBCOMMAND [options]\n", path) +
         section("Subcommands", command_entries(rows, path), width);
}

std::string help_topic(const Topic& topic, size_t width) {
  return wrap(fmt::format("{}: {}", topic.name, topic.summary), 0, width) +
         "\n" + description(topic.text(), width);
}

std::string wrap(std::string_view paragraph, size_t indent, size_t width) {
  const std::string margin(indent, ' ');
  std::string text;
  size_t column = 0;  // Of the line so far; 0 before its first word.
  std::string words(paragraph);
  std::ranges::replace(words, '\n', ' ');
  for (const auto& word : split(words, ' ')) {
    if (word.empty()) continue;
    const size_t wide = display_width(word);
    if (column > 0 && column + 1 + wide <= width) {
      text += " " + word;
      column += 1 + wide;
    } else {
      if (column > 0) text += '\n';
      text += margin;
      text += word;
      column = indent + wide;
    }
  }
  return text;
}

namespace {

// A title that is wider than this stands on a line of its own.
constexpr size_t widest_title = 26;

std::string section(std::string_view heading, const std::vector<Entry>& entries,
                    size_t width) {
  if (entries.empty()) return "";
  size_t column = 0;
  for (const auto& entry : entries) {
    const size_t wide = display_width(entry.title);
    if (wide <= widest_title) column = std::max(column, wide);
  }
  column += 4;  // Two spaces on each side.
  std::string text = fmt::format("\n{}:\n", heading);
  for (const auto& entry : entries) {
    std::string line = "  " + entry.title;
    const std::string words = wrap(entry.text, column, width);
    const size_t wide = display_width(line);
    if (words.empty()) {
      text += line + "\n";
    } else if (wide + 2 <= column) {
      line.append(column - wide, ' ');
      text += line + words.substr(column) + "\n";
    } else {
      text += fmt::format("{}\n{}\n", line, words);
    }
  }
  return text;
}

std::vector<Entry> command_entries(const std::vector<const Command*>& rows,
                                   std::string_view parent) {
  const size_t skip = parent.empty() ? 0 : parent.size() + 1;
  std::vector<Entry> entries;
  entries.reserve(rows.size());
  for (const auto* row : rows) {
    entries.push_back(
        {std::string(row->path.substr(skip)), std::string(row->summary)});
  }
  return entries;
}

std::vector<Entry> option_entries(std::span<const Option> options) {
  std::vector<Entry> entries;
  for (const auto& option : options) {
    entries.push_back({option_title(option), option_help(option)});
  }
  return entries;
}

std::vector<Entry> argument_entries(std::span<const Argument> arguments) {
  std::vector<Entry> entries;
  for (const auto& argument : arguments) {
    entries.push_back({std::string(argument.name), std::string(argument.help)});
  }
  return entries;
}

std::vector<Entry> topic_entries() {
  std::vector<Entry> entries;
  for (const auto& topic : topics()) {
    entries.push_back({std::string(topic.name), std::string(topic.summary)});
  }
  return entries;
}

std::string description(std::string_view words, size_t width) {
  std::string text;
  for (const auto& paragraph : paragraphs(words)) {
    text += "\n";
    text += paragraph.starts_with(' ') ? paragraph : wrap(paragraph, 0, width);
    text += "\n";
  }
  return text;
}

std::string examples(const Command& command, size_t width) {
  if (command.examples.empty()) return "";
  std::string text = "\nExamples:\n";
  for (const auto& example : command.examples) {
    if (!example.about.empty()) {
      text += wrap(fmt::format("# {}", example.about), 2, width) + "\n";
    }
    text += fmt::format("  {}\n", example.command);
  }
  return text;
}

std::string exit_status_section(size_t width) {
  std::vector<Entry> entries;
  for (const auto& row : exit_statuses()) {
    entries.push_back(
        {fmt::format("{:>3}", row.number), std::string(row.meaning)});
  }
  return section("Exit status", entries, width);
}

std::string global_names(std::span<const Option> globals, size_t width) {
  if (globals.empty()) return "";
  std::vector<std::string> names;
  for (const auto& option : globals) {
    const auto both = names_of(option);
    names.push_back(both.long_name.empty() ? both.short_name : both.long_name);
  }
  return "\nOptions of every command:\n" + wrap(join(names, " "), 2, width) +
         "\n";
}

}  // namespace

}  // namespace claribi::cli
