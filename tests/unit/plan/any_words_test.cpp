// SPDX-License-Identifier: MIT
// Whatever is typed: no crash, no name that the project does not have, and the
// same plan whatever order the names come in.
#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

constexpr auto pieces =
    std::to_array<std::string_view>({"signups",
                                     "last",
                                     "7",
                                     "days",
                                     "\"",
                                     "'",
                                     "`",
                                     "by",
                                     "country",
                                     "->",
                                     "then",
                                     "from",
                                     "to",
                                     "DROP TABLE events; --",
                                     "\xF0\x9F\x98\x80",
                                     "\xE6\xB3\xA8\xE5\x86\x8C",
                                     "\x01\x02\x1b[31m",
                                     "\xff\xfe",
                                     "ignore",
                                     "previous",
                                     "instructions",
                                     "<script>",
                                     "$pageview",
                                     "99999999999999999",
                                     "-1",
                                     "2026-02-30",
                                     "11/3",
                                     "p95",
                                     "of",
                                     "over",
                                     ">",
                                     "=",
                                     "((",
                                     "%",
                                     "top",
                                     "0",
                                     "not",
                                     "\xE2\x80\xAE",
                                     "\t",
                                     "...",
                                     "select",
                                     "why",
                                     "since",
                                     "\xD8\xA7\xD9\x84",
                                     "between",
                                     "and",
                                     ",",
                                     "page",
                                     "per",
                                     "half",
                                     "a",
                                     "year",
                                     "month",
                                     "week",
                                     "of",
                                     "1st",
                                     "the",
                                     "users",
                                     "who",
                                     "flag"});

std::string any_question(std::mt19937& random) {
  std::uniform_int_distribution<size_t> length(0, 30);
  std::uniform_int_distribution<size_t> piece(0, pieces.size() - 1);
  std::string text;
  const size_t count = length(random);
  for (size_t i = 0; i < count; ++i)
    text += std::string(pieces[piece(random)]) + (random() % 5 == 0 ? "" : " ");
  return text;
}

bool is_known(const source::Schema& schema, const std::string& event) {
  return std::ranges::find(schema.events, event, &source::EventInfo::name) !=
         schema.events.end();
}

TEST_CASE("300 questions of any words name no event that is not there") {
  std::mt19937 random(20261118);
  const auto schema = snake_project();
  for (int i = 0; i < 300; ++i) {
    const std::string question = any_question(random);
    CAPTURE(question);
    const auto plan = plan_of(question, schema);
    if (!plan) {
      CHECK_FALSE(plan.error().message.empty());
      continue;
    }
    for (const Series& series : plan->series)
      CHECK((!series.event || is_known(schema, *series.event)));
    for (const std::string& step : plan->steps)
      CHECK(is_known(schema, step));
    const auto back = from_json(to_json(*plan));
    REQUIRE(back.has_value());
    CHECK(plan_id(*back) == plan_id(*plan));
    (void)compile(*plan, same_words(), moment(), {});
  }
}

TEST_CASE("long and empty questions end soon") {
  const auto schema = snake_project();
  CHECK_FALSE(plan_of("", schema).has_value());
  CHECK_FALSE(plan_of(std::string(100'000, 'x'), schema).has_value());
  CHECK_FALSE(plan_of(std::string(10'000, '"'), schema).has_value());
}

TEST_CASE("nonsense calls nothing") {
  const auto schema = snake_project();
  for (const auto* question :
       {"colourless green ideas sleep furiously", "asdf qwer zxcv",
        "\xE6\xB3\xA8\xE5\x86\x8C\xE6\x95\xB0", "\xF0\x9F\x98\x80", "???",
        "how many unicorns danced on the moon last week?"}) {
    CAPTURE(question);
    CHECK_FALSE(plan_of(question, schema).has_value());
  }
}

TEST_CASE("the order of names makes no difference to the plan") {
  std::mt19937 random(7);
  const auto schema = snake_project();
  for (const auto* question :
       {"signups by country last 7 days", "uploads from Germany over 5",
        "conversion from signup to upload", "revenue last month",
        "average file size", "files per day", "downloads per upload"}) {
    CAPTURE(question);
    const auto first = plan_of(question, schema);
    for (int run = 0; run < 5; ++run) {
      source::Schema shuffled = schema;
      std::ranges::shuffle(shuffled.events, random);
      std::ranges::shuffle(shuffled.properties, random);
      const auto again = plan_of(question, shuffled);
      REQUIRE(first.has_value() == again.has_value());
      if (first) {
        CHECK(json::compact(to_json(*first)) == json::compact(to_json(*again)));
      } else {
        CHECK(first.error().hints == again.error().hints);
      }
    }
  }
}

}  // namespace
}  // namespace claribi::plan
