// SPDX-License-Identifier: MIT
// The texts in tests/vectors/toon.json are what PostHog's own formatter makes
// of the JSON beside them; tests/posthog holds them against it.
#include "source/posthog/toon.hpp"

#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::source::posthog {
namespace {

json::Value cases() {
  const auto text = read_file(
      std::filesystem::path(__FILE__).parent_path() / "../../vectors/toon.json",
      1 << 20);
  REQUIRE(text);
  REQUIRE(*text);
  auto parsed = json::parse(**text);
  REQUIRE(parsed);
  return std::move(*parsed);
}

// Canonical JSON in which numbers have the spelling that PostHog gives them.
std::string canonical(std::string_view toon) {
  const auto read = read_toon(toon);
  if (!read) return read.error().message;
  return json::canonical(read->value);
}

TEST_CASE("what PostHog's formatter writes is read back as it was") {
  const json::Value all = cases();
  CHECK(all.size() >= 38);
  for (const json::Value& one : all.items()) {
    CAPTURE(one["name"].text_or(""));
    const json::Value& wanted = one.has("reads") ? one["reads"] : one["json"];
    CHECK(canonical(one["toon"].text_or("?")) == json::canonical(wanted));
  }
}

TEST_CASE("what follows an empty line is the footer") {
  const auto read = read_toon("a: 1\nb[2]: 1,2\n\nRelated: ask again.\nMore.");
  REQUIRE(read);
  CHECK(json::compact(read->value) == R"({"a":1,"b":[1,2]})");
  CHECK(read->footer == "Related: ask again.\nMore.");
}

TEST_CASE("a text that was cut is not taken for a shorter list") {
  CHECK(canonical("rows[3]{id}:\n  1\n  2") ==
        "not TOON: fewer rows than announced in line 3");
  CHECK(canonical("rows[2]:\n  - a: 1") ==
        "not TOON: fewer elements than announced in line 2");
  CHECK(canonical("x[3]: 1,2") ==
        "not TOON: an array of another length in line 1");
  CHECK(canonical("query: {\n  \"a\": 1") ==
        "not TOON: JSON that does not end in line 1");
  CHECK(canonical("a: \"open") ==
        "not TOON: a string without its end in line 1");
}

TEST_CASE("what is no TOON is refused with its line") {
  CHECK(canonical("Date range: 2026\n\nMetric|a") == "\"Date range: 2026\"");
  CHECK(canonical("a: 1\nno colon here").starts_with("not TOON"));
  CHECK(canonical("a: 1\n    b: 2").starts_with("not TOON"));
  CHECK(canonical("rows[1]{a,b}:\n  1") ==
        "not TOON: a row of another length in line 2");
  std::string deep;
  for (size_t i = 0; i < 500; ++i)
    deep += std::string(2 * i, ' ') + "a:\n";
  CHECK(canonical(deep).starts_with("not TOON: too much nesting"));
}

}  // namespace
}  // namespace claribi::source::posthog
