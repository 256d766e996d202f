// SPDX-License-Identifier: MIT
// A specification is a program that somebody's viewer runs. Its structure
// comes from here alone: text of the data stands where values or titles stand,
// never as a field name, a predicate's field or an expression. The fields are
//   t  where the point stands: a time or a category
//   v  its value, null where there is none
//   s  the name of its series
//   l  the words shown at it
//   p  whether its bucket is not over yet
//   i  the place of its series, in a stack
//   o  whether the others are shares of it, in a heat map
//   b  whether it belongs to the dashed stretch towards such a bucket
#include "chart/vega_lite.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "chart/describe.hpp"
#include "chart/palette.hpp"
#include "chart/vega_parts.hpp"

namespace claribi::chart {
namespace {

using json::Array;
using json::Object;
using json::Value;

Value rows_of(const Chart& chart);
Value title_of(const Chart& chart);
Value config();

Value layers_of(const Chart& chart) {
  switch (chart.mark) {
    case Mark::number:
      return vega_number(chart);
    case Mark::line:
      return vega_lines(chart);
    case Mark::bars:
      return vega_bars(chart);
    case Mark::stacked:
      return vega_stacked();
    case Mark::ranking:
    case Mark::funnel:
      return vega_ranking(chart);
    case Mark::heat_map:
      return vega_heat_map(chart);
  }
  std::unreachable();
}

// Control characters would make the pictures that viewers draw invalid, and
// bidirectional ones let a label pretend to be another: both become visible.
Chart visible(Chart chart) {
  const auto clean = [](std::string& text) {
    text = escape_terminal_line(text);
  };
  for (std::string* text : {&chart.title, &chart.subtitle, &chart.description,
                            &chart.x.title, &chart.y.title}) {
    clean(*text);
  }
  std::ranges::for_each(chart.notes, clean);
  for (Series& series : chart.series) {
    clean(series.name);
    for (Point& point : series.points) {
      for (std::string* text : {&point.x, &point.text, &point.label})
        clean(*text);
    }
  }
  return chart;
}

Value width_of(const Chart& chart) {
  if (chart.mark == Mark::heat_map) return Object{{"step", 52}};
  return chart.mark == Mark::number ? 320 : 640;
}

Value height_of(const Chart& chart) {
  switch (chart.mark) {
    case Mark::number:
      return 110;
    case Mark::heat_map:
      return Object{{"step", 24}};
    case Mark::ranking:
    case Mark::funnel: {
      const bool groups = chart.series.size() > 1;
      Value step = Object{{"step", groups ? 20 : 28}};
      return groups ? step.set("for", "offset") : step;
    }
    case Mark::line:
    case Mark::bars:
    case Mark::stacked:
      return 300;
  }
  std::unreachable();
}

}  // namespace

Value to_vega_lite(const Chart& raw) {
  const Chart chart = visible(raw);
  Value spec = Object{
      {"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
      {"description", chart.description},
      {"title", title_of(chart)},
      {"width", width_of(chart)},
      {"height", height_of(chart)},
      {"data", Object{{"values", rows_of(chart)}}},
  };
  if (chart.mark != Mark::number) spec.set("encoding", vega_encoding(chart));
  spec.set("layer", layers_of(chart));
  spec.set("config", config());
  return spec;
}

namespace {

std::string words_of(const Chart& chart, const Point& point) {
  if (chart.mark != Mark::funnel || point.label.empty()) return point.text;
  return point.text + " (" + point.label + ")";
}

// Unfinished buckets stand at the end of a series; the dashed stretch begins
// at the last point before them.
bool is_bridge(const Series& series, size_t index) {
  const auto& points = series.points;
  return points[index].partial ||
         (index + 1 < points.size() && points[index + 1].partial);
}

Value rows_of(const Chart& chart) {
  Array rows;
  for (size_t place = 0; place < chart.series.size(); ++place) {
    const Series& series = chart.series[place];
    for (size_t i = 0; i < series.points.size(); ++i) {
      const Point& point = series.points[i];
      Value row = Object{
          {"t", vega_x(chart, point.x)},
          {"v", point.y ? Value(*point.y) : Value()},
          {"s", series.name},
          {"l", words_of(chart, point)},
          {"p", point.partial},
          {"b", is_bridge(series, i)},
      };
      if (chart.mark == Mark::stacked) row.set("i", place);
      if (chart.mark == Mark::heat_map) row.set("o", point.base);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// What sets unfinished buckets apart, in words.
std::string_view partial_words(const Chart& chart) {
  switch (chart.mark) {
    case Mark::line:
      return "hollow: the last bucket is not over yet";
    case Mark::heat_map:
      return "dashed: not over yet, the share can only grow";
    case Mark::number:
    case Mark::bars:
    case Mark::stacked:
    case Mark::ranking:
    case Mark::funnel:
      return "pale: the last bucket is not over yet";
  }
  std::unreachable();
}

Value title_of(const Chart& chart) {
  Array subtitle;
  if (!chart.subtitle.empty()) subtitle.emplace_back(chart.subtitle);
  for (const std::string& note : chart.notes)
    subtitle.emplace_back(note);
  if (has_partial(chart)) {
    subtitle.emplace_back(partial_words(chart));
  }
  Value title = Object{{"text", chart.title}};
  if (!subtitle.empty()) title.set("subtitle", std::move(subtitle));
  return title.set("anchor", "start");
}

Value config() {
  const char* font =
      "system-ui, -apple-system, Segoe UI, Helvetica, sans-serif";
  return Object{
      {"font", font},
      {"background", "#FFFFFF"},
      {"view", Object{{"stroke", nullptr}}},
      {"title", Object{{"fontSize", 15},
                       {"subtitleFontSize", 12},
                       {"subtitleColor", "#595959"},
                       {"offset", 14}}},
      {"axis", Object{{"labelColor", ink},
                      {"titleColor", ink},
                      {"labelFontSize", 11},
                      {"gridColor", "#E5E5E5"},
                      {"domainColor", "#999999"},
                      {"tickColor", "#999999"}}},
      {"legend", Object{{"labelLimit", 240}, {"labelColor", ink}}},
  };
}

}  // namespace
}  // namespace claribi::chart
