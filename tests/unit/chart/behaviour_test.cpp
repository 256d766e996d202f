// SPDX-License-Identifier: MIT
// The charts of people over time: which mark, and how it reads as text and as
// a specification.
#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "chart/text.hpp"
#include "chart/vega_lite.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/chart/sample.hpp"

using namespace claribi;
using namespace claribi::chart;
using json::Value;

namespace {

Chart chosen(const table::Table& table) {
  auto chart = choose(table, {});
  REQUIRE(chart);
  return *chart;
}

std::string draw(const table::Table& table, const TextOptions& options = {}) {
  return to_text(chosen(table), options);
}

Value spec_of(const table::Table& table) {
  return to_vega_lite(chosen(table));
}

}  // namespace

TEST_CASE("retention is a heat map, and one or two cohorts are curves") {
  const Chart map = chosen(test::retention(3));
  CHECK(map.mark == Mark::heat_map);
  REQUIRE(map.series.size() == 3);
  CHECK(map.series[0].name == "2026-11-16");
  const Point& size = map.series[0].points[0];
  CHECK(size.base);
  CHECK(size.text == "100");
  const Point& day_1 = map.series[0].points[1];
  CHECK(day_1.x == "day 1");
  CHECK(day_1.y == 60);
  CHECK(day_1.text == "60 %");
  CHECK(day_1.label == "60 of 100");
  CHECK(!day_1.partial);
  CHECK(map.series[1].points[1].partial);
  CHECK(!map.series[2].points[1].y);
  CHECK(chosen(test::retention(2)).mark == Mark::heat_map);  // One point.
  table::Table two = test::retention(8);
  two.rows.resize(8);
  const Chart curves = chosen(two);
  CHECK(curves.mark == Mark::line);
  REQUIRE(curves.series.size() == 2);
  CHECK(curves.series[0].points.size() == 3);  // Without the size.
  CHECK(curves.series[0].points[0].x == "day 1");
}

TEST_CASE("of many cohorts the newest are drawn") {
  const Chart chart = chosen(test::retention(40));
  CHECK(chart.series.size() == 31);
  CHECK(chart.series.back().name == "2026-11-18");
  CHECK(chart.notes.at(0) == "the 31 newest of 40 are drawn");
}

TEST_CASE(
    "a heat map as text has sizes as bars and points for what is to come") {
  CHECK(draw(test::retention(3), {.width = 60}) ==
        "day                              people      1      2      3\n"
        "2026-11-16  █████████████████       100   60 %  50 %*      ·\n"
        "2026-11-17  ██████████████████      110  60 %*      ·      ·\n"
        "2026-11-18  ████████████████████   120*      ·      ·      ·\n"
        "* not over yet: it can only grow\n");
}

TEST_CASE("a heat map leaves out the columns that do not fit, and says so") {
  const std::string text = draw(test::retention(3), {.width = 30});
  CHECK(text.contains("from day 2 on there is no room"));
  const std::string ascii =
      draw(test::retention(3), {.width = 60, .unicode = false});
  CHECK(ascii.contains("#### "));
  CHECK(ascii.contains(" .\n"));
}

TEST_CASE("no chart of people over time is wider than the terminal") {
  for (const table::Table& table :
       {test::retention(20, 11), test::retention(2, 9), test::lifecycle(),
        test::stickiness({50, 40, 30, 20, 10, 5, 1}), test::paths(14),
        test::times({3, 20, 45, 30, 10, 5, 2, 1, 0, 1}, 900)}) {
    for (size_t width : {20U, 60U, 80U, 120U}) {
      for (bool unicode : {true, false}) {
        const std::string text =
            draw(table, {.width = width, .unicode = unicode});
        for (const std::string& line : split(text, '\n')) {
          CAPTURE(line);
          CHECK(display_width(line) <= width);
          const bool ascii =
              std::ranges::all_of(line, [](char c) { return c >= 0; });
          if (!unicode) CHECK(ascii);
        }
      }
    }
  }
}

TEST_CASE("a heat map's first column has no colour, and the flip is at half") {
  const Value spec = spec_of(test::retention(3));
  const Value& rows = spec["data"]["values"];
  CHECK(rows.size() == 12);
  CHECK(rows.at(0)["o"] == Value(true));
  CHECK(rows.at(1)["o"] == Value(false));
  CHECK(spec["width"]["step"].number().value() >= 44);
  const Value& shaded = spec["layer"].at(1)["encoding"]["color"]["scale"];
  CHECK(json::compact(shaded["domain"]) == "[0,30,60]");
  const Value& words = spec["layer"].at(3)["encoding"]["color"]["condition"];
  CHECK(words["test"]["and"].at(0)["gt"] == Value(30.0));
  CHECK(spec["title"]["subtitle"].at(0) ==
        Value("dashed: not over yet, the share can only grow"));
}

TEST_CASE("a lifecycle is stacked, with the dormant below zero") {
  const Chart chart = chosen(test::lifecycle());
  CHECK(chart.mark == Mark::stacked);
  CHECK(chart.series.size() == 4);
  CHECK(chart.series[3].points[0].y == -20);
  CHECK(draw(test::lifecycle(), {.width = 60}) ==
        "2026-11-16           ░░░░░░░░░│████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒ 60\n"
        "2026-11-17       ░░░░░░░░░░░░░│█████████▓▓▓▓▓▓▓▓▓▓▓▓▓ 50\n"
        "2026-11-18*  ░░░░░░░░░░░░░░░░░│██▓▓▓▓▓▒▒ 20\n"
        "█ new   ▓ returning   ▒ resurrecting   ░ dormant\n"
        "* the last bucket is not over yet\n");
}

TEST_CASE("the parts of a stack keep the order of their series") {
  const Value spec = spec_of(test::lifecycle());
  const Value& rows = spec["data"]["values"];
  CHECK(rows.at(0)["i"] == Value(0));
  CHECK(rows.at(11)["i"] == Value(3));
  CHECK(rows.at(11)["p"] == Value(true));
  CHECK(spec["layer"].at(0)["encoding"]["order"]["field"] == Value("i"));
}

TEST_CASE("counts by the values of a property are parts of a whole") {
  CHECK(chosen(test::breakdowns(3)).mark == Mark::stacked);
  table::Table cut = test::breakdowns(3);
  cut.truncated = true;
  CHECK(chosen(cut).mark == Mark::line);
  CHECK(chosen(test::people_by(3)).mark == Mark::line);
  const Chart many = chosen(test::breakdowns(9));
  CHECK(many.mark == Mark::stacked);
  CHECK(many.series.back().name == "Other");
}

TEST_CASE("times to convert and stickiness are bars in their own order") {
  const Chart times = chosen(test::times({3, 9, 1}, 60));
  CHECK(times.mark == Mark::bars);
  CHECK(times.series[0].points[0].x == "0–1 min");
  CHECK(times.series[0].points[1].x == "1–2 min");
  CHECK(times.series[0].points[2].x == "2 min+");
  const Chart often = chosen(test::stickiness({5, 9, 1}));
  CHECK(often.mark == Mark::bars);
  CHECK(often.series[0].points[0].x == "1 day");
  CHECK(often.series[0].points[1].x == "2 days");
  table::Table both = test::stickiness({5, 9, 1}, "a");
  for (const table::Row& row : test::stickiness({1, 2, 3}, "b").rows)
    both.rows.push_back(row);
  CHECK(chosen(both).mark == Mark::line);
}

TEST_CASE("paths are a ranking of ways with their steps") {
  const Chart chart = chosen(test::paths(14));
  CHECK(chart.mark == Mark::ranking);
  CHECK(chart.series[0].points.size() == 10);
  CHECK(chart.series[0].points[0].x == "1. /page-0 → /page-1");
  CHECK(chosen(test::paths(3)).series[0].points[0].x == "/page-0 → /page-1");
}

TEST_CASE("a number says how far it is from the one before") {
  table::Table table = test::totals({{"a", 150}, {"a", 120}});
  table.columns.insert(table.columns.begin() + 1, {"period"});
  table.rows[0].insert(table.rows[0].begin() + 1, "current");
  table.rows[1].insert(table.rows[1].begin() + 1, "previous");
  CHECK(previous_words(chosen(table)) == "previous period: 120 (+25.0 %)");
  table.rows[1][2] = 20;
  CHECK(previous_words(chosen(table)) == "previous period: 20 (+130)");
}

TEST_CASE("the words for a heat map name its extremes once") {
  CHECK(chosen(test::retention(3)).description ==
        "Heat map, 3 rows. Lowest 60 % (2026-11-16, day 1), highest 60 % "
        "(2026-11-16, day 1). Some of the newest cells are not over yet.");
}
