// SPDX-License-Identifier: MIT
#include "cli/app.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "buffer_io.hpp"
#include "json/reader.hpp"

namespace claribi::cli {
namespace {

// A machine of its own: empty folders, a fixed clock, no variables.
class Machine {
 public:
  Machine() {
    std::string name =
        (std::filesystem::temp_directory_path() / "claribi-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    environment_.config_folder = folder_ / "config";
    environment_.data_folder = folder_ / "data";
    environment_.cache_folder = folder_ / "cache";
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  Machine(Machine&&) = delete;
  Machine& operator=(Machine&&) = delete;
  ~Machine() { std::filesystem::remove_all(folder_); }

  int run(const std::vector<std::string>& words) {
    io.said.clear();
    io.noted.clear();
    const FixedClock clock(*parse_instant("2026-11-18T10:30:00Z"));
    return cli::run(io, environment_, clock, words);
  }

  void write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((folder_ / path).parent_path());
    REQUIRE(write_file(folder_ / path, text, Privacy::owner_only));
  }
  [[nodiscard]] std::string read(const std::string& path) const {
    const auto text = read_file(folder_ / path, 1 << 20);
    REQUIRE(text);
    return text->value_or("");
  }

  // Nothing was made in any folder.
  [[nodiscard]] bool untouched() const {
    return std::filesystem::is_empty(folder_);
  }

  BufferIo io;

 private:
  std::filesystem::path folder_;
  Environment environment_;
};

TEST_CASE("a failure is told once, with a hint, on standard error only") {
  Machine machine;
  CHECK(machine.run({"tols"}) == 2);
  CHECK(machine.io.said.empty());
  CHECK(machine.io.noted.starts_with(
      "claribi: error: unknown command 'tols'\n"
      "claribi: hint: did you mean: claribi tools\n"));
  CHECK(machine.untouched());
}

TEST_CASE("a failure can be told as one line of JSON") {
  Machine machine;
  CHECK(machine.run({"tols", "--error-format", "json"}) == 2);
  const auto document = json::parse(machine.io.noted);
  REQUIRE(document);
  const json::Value& error = (*document)["error"];
  CHECK(error["kind"].string() == "usage");
  CHECK(error["status"].integer() == 2);
  CHECK(error["message"].string() == "unknown command 'tols'");
  CHECK(error["hints"].size() > 0);
}

TEST_CASE("without a source a command says how to get one") {
  Machine machine;
  CHECK(machine.run({"tools"}) == 2);
  CHECK(machine.io.noted.contains("claribi connect demo"));
  CHECK(machine.untouched());
}

TEST_CASE("a question that asks for a change is refused before anything") {
  Machine machine;
  CHECK(machine.run({"ask", "delete the new-pricing flag"}) == 5);
  CHECK(machine.untouched());
}

TEST_CASE("a closed pipe is a quiet end") {
  Machine machine;
  machine.io.broken = true;
  CHECK(machine.run({"--help"}) == 0);
  CHECK(machine.io.noted.empty());
}

TEST_CASE("an unreadable list of sources is never an empty one") {
  Machine machine;
  const std::string broken = R"({"sources":[{"name":"prod")";
  machine.write("config/sources.json", broken);
  for (const auto& words : {std::vector<std::string>{"sources"},
                            {"sources", "use", "x"},
                            {"connect", "demo"},
                            {"tools"}}) {
    CHECK(machine.run(words) == 13);
    CHECK(machine.io.noted.find("sources.json") != std::string::npos);
    CHECK(machine.read("config/sources.json") == broken);
  }
}

TEST_CASE("a length of time that is none is refused by every command") {
  Machine machine;
  for (const char* text : {"never", "0", "-1", "", "1e9", "5s"}) {
    CAPTURE(text);
    CHECK(machine.run({"catalog", "--timeout", text}) == 2);
    CHECK(machine.io.said.empty());
  }
  CHECK(machine.run({"catalog", "--timeout", "2.5"}) == 0);
  CHECK(machine.untouched());
}

TEST_CASE("http to another machine is refused before a key is used") {
  Machine machine;
  CHECK(machine.run({"tools", "--url", "http://example.com/mcp"}) == 2);
  CHECK(machine.run({"tools", "--url", "http://127.0.0.1:1/mcp"}) == 2);
  CHECK(machine.untouched());
}

}  // namespace
}  // namespace claribi::cli
