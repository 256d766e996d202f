// SPDX-License-Identifier: MIT
#include "demo/load.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/file.hpp"
#include "demo/dataset.hpp"
#include "demo/tools.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() /
              ("claribi-load-test-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() { fs::remove_all(path_); }

  [[nodiscard]] fs::path file() const { return path_ / "own" / "events.db"; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<Loaded> load(const Folder& folder, const std::string& text) {
  std::istringstream in(text);
  return load_events(in, "own.jsonl", folder.file());
}

// Three events of two persons, not in the order of time.
constexpr std::string_view three =
    R"({"event":"open","distinct_id":"ann","timestamp":"2026-11-16T10:00:00Z","properties":{"$session_id":"s1","$set":{"plan":"pro","seats":2}}}
{"event":"sign up","distinct_id":"ann","timestamp":"2026-11-16T09:00:00Z","properties":{"price":1.5,"$session_id":"s1","$set":{"plan":"max"},"$set_once":{"plan":"none","seats":1,"from":"ad"}}}
{"event":"open","distinct_id":"bob","timestamp":"2026-11-17T09:00:00Z","properties":{"n":1}}
)";

// The rows of a query as JSON arrays, one per line.
std::string rows(const Store& store, std::string_view sql) {
  const auto result = store.query(sql);
  REQUIRE(result.has_value());
  std::string text;
  for (const auto& row : result->rows) {
    json::Array cells;
    for (const auto& cell : row)
      cells.push_back(to_json(cell));
    text += json::compact(cells) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("events become persons, sessions and event names") {
  const Folder folder;
  const auto loaded = load(folder, std::string(three));
  REQUIRE(loaded.has_value());
  CHECK(loaded->events == 3);
  CHECK(loaded->persons == 2);
  const auto store = Store::open(folder.file());
  REQUIRE(store.has_value());
  CHECK(rows(*store,
             "SELECT n.name, e.person, e.session, e.timestamp "
             "FROM events e JOIN event_names n ON n.id=e.event "
             "ORDER BY e.timestamp") ==
        "[\"sign up\",1,1,1794819600000]\n[\"open\",1,1,1794823200000]\n"
        "[\"open\",2,null,1794906000000]\n");
  CHECK(
      rows(*store,
           "SELECT distinct_id, created_at, last_seen_at, properties "
           "FROM persons ORDER BY id") ==
      "[\"ann\",1794819600000,1794823200000,"
      "\"{\\\"plan\\\":\\\"max\\\",\\\"seats\\\":2,\\\"from\\\":\\\"ad\\\"}\"]"
      "\n[\"bob\",1794906000000,1794906000000,\"{}\"]\n");
  CHECK(
      rows(*store, "SELECT uuid, person, start_time, end_time FROM sessions") ==
      "[\"s1\",1,1794819600000,1794823200000]\n");
  CHECK(rows(*store, "SELECT * FROM distinct_ids ORDER BY person") ==
        "[\"ann\",1]\n[\"bob\",2]\n");
}

TEST_CASE("the description tells the events and the types of properties") {
  const Folder folder;
  REQUIRE(load(folder, std::string(three)).has_value());
  const auto store = Store::open(folder.file());
  const auto project = loaded_project(*store);
  REQUIRE(project.has_value());
  REQUIRE(project->events.size() == 2);
  CHECK(project->events[0].name == "open");
  CHECK(project->events[1].name == "sign up");
  std::string types;
  for (const auto& event : project->events) {
    for (const auto& property : event.properties)
      types += property.name + ":" + property.type + " ";
  }
  for (const auto& property : project->person_properties)
    types += property.name + "=" + property.type + " ";
  CHECK(types ==
        "$session_id:String n:Numeric $session_id:String price:Numeric "
        "from=String plan=String seats=Numeric ");
  CHECK_FALSE(project->docs.empty());
  CHECK(project->cohorts.empty());
}

TEST_CASE("bad lines are named and leave what was there before") {
  const Folder folder;
  REQUIRE(load(folder, std::string(three)).has_value());
  const auto before = *read_file(folder.file(), 1U << 24U);
  std::string text(three);
  for (int i = 0; i < 7; ++i)
    text += "{\"event\":\"x\"}\n";
  const auto failed = load(folder, text);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().kind == ErrorKind::file);
  CHECK(failed.error().message ==
        "7 lines of own.jsonl cannot be read, nothing was loaded: "
        "line 4: there is no distinct_id; line 5: there is no distinct_id; "
        "line 6: there is no distinct_id; line 7: there is no distinct_id; "
        "line 8: there is no distinct_id; and 2 more");
  const auto one = load(folder, std::string(three) + "{}\n");
  CHECK(one.error().message ==
        "a line of own.jsonl cannot be read, nothing was loaded: "
        "line 4: there is no event");
  CHECK(load(folder, "").error().message ==
        "own.jsonl holds no events, nothing was loaded");
  CHECK((*read_file(folder.file(), 1U << 24U) == before));
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(folder.file().parent_path()))
    files += entry.is_regular_file() ? 1U : 0U;
  CHECK(files == 1);
}

TEST_CASE("a second file takes the place of the first") {
  const Folder folder;
  REQUIRE(load(folder, std::string(three)).has_value());
  REQUIRE(load(folder, "event,distinct_id,timestamp\na,x,2026-11-16\n")
              .has_value());
  const auto store = Store::open(folder.file());
  CHECK(rows(*store, "SELECT name FROM event_names") == "[\"a\"]\n");
}

TEST_CASE("loaded events come before the built-in ones, not before a project") {
  const Folder folder;
  DemoOptions options{.folder = folder.path() / "cache",
                      .loaded_file = folder.file(),
                      .seed = 7,
                      .days = 5,
                      .events = 50};
  const auto now = *parse_instant("2026-11-18T10:30:00Z");
  const auto made = open_dataset(options, now, {});
  REQUIRE(made.has_value());
  CHECK(made->seed == 7);
  CHECK(measure(*made)->events > 3);

  REQUIRE(load(folder, std::string(three)).has_value());
  const auto own = open_dataset(options, now, {});
  REQUIRE(own.has_value());
  CHECK_FALSE(own->seed.has_value());
  CHECK(own->file == folder.file());
  const auto size = measure(*own);
  CHECK(size->events == 3);
  CHECK(size->persons == 2);
  CHECK(size->sessions == 1);
  CHECK(format_instant(size->from) == "2026-11-16T09:00:00Z");
  CHECK(format_instant(size->to) == "2026-11-17T09:00:00Z");
  CHECK(size->bytes == fs::file_size(folder.file()));

  options.project_file = folder.path() / "project.json";
  std::ofstream(options.project_file)
      << R"({"name":"Other","events":[{"name":"e","volume_30d":30}]})";
  CHECK(open_dataset(options, now, {})->project.name == "Other");
}
