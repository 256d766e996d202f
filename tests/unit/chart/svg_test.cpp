// SPDX-License-Identifier: MIT
#include "chart/svg.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "chart/palette.hpp"
#include "chart/svg_canvas.hpp"
#include "doctest/doctest.h"
#include "tests/unit/chart/sample.hpp"

using namespace claribi;
using namespace claribi::chart;

namespace {

std::string picture(const table::Table& table, const Labels& labels = {}) {
  auto chart = choose(table, labels);
  REQUIRE(chart);
  return to_svg(*chart);
}

size_t count(std::string_view text, std::string_view part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

// 0 to 1, as the contrast of two colours counts it.
double light(std::string_view colour) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (size_t i = 0; i < 3; ++i) {
    const double value =
        std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16) /
        255.0;
    const double linear = value <= 0.04045
                              ? value / 12.92
                              : std::pow((value + 0.055) / 1.055, 2.4);
    sum += weights[i] * linear;
  }
  return sum;
}

double contrast(std::string_view a, std::string_view b) {
  const double high = std::max(light(a), light(b));
  const double low = std::min(light(a), light(b));
  return (high + 0.05) / (low + 0.05);
}

}  // namespace

TEST_CASE("a picture says what it is to those who cannot see it") {
  const std::string svg = picture(test::days({1, 2, 3}), {"Signups", "in UTC"});
  CHECK(svg.contains("role=\"img\""));
  CHECK(svg.contains("viewBox=\"0 0 720 "));
  CHECK(svg.contains("<title>Signups</title>\n<desc>Bar chart of Signups"));
  CHECK(svg.contains(">in UTC</text>"));
  CHECK_FALSE(svg.contains("<script"));
  CHECK_FALSE(svg.contains("href"));
}

TEST_CASE("the same chart gives the same bytes, and short numbers") {
  CHECK(picture(test::retention(9)) == picture(test::retention(9)));
  CHECK(coordinate(12) == "12");
  CHECK(coordinate(12.5) == "12.5");
  CHECK(coordinate(-0.001) == "0");
  CHECK(coordinate(1.0 / 3) == "0.33");
  CHECK(coordinate(1200) == "1200");
}

TEST_CASE("text of the data never becomes an element or an attribute") {
  const std::string svg = picture(
      test::totals({{"<script>alert(1)</script>", 3}, {"\" onload='x", 2}}),
      {"</title><a>&", "\x1b[31m \xe2\x80\xae"});
  CHECK_FALSE(svg.contains("<script"));
  CHECK_FALSE(svg.contains("<a>"));
  CHECK(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK(svg.contains("&quot; onload=&#39;x"));
  CHECK(svg.contains("<title>&lt;/title&gt;&lt;a&gt;&amp;</title>"));
  CHECK(svg.contains("\\x1b[31m"));
  CHECK(svg.contains("\\u{202e}"));
  for (char c : svg)
    CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
}

TEST_CASE("bars have a number each, and the unfinished one is pale") {
  const std::string svg = picture(test::days({10, 20, 5}, true));
  CHECK(count(svg, "class=\"bar\"") == 3);
  CHECK(count(svg, "class=\"value\"") == 3);
  CHECK(count(svg, "fill-opacity=\"0.2\"") == 1);
  CHECK(count(svg, "stroke-dasharray=\"4 3\"") == 1);
  CHECK(svg.contains(">pale: the last bucket is not over yet</text>"));
  CHECK(svg.contains("<title>2026-11-03: 5, not over yet</title>"));
}

TEST_CASE("a line ends in a hollow point on a dashed piece") {
  const std::string svg = picture(test::days(std::vector<int>(20, 4), true));
  CHECK(count(svg, "class=\"point\"") == 20);
  CHECK(count(svg, "class=\"line\"") == 1);
  CHECK(count(svg, "class=\"open\"") == 1);
  CHECK(count(svg, "fill=\"#FFFFFF\" stroke=\"#0072B2\"") == 1);
}

TEST_CASE("a gap in a line stays a gap") {
  table::Table table = test::days(std::vector<int>(20, 4));
  table.rows[10][2] = nullptr;
  const std::string svg = picture(table);
  CHECK(count(svg, "class=\"point\"") == 19);
  const size_t at = svg.find("<path d=\"");
  CHECK(count(svg.substr(at, svg.find('"', at + 9) - at), "M") == 2);
}

TEST_CASE("lines are named at their ends and differ by their dashes") {
  const std::string svg = picture(test::people_by(3));
  CHECK(count(svg, "class=\"line\"") == 3);
  for (const char* name : {">b0</text>", ">b1</text>", ">b2</text>"})
    CHECK(svg.contains(name));
  CHECK(svg.contains("stroke-dasharray=\"8 3\""));
  CHECK(svg.contains("stroke-dasharray=\"2 2\""));
}

TEST_CASE("a stack has one part per value, below zero too") {
  const std::string svg = picture(test::lifecycle());
  // One resurrecting value is zero, and still a part: nothing is dropped.
  CHECK(count(svg, "class=\"bar\"") == 12);
  CHECK(count(svg, "fill-opacity=\"0.2\"") == 4);
  CHECK(svg.contains(">dormant</text>"));
  CHECK(svg.contains(">-20</text>"));
}

TEST_CASE("cells of a heat map are neutral, coloured, dashed or not there") {
  const std::string svg = picture(test::retention(3));
  // 3 sizes, and 2 + 1 intervals that have begun.
  CHECK(count(svg, "class=\"cell\"") == 6);
  CHECK(count(svg, "fill=\"#F0F0F0\"") == 2);
  CHECK(count(svg, "stroke-dasharray=\"2 2\"") == 3);
  CHECK(svg.contains("<title>2026-11-16, day 1: 60 % (60 of 100)</title>"));
}

TEST_CASE("a wide heat map widens the picture") {
  const std::string svg = picture(test::retention(40, 30));
  CHECK_FALSE(svg.contains("viewBox=\"0 0 720 "));
}

TEST_CASE("words can be read on every colour of a heat map") {
  for (int i = 0; i <= 100; ++i) {
    const double share = i / 100.0;
    CAPTURE(share);
    const std::string_view words = share > heat_flip ? "#FFFFFF" : heat_ink;
    CHECK(contrast(words, heat_colour(share)) >= 4.5);
  }
  CHECK(heat_colour(0) == heat_low);
  CHECK(heat_colour(1) == heat_high);
  CHECK(heat_colour(7) == heat_high);
}

TEST_CASE("a funnel shows its shares, groups have a legend") {
  const std::string svg = picture(test::funnel());
  CHECK(svg.contains(">460 (46.0 % of first)</text>"));
  CHECK(count(svg, "class=\"bar\"") == 3);
}

TEST_CASE("names that are too long lose their middle") {
  const std::string name =
      "a very long name of an event that nobody would want to read to its end";
  const std::string svg = picture(test::totals({{name, 3}, {"b", 1}}));
  CHECK_FALSE(svg.contains(name + "</text>"));
  CHECK(svg.contains("its end</text>"));
}

TEST_CASE("nothing to draw is no picture") {
  CHECK(to_svg(Chart{}).empty());
  CHECK(to_svg(Chart{.series = {Series{}}}).empty());
}
