// SPDX-License-Identifier: MIT
// Pages in mdoc. They pass `mandoc -T lint` without a word; the comments name
// the habits of mdoc that a line is for.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit_status.hpp"
#include "cli/help.hpp"
#include "cli/reference/reference.hpp"
#include "cli/reference/rows.hpp"

namespace claribi::cli {

namespace {

// When the form of the pages last changed; mdoc wants a date, and a page must
// not differ from one build to the next.
constexpr std::string_view page_date = "November 24, 2026";

std::string head(std::string_view name, std::string_view summary);
std::string prose(std::string_view text);
std::string description(std::string_view text);
std::string option_list(std::span<const Option> options);
std::string exit_status_section();
std::string examples_section(const std::vector<Example>& examples);
std::string see_also(std::vector<std::string> pages);
std::string page_name(std::string_view path);
GeneratedFile overview_page(const Manual& manual);
GeneratedFile command_page(const Manual& manual, const Command& command);

}  // namespace

std::vector<GeneratedFile> man_pages(const Manual& manual) {
  std::vector<GeneratedFile> pages{overview_page(manual)};
  for (const auto* command : visible(manual.commands)) {
    pages.push_back(command_page(manual, *command));
  }
  return pages;
}

namespace {

GeneratedFile overview_page(const Manual& manual) {
  std::string page = head("claribi", "product analytics in the shell");
  page +=
      ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar options\n"
      ".Sh DESCRIPTION\n"
      ".Nm\nasks product analytics sources and prints data on standard "
      "output.\nWords for a person go to standard error.\n"
      "A command has its own page, such as\n.Xr claribi-connect 1 .\n"
      ".Bl -tag -width Ds\n";
  std::vector<std::string> pages;
  for (const auto* command : visible(manual.commands)) {
    page +=
        fmt::format(".It Cm {}\n{}.\n", command->path, prose(command->summary));
    pages.push_back(page_name(command->path));
  }
  page += ".El\n.Ss Options of every command\n";
  page += option_list(manual.globals);
  page += exit_status_section() + see_also(std::move(pages));
  return {"man/claribi.1", std::move(page)};
}

GeneratedFile command_page(const Manual& manual, const Command& command) {
  const Bound bound = command.bind();
  const std::string name = page_name(command.path);
  std::string page = head(name, command.summary);
  page += fmt::format(".Sh SYNOPSIS\n.Nm claribi {}\n", command.path);
  for (const auto& argument : bound.arguments) {
    const std::string_view dots = repeats(argument.lands) ? " ..." : "";
    page += fmt::format(".{}Ar \\&{}{}\n", argument.required ? "" : "Op ",
                        argument.name, dots);
  }
  page +=
      ".Op Ar options\n.Sh DESCRIPTION\n" + description(command.description);
  if (!bound.arguments.empty()) {
    page += ".Ss Arguments\n.Bl -tag -width Ds\n";
    for (const auto& argument : bound.arguments) {
      page += fmt::format(".It Ar \\&{}\n{}\n", argument.name,
                          prose(argument.help));
    }
    page += ".El\n";
  }
  if (!bound.options.empty()) {
    page += ".Ss Options\n" + option_list(bound.options);
  }
  page += ".Pp\nThe options of every command are in\n.Xr claribi 1 .\n";
  page += exit_status_section() + examples_section(command.examples);
  std::vector<std::string> pages{"claribi"};
  for (const auto* row : below(manual.commands, command.path)) {
    pages.push_back(page_name(row->path));
  }
  page += see_also(std::move(pages));
  return {fmt::format("man/{}.1", name), std::move(page)};
}

std::string page_name(std::string_view path) {
  std::string name = fmt::format("claribi-{}", path);
  std::ranges::replace(name, ' ', '-');
  return name;
}

// The characters that roff acts on. Minus signs are told from hyphens so that
// what is copied from a page can be typed.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

// A line that begins with a dot or a quote would be taken for a macro.
std::string guarded(std::string line) {
  if (line.starts_with('.') || line.starts_with('\'')) line.insert(0, "\\&");
  return line;
}

std::string head(std::string_view name, std::string_view summary) {
  std::string title(name);
  std::ranges::transform(title, title.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  std::string words(summary);
  if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z') {
    words[0] = static_cast<char>(words[0] - 'A' + 'a');
  }
  return fmt::format(
      ".\\\" Made by scripts/check-generated from the table of commands. "
      "Change the table.\n"
      ".Dd {}\n.Dt {} 1\n.Os\n.Sh NAME\n.Nm {}\n.Nd {}\n",
      page_date, title, name, escaped(words));
}

// One sentence, in lines of at most 80 bytes.
std::string filled(std::string_view sentence) {
  std::string out;
  for (const auto& line : split(wrap(sentence, 0, 78), '\n')) {
    out += (out.empty() ? "" : "\n") + guarded(line);
  }
  return out;
}

// A paragraph: what stands between backquotes in bold, each sentence on a
// line of its own, as mdoc wants it.
std::string prose(std::string_view text) {
  std::string out;
  std::string sentence;
  bool bold = false;
  const std::string source = escaped(text);
  for (size_t at = 0; at < source.size(); ++at) {
    const char c = source[at];
    const bool ends_sentence = c == ' ' && !bold && at > 0 &&
                               std::string_view(".!?").contains(source[at - 1]);
    if (c == '`') {
      bold = !bold;
      sentence += bold ? "\\fB" : "\\fP";
    } else if (ends_sentence) {
      out += filled(sentence) + "\n";
      sentence.clear();
    } else {
      sentence += c;
    }
  }
  return out + filled(sentence);
}

std::string literal(std::string_view text) {
  std::string out = ".Bd -literal -offset indent\n";
  size_t start = 0;
  while (start <= text.size()) {
    const size_t end = std::min(text.find('\n', start), text.size());
    out += guarded(escaped(text.substr(start, end - start))) + "\n";
    start = end + 1;
  }
  return out + ".Ed\n";
}

std::string description(std::string_view text) {
  std::string out;
  for (const auto& paragraph : paragraphs(text)) {
    // A display brings its own space before it.
    if (paragraph.starts_with(' ')) {
      out += literal(paragraph);
    } else {
      out += (out.empty() ? "" : ".Pp\n") + prose(paragraph) + "\n";
    }
  }
  return out;
}

std::string option_list(std::span<const Option> options) {
  std::string out = ".Bl -tag -width Ds\n";
  for (const auto& option : options) {
    const auto names = names_of(option);
    out += ".It";
    for (const auto& name : {names.short_name, names.long_name}) {
      if (name.empty()) continue;
      if (name == names.long_name && !names.short_name.empty()) out += " ,";
      out += fmt::format(" Fl {}", escaped(std::string_view(name).substr(1)));
    }
    if (takes_value(option)) {
      out += fmt::format(" Ar \\&{}", escaped(value_name(option)));
    }
    out += "\n" + prose(option_help(option)) + "\n";
  }
  return out + ".El\n";
}

std::string exit_status_section() {
  std::string out = ".Sh EXIT STATUS\n.Bl -tag -width Ds\n";
  for (const auto& row : exit_statuses()) {
    out += fmt::format(".It {}\n{}\n", row.number, prose(row.meaning));
  }
  return out + ".El\n";
}

std::string examples_section(const std::vector<Example>& examples) {
  if (examples.empty()) return "";
  std::string out = ".Sh EXAMPLES\n";
  bool first = true;
  for (const auto& example : examples) {
    if (!example.about.empty()) {
      out += (first ? "" : ".Pp\n") + prose(example.about) + ":\n";
    }
    out += literal(example.command);
    first = false;
  }
  return out;
}

// In the order of the alphabet, as mdoc wants it; a comma after each but the
// last.
std::string see_also(std::vector<std::string> pages) {
  std::ranges::sort(pages);
  std::string out = ".Sh SEE ALSO\n";
  for (size_t i = 0; i < pages.size(); ++i) {
    out +=
        fmt::format(".Xr {} 1{}\n", pages[i], i + 1 < pages.size() ? " ," : "");
  }
  return out;
}

}  // namespace

}  // namespace claribi::cli
