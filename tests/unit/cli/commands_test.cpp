// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "cli/exit_status.hpp"
#include "cli/settings.hpp"

namespace claribi::cli {
namespace {

TEST_CASE("the table of commands is sorted and each row is complete") {
  std::string before;
  for (const Command& command : commands()) {
    CAPTURE(command.path);
    CHECK(before < command.path);
    before = command.path;
    CHECK(!command.summary.empty());
    CHECK(!command.summary.ends_with('.'));
    CHECK(command.description.ends_with('.'));
    CHECK(!command.examples.empty());
    for (const Example& example : command.examples) {
      CHECK(example.command.contains("claribi"));
      CHECK(!example.about.ends_with('.'));
    }
  }
}

TEST_CASE("option names are unique, and their help is one or more sentences") {
  Settings settings;
  for (const Command& command : commands()) {
    CAPTURE(command.path);
    const Bound bound = command.bind();
    CHECK(bound.run);
    auto options = global_options(settings);
    std::ranges::copy(bound.options, std::back_inserter(options));
    std::set<std::string> names;
    for (const Option& option : options) {
      for (const std::string& name : split(option.names, ',')) {
        CAPTURE(name);
        CHECK(names.insert(name).second);
      }
      CHECK(option.help.ends_with('.'));
      const bool is_switch = std::holds_alternative<bool*>(option.lands);
      CHECK(option.value.empty() == is_switch);
    }
    for (const Argument& argument : bound.arguments) {
      CHECK(!argument.help.empty());
    }
  }
}

TEST_CASE("every error kind has a status of the table and a name of its own") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(ErrorKind::terminated); ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    CHECK(names.insert(kind_name(kind)).second);
    const int status = status_of(kind);
    CHECK(std::ranges::any_of(exit_statuses(), [&](const ExitStatus& row) {
      return row.number == status;
    }));
  }
}

}  // namespace
}  // namespace claribi::cli
