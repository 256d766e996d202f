// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

namespace claribi::cli {
namespace {

class Folder {
 public:
  Folder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "claribi-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }

  std::filesystem::path path;
};

TEST_CASE("the list of sources survives writing and reading") {
  const Folder folder;
  SourceList list;
  list.put({.name = "shop",
            .vendor = "posthog",
            .url = "https://a.example/m",
            .project = "7",
            .time_zone = "Asia/Kolkata",
            .weeks_start_on_sunday = true});
  list.put({.name = "demo", .vendor = "demo"});
  list.default_name = "demo";
  REQUIRE(write_sources(folder.path / "new", list));
  const auto read = read_sources(folder.path / "new");
  REQUIRE(read);
  REQUIRE(read->sources.size() == 2);
  CHECK(read->sources[0].name == "demo");
  CHECK(read->default_name == "demo");
  const Source* shop = read->find("shop");
  REQUIRE(shop != nullptr);
  CHECK(shop->url == "https://a.example/m");
  CHECK(shop->project == "7");
  CHECK(shop->time_zone == "Asia/Kolkata");
  CHECK(shop->weeks_start_on_sunday);
}

TEST_CASE("no file is an empty list, a damaged one is an error") {
  const Folder folder;
  const auto none = read_sources(folder.path);
  REQUIRE(none);
  CHECK(none->sources.empty());
  for (const char* text : {"", "{", "[]", "{\"sources\":1}"}) {
    std::ofstream(folder.path / "sources.json") << text;
    const auto damaged = read_sources(folder.path);
    REQUIRE(!damaged);
    CHECK(damaged.error().kind == ErrorKind::file);
  }
}

TEST_CASE("a source of the same name is replaced") {
  SourceList list;
  list.put({.name = "a", .vendor = "demo"});
  list.put({.name = "a", .vendor = "posthog"});
  REQUIRE(list.sources.size() == 1);
  CHECK(list.sources[0].vendor == "posthog");
  list.remove("a");
  CHECK(list.sources.empty());
}

TEST_CASE("the name of a source is one plain word") {
  for (const char* name : {"posthog", "shop-2", "a.b_c", "X"}) {
    CAPTURE(name);
    CHECK(check_source_name(name));
  }
  for (const std::string& name :
       {std::string(), std::string("my shop"), std::string("a/b"),
        std::string("a\nb"), std::string("\xc3\xa4"), std::string(65, 'a')}) {
    CAPTURE(name);
    const auto checked = check_source_name(name);
    REQUIRE(!checked);
    CHECK(checked.error().kind == ErrorKind::usage);
  }
}

}  // namespace
}  // namespace claribi::cli
