// SPDX-License-Identifier: MIT
#include "cli/reference/rows.hpp"

#include "doctest/doctest.h"
#include "tests/unit/cli/fake_table.hpp"

namespace claribi::cli {

using Words = std::vector<std::string>;

TEST_CASE("the names of an option are told apart by their dashes") {
  CHECK(names_of({.names = "-f,--format"}).short_name == "-f");
  CHECK(names_of({.names = "-f,--format"}).long_name == "--format");
  CHECK(names_of({.names = "--plan"}).short_name.empty());
  CHECK(names_of({.names = "-v"}).long_name.empty());
}

TEST_CASE("the title of an option names a value only if it takes one") {
  FakeArgs args;
  CHECK(option_title({.names = "--plan", .lands = &args.plan}) == "    --plan");
  CHECK(option_title({.names = "-e,--engine", .lands = &args.engine}) ==
        "-e, --engine VALUE");
}

TEST_CASE("a path is every row and every prefix of one, but nothing hidden") {
  const auto commands = fake_commands();
  CHECK(all_paths(commands) ==
        Words{"call", "sources", "sources remove", "vault", "vault status"});
}

TEST_CASE("the next words are those of the rows below") {
  const auto commands = fake_commands();
  CHECK(next_words(commands, "") == Words{"call", "sources", "vault"});
  CHECK(next_words(commands, "sources") == Words{"remove"});
  CHECK(next_words(commands, "sour").empty());
  CHECK(next_words(commands, "call").empty());
}

TEST_CASE("paragraphs are parted by empty lines, however many") {
  CHECK(paragraphs("a\nb\n\n\n\nc\n") == Words{"a\nb", "c"});
  CHECK(paragraphs("").empty());
}

}  // namespace claribi::cli
