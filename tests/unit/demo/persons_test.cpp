// SPDX-License-Identifier: MIT
#include <set>

#include "demo/tools.hpp"
#include "doctest/doctest.h"
#include "generated_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

json::Value list(std::string_view text) {
  const auto answer = persons_list(generated_world(), arguments(text));
  if (!answer) FAIL(answer.error().message);
  return answer->value;
}

}  // namespace

TEST_CASE("persons are paged without a count, the newest first") {
  std::set<std::string> seen;
  std::string last = "9";
  size_t offset = 0;
  while (true) {
    json::Value args;
    args.set("limit", 50).set("offset", offset);
    const auto answer = persons_list(generated_world(), args);
    REQUIRE(answer.has_value());
    CHECK_FALSE(answer->value.has("count"));
    for (const auto& row : answer->value["results"].items()) {
      seen.insert(row["uuid"].text_or(""));
      CHECK(row["created_at"].text_or("") <= last);
      last = row["created_at"].text_or("");
    }
    if (answer->value["next"].is_null()) break;
    offset += 50;
  }
  const auto all = scalar(generated_store(),
                          "SELECT count(*) FROM persons WHERE created_at <= "
                          "strftime('%s', '2026-11-24 10:30:00') * 1000");
  CHECK(static_cast<int64_t>(seen.size()) == all.integer());
}

TEST_CASE("persons are found by email, distinct id and parts of both") {
  for (const char* text :
       {R"({"email":"ada@lighthouse.example"})", R"({"distinct_id":"p_001"})",
        R"({"distinct_id":"ada@lighthouse.example"})",
        R"({"search":"ADA@light"})", R"({"search":"Ada Okafor"})",
        R"({"search":"0190a1f0-0000-7000-8000-000000000001"})"}) {
    CAPTURE(text);
    const auto found = list(text);
    REQUIRE(found["results"].size() == 1);
    const auto& row = found["results"].at(0);
    CHECK(row["name"].text_or("") == "ada@lighthouse.example");
    CHECK(row["distinct_ids"].at(0).text_or("") == "p_001");
    CHECK(row["distinct_ids"].size() == 2);
    // Lists keep most properties to themselves.
    CHECK_FALSE(row["properties"].has("plan"));
  }
  CHECK(list(R"({"search":"100%"})")["results"].size() == 0);
  CHECK(list(R"({"email":"nobody@nowhere.example"})")["results"].size() == 0);
}

TEST_CASE("one person is found by every kind of id, with all properties") {
  for (const char* text :
       {R"({"id":"p_001"})", R"({"id":"ada@lighthouse.example"})",
        R"({"id":"0190a1f0-0000-7000-8000-000000000001"})", R"({"id":"1"})",
        R"({"id":1})"}) {
    CAPTURE(text);
    const auto answer = persons_retrieve(generated_world(), arguments(text));
    REQUIRE(answer.has_value());
    CHECK(answer->value["uuid"].text_or("") ==
          "0190a1f0-0000-7000-8000-000000000001");
    CHECK(answer->value["properties"]["plan"].text_or("") == "pro");
    CHECK(answer->value["properties"].has("$browser"));
  }
  const auto missing =
      persons_retrieve(generated_world(), arguments(R"({"id":"p_0"})"));
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message.find("404 (Not Found)") != std::string::npos);
}

TEST_CASE("what a person did later than now is not known yet") {
  const auto early = generated_world_at("2026-08-01T12:00:00Z");
  const auto then = persons_retrieve(early, arguments(R"({"id":"p_001"})"));
  REQUIRE(then.has_value());
  const auto seen = then->value["last_seen_at"].text_or("");
  CHECK(seen > "2026-06-01");
  CHECK(seen <= "2026-08-01T12:00:00.000Z");
  const auto newest = persons_list(early, arguments(R"({"limit":1})"));
  REQUIRE(newest.has_value());
  CHECK(newest->value["results"].at(0)["created_at"].text_or("") <=
        "2026-08-01T12:00:00.000Z");
}
