// SPDX-License-Identifier: MIT
#include "chart/svg.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/describe.hpp"
#include "chart/letters.hpp"
#include "chart/palette.hpp"
#include "chart/svg_parts.hpp"

namespace claribi::chart {
namespace {

constexpr std::string_view font =
    "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

Extent draw(Canvas& canvas, const Chart& chart, double top) {
  switch (chart.mark) {
    case Mark::number:
      return svg_number(canvas, chart, top);
    case Mark::line:
      return svg_lines(canvas, chart, top);
    case Mark::bars:
      return svg_bars(canvas, chart, top);
    case Mark::stacked:
      return svg_stacked(canvas, chart, top);
    case Mark::ranking:
    case Mark::funnel:
      return svg_ranking(canvas, chart, top);
    case Mark::heat_map:
      return svg_heat_map(canvas, chart, top);
  }
  std::unreachable();
}

std::string_view partial_words(Mark mark) {
  switch (mark) {
    case Mark::line:
      return "hollow: the last bucket is not over yet";
    case Mark::heat_map:
      return "dashed: not over yet, the share can only grow";
    case Mark::number:
      return "the bucket is not over yet";
    case Mark::bars:
    case Mark::stacked:
    case Mark::ranking:
    case Mark::funnel:
      return "pale: the last bucket is not over yet";
  }
  std::unreachable();
}

// In lines that fit; the bottom of the last one.
double paragraph(Canvas& canvas, std::string_view words, double top,
                 const Words& style) {
  if (words.empty()) return top;
  const double column = text_width("x", style.size);
  const auto columns =
      static_cast<size_t>((svg_width - 2 * svg_margin) / column);
  for (const std::string& line :
       split(wrap(escape_terminal_line(words), columns), '\n')) {
    top += style.size * 1.35;
    canvas.text(svg_margin, top, line, style);
  }
  return top;
}

double heading(Canvas& canvas, const Chart& chart) {
  double top = svg_margin / 2;
  top = paragraph(canvas, chart.title, top, {.size = 15, .bold = true});
  const Words small{.size = 12, .colour = pale_ink};
  top = paragraph(canvas, chart.subtitle, top, small);
  for (const std::string& note : chart.notes)
    top = paragraph(canvas, note, top, small);
  if (has_partial(chart)) {
    top = paragraph(canvas, partial_words(chart.mark), top, small);
  }
  return top + 14;
}

}  // namespace

std::string to_svg(const Chart& chart) {
  if (chart.series.empty() || chart.series.front().points.empty()) return "";
  Canvas canvas;
  const Extent extent = draw(canvas, chart, heading(canvas, chart));
  const std::string width = coordinate(std::max(extent.right, svg_width));
  const std::string height = coordinate(extent.bottom + svg_margin);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" "
      "width=\"{0}\" height=\"{1}\" role=\"img\" font-family=\"{2}\">\n"
      "<title>{3}</title>\n<desc>{4}</desc>\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#FFFFFF\"/>\n{5}</svg>\n",
      width, height, font,
      svg_escape(chart.title.empty() ? "Chart" : chart.title),
      svg_escape(chart.description), canvas.take());
}

Extent svg_number(Canvas& canvas, const Chart& chart, double top) {
  const Point& point = chart.series.front().points.front();
  canvas.text(
      svg_margin, top + 46, point.text,
      {.size = 56, .colour = hue, .bold = !point.partial, .kind = "value"});
  const std::string before = previous_words(chart);
  if (before.empty()) return {.bottom = top + 60};
  canvas.text(svg_margin, top + 80, before,
              {.size = 14, .colour = pale_ink, .kind = "value"});
  return {.bottom = top + 86};
}

}  // namespace claribi::chart
