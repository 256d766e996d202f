// SPDX-License-Identifier: MIT
#include "cli/parse.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace claribi::cli {
namespace {

struct Landed {
  std::string thing;
  std::vector<std::string> rest;
  bool loud = false;
  std::optional<std::string> mode;
  std::vector<std::string> tags;
};

// A table of commands whose arguments land where the test can see them.
class Table {
 public:
  Table()
      : rows_{{Command{.path = "paint",
                       .summary = "Paint",
                       .bind = [this] { return painted(); }},
               Command{.path = "paint wall",
                       .summary = "Paint a wall",
                       .bind = [this] { return open_ended(); }},
               Command{.path = "vault show", .summary = "Show", .bind = [] {
                         return Bound{};
                       }}}} {}

  Result<Parsed> parse(const std::vector<std::string>& words) {
    landed = {};
    settings = {};
    return cli::parse(words, rows_, settings);
  }

  std::string complaint(const std::vector<std::string>& words) {
    const auto parsed = parse(words);
    if (parsed) return "understood";
    CHECK(parsed.error().kind == ErrorKind::usage);
    CHECK(!parsed.error().hints.empty());
    std::string text = parsed.error().message;
    for (const std::string& hint : parsed.error().hints)
      text += "|" + hint;
    return text;
  }

  Landed landed;
  Settings settings;

 private:
  Bound painted() {
    return {
        .options = {{.names = "--loud", .lands = &landed.loud},
                    {.names = "-m,--mode",
                     .value = "MODE",
                     .lands = &landed.mode,
                     .choices = {"thin", "thick"}},
                    {.names = "--tag", .value = "TAG", .lands = &landed.tags}},
        .arguments = {{.name = "THING",
                       .help = "What to paint.",
                       .lands = &landed.thing}}};
  }

  Bound open_ended() {
    return {.arguments = {{.name = "THING", .lands = &landed.thing}},
            .unknown = &landed.rest};
  }

  std::array<Command, 3> rows_;
};

using Words = std::vector<std::string>;

TEST_CASE("options and arguments land where the row says, in any order") {
  Table table;
  // Before its name, the options of a command are not known yet: a value
  // apart from its option would be taken for the command.
  CHECK(!table.parse({"--mode", "thin", "paint", "door"}));
  const auto after = table.parse(
      {"paint", "--loud", "-m", "thin", "door", "--tag", "a", "--tag", "b"});
  REQUIRE(after);
  CHECK(after->command->path == "paint");
  CHECK(table.landed.thing == "door");
  CHECK(table.landed.loud);
  CHECK(table.landed.mode == "thin");
  CHECK(table.landed.tags == Words{"a", "b"});
}

TEST_CASE("options of every command may stand before its name") {
  Table table;
  const auto parsed = table.parse({"--source", "eu", "paint", "door", "-q"});
  REQUIRE(parsed);
  CHECK(parsed->command->path == "paint");
  CHECK(table.settings.source == "eu");
  CHECK(table.settings.quiet);
}

TEST_CASE("a name of two words wins over one of one word") {
  Table table;
  REQUIRE(table.parse({"paint", "wall", "red"}));
  CHECK(table.landed.thing == "red");
}

TEST_CASE("a name of three words is found below a group of two") {
  const std::array<Command, 2> table{
      Command{.path = "vault slot add", .bind = [] { return Bound{}; }},
      Command{.path = "vault status", .bind = [] { return Bound{}; }}};
  Settings settings;
  const auto named = parse({"vault", "-q", "slot", "add"}, table, settings);
  REQUIRE(named);
  CHECK(named->command == table.data());
  const auto group = parse({"vault", "slot"}, table, settings);
  REQUIRE(group);
  CHECK(group->command == nullptr);
  CHECK(group->group == "vault slot");
  const auto unknown = parse({"vault", "slot", "ad"}, table, settings);
  REQUIRE(!unknown);
  CHECK(unknown.error().message == "unknown command 'vault slot ad'");
}

TEST_CASE("options that only the command knows keep their order") {
  Table table;
  REQUIRE(table.parse({"paint", "wall", "red", "--event", "a b", "--date-from",
                       "-30d", "--limit", "3", "key=value", "--x=1"}));
  CHECK(table.landed.rest ==
        Words{"--event", "a b", "--date-from", "-30d", "key=value", "--x=1"});
  CHECK(table.settings.limit == 3);
}

TEST_CASE("a group without a command of its own is told by its name") {
  Table table;
  const auto parsed = table.parse({"vault"});
  REQUIRE(parsed);
  CHECK(parsed->command == nullptr);
  CHECK(parsed->group == "vault");
}

TEST_CASE("what is not understood is named, with the nearest right thing") {
  Table table;
  CHECK(
      table.complaint({"piant", "door"})
          .starts_with("unknown command 'piant'|did you mean: claribi paint"));
  CHECK(table.complaint({"vault", "sow"})
            .starts_with("unknown command 'vault sow'|did you mean: claribi "
                         "vault show"));
  CHECK(table.complaint({"paint", "door", "--laud"})
            .starts_with("unknown option '--laud'|did you mean --loud?"));
  CHECK(table.complaint({"paint", "door", "--mode", "thik"})
            .starts_with("--mode does not know 'thik'|did you mean thick?"));
  CHECK(table.complaint({"paint", "door", "--mode"})
            .starts_with("--mode needs a value"));
  CHECK(table.complaint({"paint", "door", "--limit", "x"})
            .starts_with("--limit needs a whole number, not 'x'"));
  CHECK(table.complaint({"paint", "door", "--limit", "-3"})
            .starts_with("--limit needs a"));
  CHECK(table.complaint({"paint"}).starts_with("THING is missing"));
  CHECK(table.complaint({"paint", "a", "b"})
            .starts_with("'b' is one argument too many"));
}

TEST_CASE("help is heard wherever it is asked for") {
  Table table;
  for (const Words& words :
       {Words{"paint", "--help"}, Words{"--help", "paint"},
        Words{"paint", "door", "--mode", "nonsense", "-h"}}) {
    const auto parsed = table.parse(words);
    REQUIRE(parsed);
    CHECK(table.settings.help);
    CHECK(parsed->command->path == "paint");
  }
}

TEST_CASE("the error format is known even when the rest is not understood") {
  Table table;
  CHECK(!table.parse({"piant", "--error-format", "json"}));
  CHECK(table.settings.error_format == "json");
}

TEST_CASE("a word after two dashes is no option") {
  Table table;
  REQUIRE(table.parse({"paint", "--", "--loud"}));
  CHECK(table.landed.thing == "--loud");
  CHECK(!table.landed.loud);
}

}  // namespace
}  // namespace claribi::cli
