// SPDX-License-Identifier: MIT
#include "demo/data_file.hpp"

#include <unistd.h>

#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "doctest/doctest.h"
#include "generated_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() /
              ("claribi-data-file-test-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() { fs::remove_all(path_); }

  [[nodiscard]] const fs::path& path() const { return path_; }

  // Without the lock.
  [[nodiscard]] std::set<fs::path> files() const {
    std::set<fs::path> all;
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.path().extension() != ".lock") all.insert(entry.path());
    }
    return all;
  }

 private:
  fs::path path_;
};

const DataSpec small = {.seed = 1, .days = 20, .events = 300};

}  // namespace

TEST_CASE("data are made once and then reused") {
  const Folder folder;
  int told = 0;
  const auto progress = [&](std::string_view) { ++told; };
  for (int i = 0; i < 2; ++i) {
    const auto store = open_data(folder.path(), generated_project(), small,
                                 generated_now(), progress);
    REQUIRE(store.has_value());
    CHECK(scalar(*store, "SELECT count(*) FROM events").integer() > 100);
  }
  CHECK(told == 1);
  const auto target =
      data_file(folder.path(), generated_project(), small, generated_now());
  CHECK(folder.files() == std::set<fs::path>{target});
}

TEST_CASE("a later hour of the day has the same data, a later day others") {
  const Folder folder;
  const auto& project = generated_project();
  const auto file = [&](Instant at) {
    return data_file(folder.path(), project, small, at);
  };
  const auto now = generated_now();
  CHECK(file(now) == file(now + std::chrono::hours(13)));
  CHECK(file(now) != file(now + std::chrono::hours(14)));
  auto seeded = small;
  seeded.seed = 2;
  CHECK(file(now) != data_file(folder.path(), project, seeded, now));
  auto renamed = project;
  renamed.description = "other";
  CHECK(file(now) != data_file(folder.path(), renamed, small, now));
}

TEST_CASE("older files of a description go, those of others stay") {
  const Folder folder;
  const auto& project = generated_project();
  auto other = project;
  other.name = "Other";
  const auto now = generated_now();
  const auto later = now + std::chrono::days(1);
  REQUIRE(open_data(folder.path(), other, small, now, {}).has_value());
  REQUIRE(open_data(folder.path(), project, small, now, {}).has_value());
  // A run that was killed left this.
  auto half = data_file(folder.path(), project, small, now);
  half += ".tmp";
  std::ofstream(half) << "half";
  REQUIRE(open_data(folder.path(), project, small, later, {}).has_value());
  CHECK(folder.files() ==
        std::set<fs::path>{data_file(folder.path(), other, small, now),
                           data_file(folder.path(), project, small, later)});
}

TEST_CASE("a damaged file is made again") {
  const Folder folder;
  const auto& project = generated_project();
  const auto now = generated_now();
  REQUIRE(open_data(folder.path(), project, small, now, {}).has_value());
  const auto target = data_file(folder.path(), project, small, now);
  for (const char* content : {"", "this is not a database at all"}) {
    CAPTURE(content);
    std::ofstream(target, std::ios::trunc) << content;
    const auto store = open_data(folder.path(), project, small, now, {});
    REQUIRE(store.has_value());
    CHECK(scalar(*store, "SELECT count(*) FROM events").integer() > 100);
  }
}

TEST_CASE("a folder that cannot be written leaves an error and no file") {
  const Folder folder;
  fs::create_directories(folder.path());
  const auto blocker = folder.path() / "file";
  std::ofstream(blocker) << "x";
  const auto store = open_data(blocker / "below", generated_project(), small,
                               generated_now(), {});
  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().kind == ErrorKind::file);
  CHECK(folder.files() == std::set<fs::path>{blocker});
}

TEST_CASE("several first uses at once all get whole data") {
  const Folder folder;
  const auto& project = generated_project();
  std::vector<int64_t> counts(4);
  std::vector<std::thread> threads;
  for (auto& count : counts) {
    threads.emplace_back([&] {
      const auto store =
          open_data(folder.path(), project, small, generated_now(), {});
      if (!store) return;
      const auto rows = store->query("SELECT count(*) FROM events");
      if (rows) count = std::get<int64_t>(rows->rows[0][0]);
    });
  }
  for (auto& thread : threads)
    thread.join();
  CHECK(counts[0] > 100);
  CHECK(counts == std::vector<int64_t>(4, counts[0]));
  CHECK(folder.files().size() == 1);
}
