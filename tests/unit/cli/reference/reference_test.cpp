// SPDX-License-Identifier: MIT
#include "cli/reference/reference.hpp"

#include <algorithm>

#include "cli/exit_status.hpp"
#include "cli/reference/rows.hpp"
#include "doctest/doctest.h"
#include "tests/unit/cli/fake_table.hpp"

namespace claribi::cli {

namespace {

struct World {
  FakeArgs args;
  std::vector<Command> commands = fake_commands();
  std::vector<Option> globals = fake_globals(args);

  [[nodiscard]] Manual manual() const {
    return {commands, globals, {"text", "json"}};
  }
};

std::string page(const World& world, std::string_view path) {
  for (const auto& file : man_pages(world.manual())) {
    if (file.path == path) return file.content;
  }
  return "";
}

}  // namespace

TEST_CASE("a man page exists for each visible command and no hidden one") {
  const World world;
  std::vector<std::string> paths;
  for (const auto& file : man_pages(world.manual()))
    paths.push_back(file.path);
  CHECK(paths == std::vector<std::string>{"man/claribi.1", "man/claribi-call.1",
                                          "man/claribi-sources.1",
                                          "man/claribi-sources-remove.1",
                                          "man/claribi-vault-status.1"});
}

TEST_CASE("a man page names arguments, options and every exit status") {
  const World world;
  const auto text = page(world, "man/claribi-call.1");
  CHECK(text.contains(".Dt CLARIBI-CALL 1\n"));
  CHECK(text.contains(".Nm claribi call\n.Ar \\&TOOL\n"));
  CHECK(text.contains(".Op Ar \\&KEY=VALUE ...\n"));
  CHECK(text.contains(".It Fl \\-engine Ar \\&NAME\n"));
  for (const auto& row : exit_statuses()) {
    CHECK(text.contains(".It " + std::to_string(row.number) + "\n"));
  }
}

TEST_CASE("a man page guards what roff would act on") {
  const World world;
  const auto text = page(world, "man/claribi-call.1");
  CHECK(text.contains("\n\\&.Dots and \\-dashes\\- \\e back.\n"));
  CHECK(text.contains("\n  .so is this\n"));
  CHECK(text.contains("eighty columns.\nIt has \\fBtwo\\fP sentences.\n"));
}

TEST_CASE("no line of prose in a man page has more than 80 bytes") {
  World world;
  world.commands[0].description =
      "An option such as --a-long-one-0 or 'quoted and .dotted words of a long "
      "sentence' goes to the next line before it is too long for mandoc.";
  for (const auto& file : man_pages(world.manual())) {
    size_t start = 0;
    while (start < file.content.size()) {
      const size_t end = file.content.find('\n', start);
      const auto line = file.content.substr(start, end - start);
      CHECK_MESSAGE((line.size() <= 80 || line.starts_with('.')), line);
      start = end + 1;
    }
  }
}

TEST_CASE("each completion offers commands, options, choices and formats") {
  const World world;
  const auto manual = world.manual();
  for (const auto& script : {bash_completion(manual), zsh_completion(manual),
                             fish_completion(manual)}) {
    CAPTURE(script);
    CHECK(script.contains("call sources vault"));
    CHECK(script.contains("sources remove"));
    CHECK(script.contains("args-file"));
    CHECK(script.contains("builtin openai"));
    CHECK(script.contains("text json"));
    CHECK_FALSE(script.contains("secret-door"));
  }
}

TEST_CASE("values of sources and tools are asked of the program") {
  const World world;
  const auto manual = world.manual();
  CHECK(bash_completion(manual).contains("'call:0') _claribi_ask tool"));
  CHECK(bash_completion(manual).contains("*:--source) _claribi_ask source"));
  CHECK(zsh_completion(manual).contains("':TOOL:_claribi_ask tool'"));
  CHECK(fish_completion(manual).contains("(claribi __complete source 2>"));
}

TEST_CASE("the reference page has a section per visible command") {
  const World world;
  const auto text = reference_page(world.manual());
  for (const auto* command : visible(world.commands)) {
    CHECK(text.contains("\n## claribi " + std::string(command->path) + "\n"));
  }
  CHECK(text.contains("| `-f, --format FORMAT` | How the result is shown. |"));
  CHECK_FALSE(text.contains("secret-door"));
}

TEST_CASE("every generated file has its own path and ends with a line feed") {
  const World world;
  const auto files = generate_all(world.manual());
  REQUIRE(files.has_value());
  std::vector<std::string> paths;
  for (const auto& file : *files) {
    paths.push_back(file.path);
    CHECK(file.content.ends_with('\n'));
    CHECK_FALSE(file.content.ends_with("\n\n"));
  }
  std::ranges::sort(paths);
  CHECK(std::ranges::adjacent_find(paths) == paths.end());
  CHECK(std::ranges::find(paths, "completions/_claribi") != paths.end());
  CHECK(std::ranges::find(paths, "man/reference.md") != paths.end());
}

TEST_CASE("a row without words is refused by name") {
  World world;
  SUBCASE("no summary") {
    world.commands[0].summary = "";
  }
  SUBCASE("no description") {
    world.commands[0].description = "";
  }
  SUBCASE("no example") {
    world.commands[0].examples.clear();
  }
  const auto files = generate_all(world.manual());
  REQUIRE_FALSE(files.has_value());
  CHECK(files.error().message.starts_with("the command 'call' lacks "));
}

}  // namespace claribi::cli
