// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include "base/text.hpp"
#include "cli/exit_status.hpp"
#include "doctest/doctest.h"
#include "tests/unit/cli/fake_table.hpp"

namespace claribi::cli {

namespace {

size_t widest_line(const std::string& text) {
  size_t widest = 0;
  for (const auto& line : split(text, '\n')) {
    widest = std::max(widest, display_width(line));
  }
  return widest;
}

struct World {
  FakeArgs args;
  std::vector<Command> commands = fake_commands();
  std::vector<Option> globals = fake_globals(args);
};

}  // namespace

TEST_CASE("the overview lists each visible command and no hidden one") {
  const World world;
  const auto text = help_overview(world.commands, world.globals, 80);
  CHECK(text.contains("  call          Call a tool\n"));
  CHECK(text.contains("  vault status  Show where the keys are\n"));
  CHECK_FALSE(text.contains("secret-door"));
  CHECK_FALSE(text.contains("sources remove"));
}

TEST_CASE("the overview describes the options of every command") {
  const World world;
  const auto text = help_overview(world.commands, world.globals, 80);
  CHECK(text.contains("  -f, --format FORMAT  How the result is shown.\n"));
  CHECK(text.contains("      --no-input       Never ask a person.\n"));
}

TEST_CASE("every help shows every exit status") {
  const World world;
  for (const auto& text :
       {help_overview(world.commands, world.globals, 200),
        help_command(world.commands[0], world.commands, world.globals, 200)}) {
    for (const auto& row : exit_statuses()) {
      CAPTURE(row.number);
      CHECK(text.contains(std::to_string(row.number) + "  " +
                          std::string(row.meaning) + "\n"));
    }
  }
}

TEST_CASE("help of a command shows its usage, arguments and options") {
  const World world;
  const auto text =
      help_command(world.commands[0], world.commands, world.globals, 80);
  CHECK(
      text.starts_with("Usage: claribi call TOOL [KEY=VALUE...] [options]\n"));
  CHECK(text.contains("  TOOL       The tool to call.\n"));
  CHECK(text.contains("      --engine NAME"));
  CHECK(text.contains("One of: builtin, openai.\n"));
  CHECK(text.contains("  # Shows it\n  claribi example -- 'x' | jq .\n"));
  CHECK(text.contains("  --format --source --no-input\n"));
}

TEST_CASE("help of a command lists the commands below it") {
  const World world;
  const auto text =
      help_command(world.commands[2], world.commands, world.globals, 80);
  CHECK(text.contains("\nSubcommands:\n  remove  Forget a source\n"));
}

TEST_CASE("help of a word without a row lists the commands below it") {
  const World world;
  CHECK(help_group("vault", world.commands, 80) ==
        "Usage: claribi vault SUBCOMMAND [options]\n"
        "\nSubcommands:\n  status  Show where the keys are\n");
  CHECK(help_group("nothing", world.commands, 80).empty());
}

TEST_CASE("an indented paragraph of a description keeps its lines") {
  const World world;
  const auto text =
      help_command(world.commands[0], world.commands, world.globals, 80);
  CHECK(text.contains("\n  kept   as it is\n  .so is this\n"));
}

TEST_CASE("no line of help is wider than the terminal") {
  const World world;
  for (const size_t width : std::vector<size_t>{40, 60, 80, 132}) {
    CAPTURE(width);
    CHECK(widest_line(help_overview(world.commands, world.globals, width)) <=
          width);
    CHECK(widest_line(help_command(world.commands[0], world.commands,
                                   world.globals, width)) <= width);
  }
}

TEST_CASE("wrap breaks between words and never inside one") {
  CHECK(wrap("one two three", 0, 7) == "one two\nthree");
  CHECK(wrap("one two three", 2, 7) == "  one\n  two\n  three");
  CHECK(wrap("unbreakable", 2, 5) == "  unbreakable");
  CHECK(wrap("", 2, 5).empty());
}

}  // namespace claribi::cli
