// SPDX-License-Identifier: MIT
#include "chart/text.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "base/text.hpp"
#include "doctest/doctest.h"
#include "tests/unit/chart/sample.hpp"

using namespace claribi;
using namespace claribi::chart;

namespace {

std::string draw(const table::Table& table, const TextOptions& options,
                 const Labels& labels = {}) {
  auto chart = choose(table, labels);
  REQUIRE(chart);
  return to_text(*chart, options);
}

size_t widest_line(const std::string& text) {
  size_t widest = 0;
  for (const std::string& line : split(text, '\n'))
    widest = std::max(widest, display_width(line));
  return widest;
}

std::string random_name(std::mt19937& random) {
  static const std::vector<std::string> parts{
      "a",      "\u6f22\u5b57", "e\u0301",  "\x1b[31m", "\n",
      "\u202e", "long_name_",   "\xff\xfe", " ",        "\U0001f600"};
  std::string name;
  const size_t count = 1 + random() % 12;
  for (size_t i = 0; i < count; ++i)
    name += parts[random() % parts.size()];
  return name + std::to_string(random() % 100000);
}

// Any mark, any number of series and points, hostile names, gaps.
Chart random_chart(std::mt19937& random) {
  static const std::vector<Mark> marks{Mark::number, Mark::line, Mark::bars,
                                       Mark::ranking, Mark::funnel};
  Chart chart{.mark = marks[random() % marks.size()]};
  chart.title = random_name(random);
  chart.subtitle = random_name(random) + " " + random_name(random);
  chart.notes = {random_name(random)};
  const bool time = random() % 2 == 0;
  chart.x.scale = time ? Scale::time : Scale::category;
  const size_t points = 1 + random() % (random() % 8 == 0 ? 400 : 40);
  for (size_t s = 0; s <= random() % 8; ++s) {
    Series series{.name = random_name(random), .previous = random() % 9 == 0};
    LocalTime day = LocalDays{std::chrono::year{2026} / 1 / 1};
    for (size_t i = 0; i < points; ++i) {
      const double value = static_cast<double>(random() % 100000) /
                               static_cast<double>(1 + random() % 50) -
                           (random() % 5 == 0 ? 500 : 0);
      Point point{.x = time ? format_date(day) : random_name(random),
                  .y = value,
                  .text = std::to_string(value)};
      if (random() % 7 == 0) point.y.reset();
      point.label = "12.0 % of first, 34.0 % of previous";
      point.partial = i + 1 == points;
      series.points.push_back(point);
      day += std::chrono::days{1};
    }
    chart.series.push_back(series);
  }
  return chart;
}

bool is_printable_ascii(char c) {
  return c == '\n' || (c >= ' ' && c <= '~');
}

}  // namespace

TEST_CASE("a line has a scale, an axis and a hollow last point") {
  const std::string drawn =
      draw(test::days({10, 20, 30, 40, 50, 60, 70, 80, 70, 60, 50, 40, 30, 10},
                      true),
           {.width = 40, .height = 9}, {"signed_up per day", "November"});
  CHECK(drawn == R"(signed_up per day
November

80 ┤                  ╭──╮
   │               ╭──╯  ╰──╮
60 ┤            ╭──╯        ╰─╮
   │          ╭─╯             ╰──╮
40 ┤       ╭──╯                  ╰──╮
   │    ╭──╯                        ╰┊
20 ┤  ╭─╯                            ┊┈┊
   │──╯                                ◌
 0 ┤
   └┬───────────────┬──────────────────┬
    2026-11-01    Nov 7       2026-11-14
◌ the last bucket is not over yet
)");
}

TEST_CASE("bars carry their values, the unfinished one another pattern") {
  CHECK(draw(test::days({10, 20, 5}, true), {.width = 40}) ==
        "2026-11-01  █████████"
        "███▌ 10\n"
        "2026-11-02  █████████"
        "███████████"
        "█████ 20\n"
        "2026-11-03  ░░░░░░ 5\n"
        "░ the last bucket is not over yet\n");
}

TEST_CASE("bars in ASCII mark the unfinished one too") {
  CHECK(draw(test::days({10, 20, 5}, true), {.width = 40, .unicode = false}) ==
        "2026-11-01  ############# 10\n"
        "2026-11-02  ######################### 20\n"
        "2026-11-03  ------ 5\n"
        "- the last bucket is not over yet\n");
}

TEST_CASE("a funnel names the shares behind the bars") {
  CHECK(draw(test::funnel(), {.width = 80, .unicode = false}) ==
        "1. signed_up      #################### 1,000\n"
        "2. uploaded_file  ######### 460 (46.0 % of first)\n"
        "3. upgraded_plan  ## 115 (11.5 % of first, 25.0 % of previous)\n");
}

TEST_CASE("a narrow funnel puts the shares below and loses none") {
  CHECK(draw(test::funnel(), {.width = 40, .unicode = false}) ==
        "1. signed_up      ################ 1,000\n"
        "2. uploaded_file  ####### 460\n"
        "                  46.0 % of first\n"
        "3. upgraded_plan  ## 115\n"
        "                  11.5 % of first, 25.0\n"
        "                  % of previous\n");
}

TEST_CASE("a long name loses its middle and leaves room for its bar") {
  CHECK(draw(test::totals(
                 {{"/blog/" + std::string(60, 'x') + "/end", 20}, {"/", 10}}),
             {.width = 40, .unicode = false}) ==
        "/blog/xx~xxx/end  ################### 20\n"
        "/                 ########## 10\n");
}

TEST_CASE("a zero has no bar and the smallest value has one") {
  const std::string drawn =
      draw(test::totals({{"big", 100000}, {"small", 1}, {"none", 0}}),
           {.width = 40});
  CHECK(drawn.contains("small  ▏ 1\n"));
  CHECK(drawn.contains("none   0\n"));
}

TEST_CASE("a number is set large, in ASCII plain") {
  CHECK(draw(test::totals({{"a", 12}}), {.width = 40}) ==
        "  ╺┓  ╺━┓\n"
        "   ┃  ┏━┛\n"
        "  ╺┻╸ ┗━╸\n");
  CHECK(draw(test::totals({{"a", 1234}}), {.width = 40, .unicode = false}) ==
        "  1,234\n");
}

TEST_CASE("series differ by their characters and are named") {
  const std::string wide = draw(test::people_by(3), {.width = 80});
  CHECK(wide.contains("─ b0\n"));
  CHECK(wide.contains("━ b1\n"));
  CHECK(wide.contains("═ b2\n"));
  const std::string narrow = draw(test::people_by(3), {.width = 30});
  CHECK(narrow.contains("─ b0   ━ b1   ═ b2\n"));
  const std::string ascii =
      draw(test::people_by(3), {.width = 80, .unicode = false});
  CHECK(ascii.contains("* b0\n"));
  CHECK(ascii.contains("+ b1\n"));
}

TEST_CASE("what was merged and left out is said") {
  const std::string drawn =
      draw(test::days(std::vector<int>(200, 7)), {.width = 60});
  CHECK(drawn.contains("each point is the average of 4 buckets\n"));
  CHECK(draw(test::people_by(9), {.width = 80})
            .contains("the 6 largest of 9 by their total"));
}

TEST_CASE("a gap stays a gap") {
  table::Table table = test::days(std::vector<int>(20, 50));
  for (size_t row : {8U, 9U, 10U, 11U})
    table.rows[row][2] = json::Value();
  const std::string drawn =
      draw(table, {.width = 43, .height = 3, .unicode = false});
  CHECK(split(drawn, '\n').front() ==
        "50 +***************         ***************");
}

TEST_CASE("without colour there is no escape sequence, with it nothing else") {
  const auto table = test::people_by(4);
  const std::string plain = draw(table, {.width = 80}, {"t", "s"});
  std::string coloured = draw(table, {.width = 80, .colour = true}, {"t", "s"});
  CHECK_FALSE(plain.contains('\x1b'));
  CHECK(coloured.contains("\x1b[36m"));
  while (coloured.contains("\x1b[")) {
    const size_t start = coloured.find("\x1b[");
    coloured.erase(start, coloured.find('m', start) - start + 1);
  }
  CHECK(coloured == plain);
}

TEST_CASE("no line is wider than asked and nothing acts on the terminal") {
  std::mt19937 random(7);
  for (int i = 0; i < 600; ++i) {
    const Chart chart = random_chart(random);
    const size_t width = 20 + random() % 141;
    const std::string drawn = to_text(chart, {.width = width});
    CAPTURE(width);
    CAPTURE(drawn);
    REQUIRE(widest_line(drawn) <= width);
    REQUIRE(escape_terminal(drawn) == drawn);
    REQUIRE(drawn.ends_with('\n'));
  }
}

TEST_CASE("ASCII drawings hold nothing but ASCII") {
  std::mt19937 random(11);
  for (int i = 0; i < 300; ++i) {
    const Chart chart = random_chart(random);
    const std::string drawn =
        to_text(chart, {.width = 20 + random() % 141, .unicode = false});
    CAPTURE(drawn);
    REQUIRE(std::ranges::all_of(drawn, is_printable_ascii));
  }
}

TEST_CASE("the same chart is drawn the same") {
  const auto table = test::people_by(9);
  CHECK(draw(table, {.width = 77}) == draw(table, {.width = 77}));
}

TEST_CASE("a chart without points is drawn as nothing") {
  CHECK(to_text(Chart{}, {}).empty());
}
