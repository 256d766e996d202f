// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/exit_status.hpp"
#include "cli/reference/reference.hpp"
#include "cli/reference/rows.hpp"
#include "cli/topics.hpp"

namespace claribi::cli {

namespace {

std::string anchor(std::string_view path);
std::string cell(std::string_view text);
std::string option_rows(std::span<const Option> options);
std::string command_section(const Command& command);
std::string topic_section(const Topic& topic);
std::string prose(std::string_view text);

}  // namespace

std::string reference_page(const Manual& manual) {
  std::string page =
      "<!-- Made by scripts/check-generated from the table of commands. Change "
      "the table. -->\n"
      "# Reference of claribi\n\n"
      "| command | does |\n|---|---|\n";
  for (const auto* command : visible(manual.commands)) {
    page += fmt::format("| [`claribi {}`](#{}) | {} |\n", command->path,
                        anchor(command->path), cell(command->summary));
  }
  for (const auto* command : visible(manual.commands)) {
    page += command_section(*command);
  }
  for (const Topic& topic : topics())
    page += topic_section(topic);
  page += "\n## Options of every command\n\n" + option_rows(manual.globals);
  page += "\n## Exit status\n\n| status | meaning |\n|---|---|\n";
  for (const auto& row : exit_statuses()) {
    page += fmt::format("| {} | {} |\n", row.number, cell(row.meaning));
  }
  return page;
}

namespace {

std::string command_section(const Command& command) {
  const Bound bound = command.bind();
  std::string text = fmt::format("\n## claribi {}\n\n", command.path);
  text += fmt::format("```\n{}\n```\n", usage_line(command));
  text += prose(command.description);
  if (!bound.arguments.empty()) {
    text += "\n| argument | meaning |\n|---|---|\n";
    for (const auto& argument : bound.arguments) {
      text += fmt::format("| `{}` | {} |\n", cell(argument_title(argument)),
                          cell(argument.help));
    }
  }
  if (!bound.options.empty()) text += "\n" + option_rows(bound.options);
  if (!command.examples.empty()) {
    text += "\n```sh\n";
    for (const auto& example : command.examples) {
      if (!example.about.empty()) text += fmt::format("# {}\n", example.about);
      text += fmt::format("{}\n", example.command);
    }
    text += "```\n";
  }
  return text;
}

std::string topic_section(const Topic& topic) {
  return fmt::format("\n## Topic: {}\n", topic.name) + prose(topic.text());
}

std::string prose(std::string_view text) {
  std::string out;
  for (const auto& paragraph : paragraphs(text)) {
    out += paragraph.starts_with(' ')
               ? fmt::format("\n```\n{}\n```\n", paragraph)
               : fmt::format("\n{}\n", paragraph);
  }
  return out;
}

std::string option_rows(std::span<const Option> options) {
  std::string text = "| option | meaning |\n|---|---|\n";
  for (const auto& option : options) {
    const std::string title = option_title(option);
    text += fmt::format("| `{}` | {} |\n",
                        cell(title.substr(title.find_first_not_of(' '))),
                        cell(option_help(option)));
  }
  return text;
}

// What GitHub and its like make of a heading.
std::string anchor(std::string_view path) {
  std::string name = "claribi-";
  for (const char c : path)
    name += c == ' ' ? '-' : c;
  return name;
}

// A bar would end the cell of a table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

}  // namespace

}  // namespace claribi::cli
