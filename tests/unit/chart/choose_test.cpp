// SPDX-License-Identifier: MIT
#include "chart/choose.hpp"

#include "chart/describe.hpp"
#include "doctest/doctest.h"
#include "tests/unit/chart/sample.hpp"

using namespace claribi;
using namespace claribi::chart;
using table::Shape;
using table::Table;
using table::Type;

namespace {

Chart chosen(const Table& table) {
  auto chart = choose(table, {"title", "subtitle"});
  REQUIRE(chart);
  return *chart;
}

std::vector<std::string> names_of(const Chart& chart) {
  std::vector<std::string> names;
  for (const Series& series : chart.series)
    names.push_back(series.name);
  return names;
}

std::vector<std::string> xs_of(const Series& series) {
  std::vector<std::string> xs;
  for (const Point& point : series.points)
    xs.push_back(point.x);
  return xs;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a few buckets of one series are bars, more are a line") {
  CHECK(chosen(test::days(std::vector<int>(12, 5))).mark == Mark::bars);
  CHECK(chosen(test::days(std::vector<int>(13, 5))).mark == Mark::line);
}

TEST_CASE("values below zero are never bars over time") {
  CHECK(chosen(test::days({3, -1, 2})).mark == Mark::line);
}

TEST_CASE("one bucket is a number") {
  const Chart chart = chosen(test::days({42}));
  CHECK(chart.mark == Mark::number);
  CHECK(chart.series.front().points.front().text == "42");
}

TEST_CASE("title and subtitle are taken over and a description is made") {
  const Chart chart = chosen(test::days({10, 30, 20, 4}, true));
  CHECK(chart.title == "title");
  CHECK(chart.subtitle == "subtitle");
  CHECK(chart.description ==
        "Bar chart of title, 4 points from 2026-11-01 to 2026-11-04. Lowest "
        "10 (2026-11-01), highest 30 (2026-11-02). The last bucket is not "
        "over yet.");
}

TEST_CASE("several series are lines named by what differs") {
  const Chart chart = chosen(test::people_by(3));
  CHECK(chart.mark == Mark::line);
  CHECK(names_of(chart) == Names{"b0", "b1", "b2"});
}

TEST_CASE("six series stay six") {
  const Chart chart = chosen(test::breakdowns(6));
  CHECK(chart.series.size() == 6);
  CHECK(chart.notes.empty());
}

TEST_CASE("more than six series become the top six and Other, and it says so") {
  const Chart chart = chosen(test::breakdowns(9));
  CHECK(names_of(chart) == Names{"b8", "b7", "b6", "b5", "b4", "b3", "Other"});
  CHECK(*chart.series.back().points.front().y == 10 + 20 + 30);
  REQUIRE(chart.notes.size() == 1);
  CHECK(chart.notes.front() ==
        "the 6 largest of 9 by their total; Other is the sum of the rest");
}

TEST_CASE("an Other of the server takes in the rest") {
  Table table = test::breakdowns(9);
  for (table::Row& row : table.rows) {
    if (row[2] == json::Value("b8")) row[2] = "Other";
  }
  const Chart chart = chosen(table);
  CHECK(names_of(chart) == Names{"b7", "b6", "b5", "b4", "b3", "b2", "Other"});
  CHECK(*chart.series.back().points.front().y == 90 + 10 + 20);
}

TEST_CASE("unique users and averages are not added up to an Other") {
  Table table = test::breakdowns(9);
  table.additive = false;
  const Chart chart = chosen(table);
  CHECK(chart.series.size() == 6);
  CHECK(chart.notes.front() ==
        "the 6 largest of 9 by their total; the rest is left out");
}

TEST_CASE("a previous period stands at the times of the current one") {
  Table table;
  table.shape = Shape::time_series;
  table.columns = {{"date", Type::date},
                   {"series", Type::string},
                   {"period", Type::string},
                   {"value", Type::integer},
                   {"partial", Type::boolean}};
  table.rows = {{"2026-11-08", "a", "current", 5, false},
                {"2026-11-09", "a", "current", 6, true},
                {"2026-11-01", "a", "previous", 3, false},
                {"2026-11-02", "a", "previous", 4, false}};
  const Chart chart = chosen(table);
  REQUIRE(chart.series.size() == 2);
  CHECK(chart.series[1].previous);
  CHECK(chart.series[1].name == "a (previous)");
  CHECK(xs_of(chart.series[1]) == Names{"2026-11-08", "2026-11-09"});
  CHECK(chart.series[1].points[0].label == "2026-11-01");
}

TEST_CASE("days that are spelled with midnight lose it, hours do not") {
  Table table = test::days({1, 2, 3});
  for (table::Row& row : table.rows)
    row[0] = row[0].text_or("") + "T00:00:00";
  CHECK(chosen(table).series.front().points.front().x == "2026-11-01");
  table.rows.back()[0] = "2026-11-03T01:00:00";
  CHECK(chosen(table).series.front().points.front().x == "2026-11-01T00:00:00");
}

TEST_CASE("a missing value is missing and not zero") {
  Table table = test::days({1, 2, 3});
  table.rows[1][2] = json::Value();
  CHECK_FALSE(chosen(table).series.front().points[1].y);
}

TEST_CASE("one total is a number, several are a ranking") {
  CHECK(chosen(test::totals({{"a", 5}})).mark == Mark::number);
  const Chart chart = chosen(test::totals({{"b", 5}, {"a", 5}, {"c", 9}}));
  CHECK(chart.mark == Mark::ranking);
  CHECK(xs_of(chart.series.front()) == Names{"c", "a", "b"});
}

TEST_CASE("a total may come with that of the previous period") {
  Table table;
  table.shape = Shape::totals;
  table.columns = {{"series"}, {"period"}, {"value", Type::integer}};
  table.rows = {{"a", "current", 7}, {"a", "previous", 5}};
  const Chart chart = chosen(table);
  CHECK(chart.mark == Mark::number);
  REQUIRE(chart.series.size() == 2);
  CHECK(chart.series[0].points.front().text == "7");
  CHECK(chart.series[1].points.front().text == "5");
}

TEST_CASE("a ranking shows ten and says of how many") {
  std::vector<std::pair<std::string, int>> values;
  for (int i = 0; i < 14; ++i)
    values.emplace_back("n" + std::to_string(i), i);
  const Chart chart = chosen(test::totals(values));
  CHECK(chart.series.front().points.size() == 10);
  CHECK(chart.notes == Names{"the 10 largest of 14 are drawn"});
}

TEST_CASE("a funnel keeps its order and its shares") {
  const Chart chart = chosen(test::funnel());
  CHECK(chart.mark == Mark::funnel);
  const auto& points = chart.series.front().points;
  REQUIRE(points.size() == 3);
  CHECK(points[0].x == "1. signed_up");
  CHECK(points[0].text == "1,000");
  CHECK(points[0].label.empty());
  CHECK(points[1].label == "46.0 % of first");
  CHECK(points[2].label == "11.5 % of first, 25.0 % of previous");
}

TEST_CASE("shares of a funnel are computed where the table has none") {
  Table table = test::funnel();
  table.columns.resize(3);
  for (table::Row& row : table.rows)
    row.resize(3);
  CHECK(chosen(table).series.front().points[2].label ==
        "11.5 % of first, 25.0 % of previous");
}

TEST_CASE("a funnel with many groups shows five and says so") {
  Table table = test::funnel();
  table.columns.push_back({"breakdown"});
  for (table::Row& row : table.rows)
    row.emplace_back("g0");
  const auto first = table.rows;
  for (int i = 1; i < 7; ++i) {
    for (table::Row row : first) {
      row.back() = "g" + std::to_string(i);
      table.rows.push_back(row);
    }
  }
  const Chart chart = chosen(table);
  CHECK(chart.series.size() == 5);
  CHECK(chart.notes == Names{"the first 5 of 7 groups are drawn"});
}

TEST_CASE("rows with a text and a number are a ranking of them") {
  Table table;
  table.columns = {
      {"id", Type::integer}, {"name", Type::string}, {"count", Type::integer}};
  table.rows = {{7, "a", 1}, {8, "b", 2}};
  const Chart chart = chosen(table);
  CHECK(chart.mark == Mark::ranking);
  CHECK(chart.y.title == "count");
  CHECK(xs_of(chart.series.front()) == Names{"b", "a"});
}

TEST_CASE("rows whose texts repeat are no ranking") {
  Table table;
  table.columns = {{"name", Type::string}, {"count", Type::integer}};
  table.rows = {{"a", 1}, {"a", 2}};
  CHECK_FALSE(choose(table, {}));
}

TEST_CASE("a list is ranked by the columns that it names, or not at all") {
  Table table;
  table.columns = {{"name", Type::string},
                   {"rollout", Type::integer},
                   {"seen", Type::integer}};
  table.rows = {{"a", 9, 1}, {"b", 8, 2}};
  table.headline = {"name", "seen"};
  CHECK_FALSE(choose(table, {}));
  table.ranking = {{.label = "name", .value = "seen"}};
  CHECK(xs_of(chosen(table).series.front()) == Names{"b", "a"});
  table.rows.push_back({"a", 1, 7});
  CHECK_FALSE(choose(table, {}));
}

TEST_CASE("rows that begin with a date are a line in the order of time") {
  Table table;
  table.columns = {{"day", Type::date}, {"n", Type::integer}};
  table.rows = {{"2026-11-02", 2}, {"2026-11-01", 1}};
  const Chart chart = chosen(table);
  CHECK(chart.mark == Mark::line);
  CHECK(chart.x.scale == Scale::time);
  CHECK(xs_of(chart.series.front()) == Names{"2026-11-01", "2026-11-02"});
}

TEST_CASE("one number of a query is a number") {
  Table table;
  table.columns = {{"count()", Type::integer}};
  table.rows = {{12}};
  CHECK(chosen(table).mark == Mark::number);
}

TEST_CASE("what a table says better has no chart") {
  Table ids;
  ids.columns = {{"name", Type::string}, {"team_id", Type::integer}};
  ids.rows = {{"a", 1}, {"b", 2}};
  Table record = test::totals({{"a", 1}});
  record.shape = Shape::record;
  Table prose = record;
  prose.shape = Shape::prose;
  Table nulls = test::days({1, 2});
  for (table::Row& row : nulls.rows)
    row[2] = json::Value();
  CHECK_FALSE(choose(ids, {}));
  CHECK_FALSE(choose(record, {}));
  CHECK_FALSE(choose(prose, {}));
  CHECK_FALSE(choose(nulls, {}));
  CHECK_FALSE(choose(test::days({}), {}));
}

TEST_CASE("every mark has a name") {
  CHECK(mark_name(Mark::number) == "number");
  CHECK(mark_name(Mark::line) == "line");
  CHECK(mark_name(Mark::bars) == "bars");
  CHECK(mark_name(Mark::ranking) == "ranking");
  CHECK(mark_name(Mark::funnel) == "funnel");
}
