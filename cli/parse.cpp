// SPDX-License-Identifier: MIT
#include "cli/parse.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::cli {
namespace {

// The names of an option with their dashes: "-f" and "--format".
std::vector<std::string> names_of(const Option& option) {
  return split(option.names, ',');
}

bool is_switch(const Option& option) {
  return std::holds_alternative<bool*>(option.lands);
}

const Option* find_option(const std::vector<Option>& options,
                          std::string_view name) {
  for (const Option& option : options) {
    const auto names = names_of(option);
    if (std::ranges::find(names, name) != names.end()) return &option;
  }
  return nullptr;
}

// The places of the words that are no options and no values of the global
// ones: the command's name is among the first of them.
std::vector<size_t> bare_words(const std::vector<std::string>& words,
                               const std::vector<Option>& global) {
  std::vector<size_t> bare;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") break;
    if (!words[i].starts_with('-')) {
      bare.push_back(i);
      continue;
    }
    const Option* option = find_option(global, words[i]);
    if (option != nullptr && !is_switch(*option)) ++i;
  }
  return bare;
}

struct Named {
  const Command* command = nullptr;    // Null for a group, or for no name.
  std::string path = {};               // "vault slot"
  std::vector<std::string> rest = {};  // The words without the name.
};

const Command* find_path(std::span<const Command> table,
                         std::string_view path) {
  const auto found = std::ranges::find(table, path, &Command::path);
  return found == table.end() ? nullptr : &*found;
}

bool is_group(std::span<const Command> table, std::string_view word) {
  return std::ranges::any_of(table, [&](const Command& command) {
    return command.path.starts_with(std::string(word) + " ");
  });
}

std::unexpected<Error> unknown_command(std::span<const Command> table,
                                       const std::string& typed) {
  std::vector<std::string> names;
  for (const Command& command : table) {
    if (!command.hidden) names.emplace_back(command.path);
  }
  std::vector<std::string> hints;
  const auto alike = nearest(typed, names);
  if (!alike.empty()) hints.push_back("did you mean: claribi " + alike.front());
  hints.emplace_back("see all commands: claribi --help");
  return fail(ErrorKind::usage,
              fmt::format("unknown command '{}'", escape_terminal_line(typed)),
              std::move(hints));
}

// The command at the front of the bare words, of as many words as the table
// has names for.
Result<Named> find_named(const std::vector<std::string>& words,
                         std::span<const Command> table,
                         const std::vector<size_t>& bare) {
  Named named{.rest = words};
  size_t taken = 0;
  for (const size_t at : bare) {
    const std::string longer = named.path + (taken > 0 ? " " : "") + words[at];
    const Command* command = find_path(table, longer);
    if (command == nullptr && !is_group(table, longer)) {
      const bool takes_words = named.command != nullptr &&
                               (!is_group(table, named.path) ||
                                !named.command->bind().arguments.empty());
      if (takes_words) break;
      return unknown_command(table, longer);
    }
    named.command = command;
    named.path = longer;
    ++taken;
  }
  for (size_t i = taken; i > 0; --i) {
    named.rest.erase(named.rest.begin() +
                     static_cast<std::ptrdiff_t>(bare[i - 1]));
  }
  return named;
}

// Where a value lands.
struct Lander {
  const std::string& value;

  void operator()(bool* flag) const { *flag = true; }
  void operator()(std::string* text) const { *text = value; }
  void operator()(std::optional<std::string>* text) const { *text = value; }
  void operator()(std::optional<int>* number) const {
    *number = std::atoi(value.c_str());
  }
  void operator()(std::vector<std::string>* list) const {
    list->push_back(value);
  }
};

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() < 10 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The value of an option, checked against what the row allows.
Result<void> land(const Option& option, const std::string& value) {
  const std::string name = names_of(option).back();
  if (!option.choices.empty() &&
      std::ranges::find(option.choices, value) == option.choices.end()) {
    const auto alike = nearest(value, option.choices, 1);
    std::vector<std::string> hints;
    if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
    hints.push_back("use one of: " + join(option.choices, ", "));
    return fail(
        ErrorKind::usage,
        fmt::format("{} does not know '{}'", name, escape_terminal_line(value)),
        std::move(hints));
  }
  const bool number = std::holds_alternative<std::optional<int>*>(option.lands);
  if (number && !is_whole_number(value)) {
    return fail(ErrorKind::usage,
                fmt::format("{} needs a whole number, not '{}'", name,
                            escape_terminal_line(value)),
                {fmt::format("for example {} 10", name)});
  }
  std::visit(Lander{value}, option.lands);
  return {};
}

// CLI11 splits the words into options, values and arguments; the texts of its
// errors are not shown.
class WordReader {
 public:
  explicit WordReader(const std::vector<Option>& options,
                      const std::vector<Argument>& arguments,
                      std::vector<std::string>* unknown)
      : options_(options), arguments_(arguments), unknown_(unknown) {
    app_.set_help_flag();
    app_.allow_extras(true);
    values_.resize(options.size());
    switches_.resize(options.size(), 0);
    for (size_t i = 0; i < options.size(); ++i)
      add(options[i], i);
  }

  Result<void> read(std::vector<std::string> words) {
    const auto dashes = std::ranges::find(words, "--");
    const auto literal = static_cast<size_t>(
        std::max<std::ptrdiff_t>(words.end() - dashes - 1, 0));
    std::ranges::reverse(words);
    try {
      app_.parse(words);
    } catch (const CLI::ParseError& error) {
      return complaint(error);
    }
    for (size_t i = 0; i < options_.size(); ++i) {
      if (switches_[i] > 0) std::visit(Lander{""}, options_[i].lands);
      for (const std::string& value : values_[i]) {
        CLARIBI_TRY(land(options_[i], value));
      }
    }
    return place_arguments(app_.remaining(), literal);
  }

 private:
  void add(const Option& option, size_t index) {
    const std::string names(option.names);
    if (is_switch(option)) {
      app_.add_flag(names, switches_[index]);
    } else {
      app_.add_option(names, values_[index])
          ->allow_extra_args(false)
          ->type_size(1)
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }

  // What is neither an option nor its value: arguments in their order, then
  // options that only the command can know. The last `literal` words came
  // after "--" and are no options.
  Result<void> place_arguments(std::vector<std::string> words, size_t literal) {
    std::erase(words, "--");
    size_t next = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      std::string& word = words[i];
      const bool option =
          word.starts_with('-') && word != "-" && i + literal < words.size();
      const bool list = next < arguments_.size() &&
                        std::holds_alternative<std::vector<std::string>*>(
                            arguments_[next].lands);
      if (option && unknown_ == nullptr) return unknown_option(word);
      if (!option && next < arguments_.size()) {
        std::visit(Lander{word}, arguments_[next].lands);
        if (!list) ++next;
        given_ = list ? next + 1 : next;
      } else if (unknown_ != nullptr) {
        // From the first unknown option on, words belong to it.
        next = arguments_.size();
        unknown_->push_back(std::move(word));
      } else {
        return fail(ErrorKind::usage,
                    fmt::format("'{}' is one argument too many",
                                escape_terminal_line(word)),
                    {"put quotes around a text with blanks"});
      }
    }
    return check_required();
  }

  Result<void> check_required() const {
    for (size_t i = given_; i < arguments_.size(); ++i) {
      if (arguments_[i].required) {
        return fail(ErrorKind::usage,
                    fmt::format("{} is missing", arguments_[i].name),
                    {std::string(arguments_[i].help)});
      }
    }
    return {};
  }

  std::unexpected<Error> unknown_option(std::string_view word) const {
    const std::string typed(word.substr(0, word.find('=')));
    std::vector<std::string> names;
    for (const Option& option : options_) {
      for (const std::string& name : names_of(option))
        names.push_back(name);
    }
    std::vector<std::string> hints;
    const auto alike = nearest(typed, names, 1);
    if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
    return fail(ErrorKind::usage,
                fmt::format("unknown option '{}'", escape_terminal_line(typed)),
                std::move(hints));
  }

  // CLI11 names the option first: "--limit: 1 required INT missing".
  std::unexpected<Error> complaint(const CLI::ParseError& error) const {
    const std::string text = error.what();
    const std::string name = text.substr(0, text.find_first_of(": "));
    if (find_option(options_, name) != nullptr) {
      return fail(ErrorKind::usage, name + " needs a value");
    }
    return fail(ErrorKind::usage, escape_terminal_line(text));
  }

  CLI::App app_;
  const std::vector<Option>& options_;
  const std::vector<Argument>& arguments_;
  std::vector<std::string>* unknown_;
  std::vector<std::vector<std::string>> values_;
  std::vector<int> switches_;
  size_t given_ = 0;
};

// Errors are told in the format that was asked for, wherever the mistake is.
void read_error_format(const std::vector<std::string>& words,
                       Settings& settings) {
  constexpr std::string_view name = "--error-format";
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == name && i + 1 < words.size()) {
      settings.error_format = words[i + 1];
    } else if (words[i].starts_with(std::string(name) + "=")) {
      settings.error_format = words[i].substr(name.size() + 1);
    }
  }
}

std::unexpected<Error> with_help_hint(Error error, const Command* command) {
  const std::string path =
      command == nullptr ? "" : std::string(command->path) + " ";
  error.hints.push_back(fmt::format("see: claribi {}--help", path));
  return std::unexpected(std::move(error));
}

bool asks_for_help(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return false;
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

}  // namespace

Result<Parsed> parse(const std::vector<std::string>& words,
                     std::span<const Command> table, Settings& settings) {
  read_error_format(words, settings);
  std::vector<Option> options = global_options(settings);
  const std::vector<size_t> bare = bare_words(words, options);
  CLARIBI_TRY_ASSIGN(Named named, find_named(words, table, bare));
  Parsed parsed{.command = named.command};
  if (named.command == nullptr) parsed.group = named.path;
  if (named.command != nullptr) parsed.bound = named.command->bind();
  if (asks_for_help(words)) {
    settings.help = true;
    return parsed;
  }
  if (!parsed.group.empty()) return parsed;
  std::ranges::copy(parsed.bound.options, std::back_inserter(options));
  WordReader reader(options, parsed.bound.arguments, parsed.bound.unknown);
  auto read = reader.read(std::move(named.rest));
  if (!read) return with_help_hint(std::move(read).error(), named.command);
  return parsed;
}

}  // namespace claribi::cli
