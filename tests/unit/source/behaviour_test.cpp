// SPDX-License-Identifier: MIT
// Results about people over time: retention, lifecycles, stickiness, paths and
// how long a funnel takes.
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source {
namespace {

// Wednesday, 18 November 2026, half past ten in UTC.
Moment wednesday(Calendar calendar = {}) {
  return {*parse_instant("2026-11-18T10:30:00Z"), std::move(calendar)};
}

Result<table::Table> decode(std::string tool, std::string_view payload,
                            std::string_view arguments = "{}",
                            const Moment& moment = wednesday()) {
  return posthog::decode({std::move(tool), *json::parse(arguments)},
                         {.structured = *json::parse(payload)}, moment);
}

table::Table decoded(std::string tool, std::string_view payload,
                     std::string_view arguments = "{}",
                     const Moment& moment = wednesday()) {
  auto table = decode(std::move(tool), payload, arguments, moment);
  if (!table) FAIL(table.error().message);
  return std::move(*table);
}

std::string rows(const table::Table& table) {
  std::string out;
  for (const table::Row& row : table.rows)
    out += json::compact(json::Value(json::Array(row))) + "\n";
  return out;
}

std::string names(const table::Table& table) {
  std::string out;
  for (const table::Column& column : table.columns)
    out += (out.empty() ? "" : " ") + column.name;
  return out;
}

std::string cohorts(std::string_view first, std::string_view second) {
  std::string text = R"({"results":[)";
  for (std::string_view date : {first, second}) {
    if (!text.ends_with('[')) text += ',';
    text += R"({"date":")" + std::string(date) +
            R"(","label":"Day 0","breakdown_value":null,"values":[)"
            R"({"count":120.0,"label":"Day 0"},{"count":54,"label":"Day 1"},)"
            R"({"count":0.0,"label":"Day 2"}]})";
  }
  return text + "]}";
}

TEST_CASE("a retention is one row per cohort and interval") {
  const auto table =
      decoded("query-retention",
              cohorts("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
              R"({"retentionFilter":{"period":"Day"}})");
  CHECK(table.shape == table::Shape::retention);
  CHECK(table.unit == Unit::day);
  CHECK(names(table) == "cohort size interval returned rate partial");
  CHECK(rows(table) ==
        "[\"2026-11-01\",120,0,120,1,false]\n"
        "[\"2026-11-01\",120,1,54,0.45,false]\n"
        "[\"2026-11-01\",120,2,0,0,false]\n"
        "[\"2026-11-02\",120,0,120,1,false]\n"
        "[\"2026-11-02\",120,1,54,0.45,false]\n"
        "[\"2026-11-02\",120,2,0,0,false]\n");
  CHECK(table.notes.empty());
}

TEST_CASE("a zero of an interval that has not begun is no value") {
  const auto table =
      decoded("query-retention",
              cohorts("2026-11-17T00:00:00Z", "2026-11-18T00:00:00Z"));
  CHECK(rows(table) ==
        "[\"2026-11-17\",120,0,120,1,false]\n"
        "[\"2026-11-17\",120,1,54,0.45,true]\n"
        "[\"2026-11-17\",120,2,null,null,true]\n"
        "[\"2026-11-18\",120,0,120,1,true]\n"
        "[\"2026-11-18\",120,1,null,null,true]\n"
        "[\"2026-11-18\",120,2,null,null,true]\n");
  REQUIRE(table.notes.size() == 1);
  CHECK(table.notes[0].contains("not over yet"));
}

TEST_CASE("cohorts may be added up where only a first start counts") {
  const auto additive = [](std::string_view type) {
    return decoded("query-retention", R"({"results":[]})",
                   R"({"retentionFilter":{"retentionType":")" +
                       std::string(type) + "\"}}")
        .additive;
  };
  CHECK(additive("retention_first_time"));
  CHECK(additive("retention_first_ever_occurrence"));
  CHECK(!additive("retention_recurring"));
  CHECK(!additive(""));
}

TEST_CASE("weeks, months and hours are over when their own length is") {
  const auto partials = [](std::string_view first, std::string_view second,
                           std::string_view period) {
    const auto table = decoded(
        "query-retention", cohorts(first, second),
        R"({"retentionFilter":{"period":")" + std::string(period) + "\"}}");
    std::string out;
    for (const table::Row& row : table.rows) {
      out += row[3].is_null() ? '-' : row[5].boolean().value() ? 'p' : 'x';
    }
    return out;
  };
  // Monday 9 November: week 0 is over, week 1 is the current one.
  CHECK(partials("2026-11-02", "2026-11-09", "Week") == "xxpxp-");
  CHECK(partials("2026-09-01", "2026-10-01", "Month") == "xxpxp-");
  CHECK(partials("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z", "Hour") ==
        "xxpxp-");
  // The distance of two cohorts tells where nobody said the period.
  CHECK(partials("2026-11-02", "2026-11-09", "") == "xxpxp-");
}

TEST_CASE("the clock of retention is that of the project") {
  const Calendar tokyo{*TimeZone::named("Asia/Tokyo")};
  // 19 November, 00:30 in Tokyo.
  const Moment late{*parse_instant("2026-11-18T15:30:00Z"), tokyo};
  const auto written =
      decoded("query-retention",
              cohorts("2026-11-17T00:00:00+09:00", "2026-11-18T00:00:00+09:00"),
              "{}", late);
  CHECK(rows(written).contains("[\"2026-11-17\",120,1,54,0.45,false]"));
  CHECK(rows(written).contains("[\"2026-11-18\",120,1,54,0.45,true]"));
  // The same two days, spelled in UTC.
  const auto shifted = decoded(
      "query-retention",
      cohorts("2026-11-16T15:00:00Z", "2026-11-17T15:00:00Z"), "{}", late);
  CHECK(rows(shifted) == rows(written));
}

TEST_CASE("windows of 24 hours end a day later, and brackets hold several") {
  const auto rolling =
      decoded("query-retention",
              cohorts("2026-11-16T00:00:00Z", "2026-11-17T00:00:00Z"),
              R"({"retentionFilter":{"period":"Day",)"
              R"("timeWindowMode":"24_hour_windows"}})");
  CHECK(rows(rolling).contains("[\"2026-11-16\",120,1,54,0.45,true]"));
  const auto brackets =
      decoded("query-retention",
              cohorts("2026-11-14T00:00:00Z", "2026-11-16T00:00:00Z"),
              R"({"retentionFilter":{"period":"Day",)"
              R"("retentionCustomBrackets":[3,4]}})");
  // Days 1 to 3 of the 14th are 15 to 17 November; days 4 to 7 have begun.
  CHECK(rows(brackets).contains("[\"2026-11-14\",120,1,54,0.45,false]"));
  CHECK(rows(brackets).contains("[\"2026-11-14\",120,2,0,0,true]"));
  CHECK(rows(brackets).contains("[\"2026-11-16\",120,2,null,null,true]"));
}

TEST_CASE("a retention may have a breakdown, short rows and empty cohorts") {
  const auto table = decoded(
      "query-retention",
      R"({"results":[{"date":"2026-11-01","breakdown_value":"DE",)"
      R"("values":[{"count":0},{"count":0}]},)"
      R"({"date":"2026-11-02","breakdown_value":null,"values":[{"count":3}]},)"
      R"({"date":"2026-12-01","values":[{"count":0}]}]})");
  CHECK(names(table) == "cohort breakdown size interval returned rate partial");
  CHECK(rows(table) ==
        "[\"2026-11-01\",\"DE\",0,0,0,null,false]\n"
        "[\"2026-11-01\",\"DE\",0,1,0,null,false]\n"
        "[\"2026-11-02\",\"(none)\",3,0,3,1,false]\n");
  CHECK(decoded("query-retention", R"({"results":[]})").rows.empty());
  CHECK(!decode("query-retention", R"({"results":{}})"));
  CHECK(!decode("query-retention", R"({"results":[{"values":[]}]})"));
}

TEST_CASE("a lifecycle has a shape of its own") {
  const auto table = decoded(
      "query-lifecycle",
      R"({"results":[{"status":"new","label":"a - new","action":{"name":"a"},)"
      R"("data":[5,2],"days":["2026-11-17","2026-11-18"]},)"
      R"({"label":"a - dormant","data":[-38.0,-4],)"
      R"("days":["2026-11-17","2026-11-18"]}]})",
      R"({"interval":"day"})");
  CHECK(table.shape == table::Shape::lifecycle);
  CHECK(table.unit == Unit::day);
  CHECK(!table.additive);
  CHECK(rows(table) ==
        "[\"2026-11-17\",\"new\",5,false]\n"
        "[\"2026-11-18\",\"new\",2,true]\n"
        "[\"2026-11-17\",\"dormant\",-38.0,false]\n"
        "[\"2026-11-18\",\"dormant\",-4,true]\n");
  REQUIRE(table.notes.size() == 1);
  CHECK(table.notes[0] ==
        "2026-11-18 is not over yet: its numbers will change");
  CHECK(!decode("query-lifecycle", R"({"results":{}})"));
}

TEST_CASE("a stickiness says on how many days, and which share") {
  const auto table = decoded("query-stickiness",
                             R"({"results":[{"label":"$pageview","count":500,)"
                             R"("data":[200,250,50],"days":[1,2,3],)"
                             R"("labels":["1 day","2 days","3 days"]}]})");
  CHECK(table.shape == table::Shape::stickiness);
  CHECK(table.unit == Unit::day);
  CHECK(!table.cumulative);
  CHECK(names(table) == "series intervals value share");
  CHECK(rows(table) ==
        "[\"$pageview\",1,200,0.4]\n"
        "[\"$pageview\",2,250,0.5]\n"
        "[\"$pageview\",3,50,0.1]\n");
}

TEST_CASE("a cumulative stickiness has shares of the first row") {
  const auto table =
      decoded("query-stickiness",
              R"({"results":[{"label":"a","data":[200,50],"days":[1,2],)"
              R"("labels":["1 week or more","2 weeks or more"]}]})",
              R"({"interval":"week","compareFilter":{}})");
  CHECK(table.cumulative);
  CHECK(table.unit == Unit::week);
  CHECK(rows(table) == "[\"a\",1,200,1]\n[\"a\",2,50,0.25]\n");
  CHECK(rows(decoded("query-stickiness",
                     R"({"results":[{"label":"a","data":[0,0]}]})")) ==
        "[\"a\",1,0,null]\n[\"a\",2,0,null]\n");
  CHECK(!decode("query-stickiness",
                R"({"results":[{"data":[1],"days":[1,2]}]})"));
}

TEST_CASE("steps of a path are taken apart, and milliseconds become seconds") {
  const auto table =
      decoded("query-paths",
              R"({"results":[{"source":"1_https://x.test","target":"2_/a_b",)"
              R"("value":15,"average_conversion_time":42000},)"
              R"({"source":"2_/a_b","target":"3_/c","value":150,)"
              R"("average_conversion_time":500},)"
              R"({"source":"odd","target":"","value":1}]})");
  CHECK(table.shape == table::Shape::paths);
  CHECK(names(table) == "step source target value average_seconds");
  CHECK(rows(table) ==
        "[2,\"/a_b\",\"/c\",150,0.5]\n"
        "[1,\"https://x.test\",\"/a_b\",15,42]\n"
        "[null,\"odd\",\"\",1,null]\n");
  CHECK(!table.truncated);
  CHECK(decoded("query-paths",
                R"({"results":[{"source":"1_a","target":"2_b","value":1}]})",
                R"({"pathsFilter":{"edgeLimit":1}})")
            .truncated);
}

TEST_CASE("times to convert are stretches with people and shares") {
  const auto table =
      decoded("query-funnel", R"({"results":{"bins":[[0,12],[60,30],[120,6]],)"
                              R"("average_conversion_time":71.5}})");
  CHECK(table.shape == table::Shape::distribution);
  CHECK(names(table) == "seconds_from seconds_to people share");
  CHECK(rows(table) ==
        "[0,60,12,0.25]\n[60,120,30,0.625]\n[120,null,6,0.125]\n");
  CHECK(table.average_seconds == json::Value(71.5));
  const auto nobody =
      decoded("query-funnel",
              R"({"results":{"bins":[],"average_conversion_time":null}})");
  CHECK(nobody.shape == table::Shape::distribution);
  CHECK(nobody.rows.empty());
}

TEST_CASE("a saved insight is read by the kind of its query") {
  const auto shape_of = [](std::string_view payload) {
    return decoded("insight-query", payload, R"({"insightId":"AaVQ8Ijw"})")
        .shape;
  };
  CHECK(shape_of(R"({"query":{"kind":"InsightVizNode","source":{)"
                 R"("kind":"RetentionQuery"}},"results":[{"date":"2026-11-01",)"
                 R"("values":[{"count":1}]}]})") == table::Shape::retention);
  CHECK(shape_of(R"({"query":{"kind":"LifecycleQuery"},"results":[]})") ==
        table::Shape::lifecycle);
  CHECK(shape_of(R"({"insight":{"query":{"source":{"kind":"PathsQuery"}}},)"
                 R"("results":[]})") == table::Shape::paths);
  CHECK(shape_of(R"({"query":{"source":{"kind":"HogQLQuery","query":"x"}},)"
                 R"("results":{"columns":["a"],"results":[[1]]}})") ==
        table::Shape::rows);
}

TEST_CASE("a reply that does not say its kind is known by its looks") {
  const auto shape_of = [](std::string results) {
    return decoded("insight-query", R"({"results":)" + results + "}").shape;
  };
  CHECK(shape_of(R"([{"data":[1],"days":["2026-11-01"]}])") ==
        table::Shape::time_series);
  CHECK(shape_of(R"([{"data":[1],"days":[1]}])") == table::Shape::stickiness);
  CHECK(shape_of(R"([{"status":"new","data":[1],"days":["2026-11-01"]}])") ==
        table::Shape::lifecycle);
  CHECK(shape_of(R"([{"date":"2026-11-01","values":[]}])") ==
        table::Shape::retention);
  CHECK(shape_of(R"([{"source":"1_a","target":"2_b","value":1,)"
                 R"("average_conversion_time":1}])") == table::Shape::paths);
  CHECK(
      shape_of(R"([{"name":"a","count":2,"average_conversion_time":null}])") ==
      table::Shape::funnel);
  CHECK(shape_of(R"({"bins":[[0,1]]})") == table::Shape::distribution);
  CHECK(shape_of(R"([{"x":1}])") == table::Shape::rows);
}

TEST_CASE("saved insights have a kind, and a name even if nobody gave one") {
  const auto table = decoded(
      "insights-list",
      R"({"count":2,"results":[{"id":1,"short_id":"Aa","name":"Weekly",)"
      R"("description":"d","query":{"kind":"InsightVizNode",)"
      R"("source":{"kind":"TrendsQuery"}}},)"
      R"({"id":2,"short_id":"Bb","name":"","derived_name":"Pageviews",)"
      R"("query":{"kind":"DataTableNode","source":{"kind":"HogQLQuery"}}}]})");
  CHECK(table.headline ==
        std::vector<std::string>{"short_id", "name", "kind", "description"});
  CHECK(table.cell(0, "kind") == json::Value("trends"));
  CHECK(table.cell(1, "kind") == json::Value("sql"));
  CHECK(table.cell(1, "name") == json::Value("Pageviews"));
}

}  // namespace
}  // namespace claribi::source
