// SPDX-License-Identifier: MIT
#include "demo/tools.hpp"
#include "doctest/doctest.h"
#include "generated_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

json::Value list(std::string_view text) {
  const auto answer = error_issues_list(generated_world(), arguments(text));
  if (!answer) FAIL(answer.error().message);
  CHECK(answer->structured);
  return answer->value;
}

int64_t sum(const json::Value& rows, std::string_view member) {
  int64_t total = 0;
  for (const auto& row : rows.items()) {
    total += row["aggregations"][member].integer().value_or(0);
  }
  return total;
}

// Up to a day that is still to come.
constexpr std::string_view all =
    R"({"status":"all","dateRange":{"date_from":"2026-05-01",
                                    "date_to":"2026-11-26"}})";

}  // namespace

TEST_CASE("the issues of a range add up to its exceptions") {
  const auto rows = list(all)["results"];
  CHECK(rows.size() >= 8);
  const auto exceptions = scalar(
      generated_store(),
      "SELECT count(*) FROM events e JOIN event_names n ON n.id = e.event "
      "WHERE n.name = '$exception' AND timestamp <= strftime('%s', "
      "'2026-11-24 10:30:00') * 1000");
  REQUIRE(exceptions.integer() > 0);
  CHECK(sum(rows, "occurrences") == exceptions.integer());
}

TEST_CASE("an exception that is still to come is not counted") {
  const auto answer = error_issues_list(
      generated_world_at("2026-08-01T12:00:00Z"), arguments(all));
  REQUIRE(answer.has_value());
  const auto so_far = scalar(
      generated_store(),
      "SELECT count(*) FROM events e JOIN event_names n ON n.id = e.event "
      "WHERE n.name = '$exception' AND timestamp <= strftime('%s', "
      "'2026-08-01 12:00:00') * 1000");
  REQUIRE(so_far.integer() > 0);
  CHECK(sum(answer->value["results"], "occurrences") == so_far.integer());
  for (const auto& row : answer->value["results"].items()) {
    CHECK(row["last_seen"].text_or("") <= "2026-08-01T12:00:00.000Z");
  }
}

TEST_CASE("an issue counts occurrences, users and sessions of its events") {
  const auto rows = list(R"({"status":"all","dateRange":{
    "date_from":"2026-09-01T00:00:00Z","date_to":"2026-10-31T23:59:59Z"}})");
  REQUIRE(rows["results"].size() > 0);
  const auto& first = rows["results"].at(0);
  const auto row = generated_store().query(
      "SELECT count(*), count(DISTINCT person), count(DISTINCT session) FROM "
      "events WHERE json_extract(properties, '$.\"$exception_issue_id\"') = "
      "'" +
      first["id"].text_or("") +
      "' AND timestamp >= strftime('%s', '2026-09-01') * 1000 AND timestamp < "
      "strftime('%s', '2026-11-01') * 1000");
  REQUIRE(row.has_value());
  const auto& counted = first["aggregations"];
  CHECK(counted["occurrences"] == to_json(row->rows[0][0]));
  CHECK(counted["users"] == to_json(row->rows[0][1]));
  CHECK(counted["sessions"] == to_json(row->rows[0][2]));
  int64_t volume = 0;
  for (const auto& part : counted["volumeRange"].items()) {
    volume += part.integer().value_or(0);
  }
  CHECK(volume == counted["occurrences"].integer());
}

TEST_CASE("issues come by occurrences unless another order is asked for") {
  const auto by_default = list(all)["results"];
  for (size_t i = 1; i < by_default.size(); ++i) {
    CHECK(by_default.at(i - 1)["aggregations"]["occurrences"].integer() >=
          by_default.at(i)["aggregations"]["occurrences"].integer());
  }
  const auto by_time = list(R"({"status":"all","orderBy":"last_seen",
    "orderDirection":"ASC","dateRange":{"date_from":"2026-05-01"}})")
      ["results"];
  REQUIRE(by_time.size() > 1);
  for (size_t i = 1; i < by_time.size(); ++i) {
    CHECK(by_time.at(i - 1)["last_seen"].text_or("") <=
          by_time.at(i)["last_seen"].text_or(""));
  }
}

TEST_CASE("issues are cut to a page and filtered by status and words") {
  const auto page = list(R"({"status":"all","limit":2,"offset":1,
    "dateRange":{"date_from":"2026-05-01"}})");
  CHECK(page["results"].size() == 2);
  CHECK(page["hasMore"].boolean() == true);
  CHECK(page["limit"].integer() == 2);
  CHECK(page["offset"].integer() == 1);
  CHECK(page["results"].at(0) == list(all)["results"].at(1));
  const auto resolved =
      list(R"({"status":"resolved","dateRange":{"date_from":"2026-05-01"}})");
  REQUIRE(resolved["results"].size() == 1);
  CHECK(resolved["results"].at(0)["description"].text_or("") ==
        "link.expires is not a function");
  const auto found = list(R"({"searchQuery":"FETCH",
    "dateRange":{"date_from":"2026-05-01"}})");
  REQUIRE(found["results"].size() == 1);
  CHECK(found["results"].at(0)["name"].text_or("") == "NetworkError");
}

TEST_CASE("an issue that began lately or was resolved has no events outside") {
  const auto& store = generated_store();
  CHECK(scalar(store,
               "SELECT count(*) FROM events WHERE json_extract(properties, "
               "'$.\"$exception_issue_id\"') = "
               "'0192e000-0000-7000-8000-000000000001' AND timestamp < "
               "strftime('%s', '2026-11-19') * 1000")
            .integer() == 0);
  CHECK(scalar(store,
               "SELECT count(*) FROM events WHERE json_extract(properties, "
               "'$.\"$exception_issue_id\"') = "
               "'0192e000-0000-7000-8000-000000000008' AND timestamp >= "
               "strftime('%s', '2026-10-31') * 1000")
            .integer() == 0);
}

TEST_CASE("issues refuse a wrong order by name") {
  const auto answer =
      error_issues_list(generated_world(), arguments(R"({"orderBy":"mood"})"));
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().kind == ErrorKind::usage);
  CHECK(answer.error().message.find("orderBy") != std::string::npos);
}
