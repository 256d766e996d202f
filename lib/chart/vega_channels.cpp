// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>
#include <utility>

#include "chart/palette.hpp"
#include "chart/series.hpp"
#include "chart/stamp.hpp"
#include "chart/vega_parts.hpp"

namespace claribi::chart {
namespace {

using json::Array;
using json::Object;
using json::Value;

// The largest value, for the choice of a number format.
double largest(const Chart& chart) {
  double most = 0;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points)
      most = std::max(most, point.y.value_or(0));
  }
  return most;
}

Value value_channel(const Chart& chart) {
  Value axis = Object{{"grid", true}, {"domain", false}, {"tickCount", 5}};
  axis.set("title", chart.y.title.empty() ? Value() : Value(chart.y.title));
  // Below a thousand "s" would write 0.5 as 500m.
  if (largest(chart) >= 1000) axis.set("format", "~s");
  if (all_whole(chart.series)) axis.set("tickMinStep", 1);
  return Object{{"field", "v"},
                {"type", "quantitative"},
                {"scale", Object{{"zero", true}, {"nice", true}}},
                {"axis", std::move(axis)}};
}

// Categories in the order of the chart: without `sort` Vega sorts by alphabet.
Value category_channel(const Chart& chart) {
  Array order;
  for (const std::string& x : all_x(chart))
    order.emplace_back(vega_x(chart, x));
  const bool lying = chart.mark == Mark::ranking || chart.mark == Mark::funnel;
  Value axis = Object{{"title", nullptr},
                      {"grid", false},
                      {"ticks", false},
                      {"labelLimit", 220},
                      {"labelOverlap", !lying}};
  // Else Vega turns them by a right angle.
  if (!lying) axis.set("labelAngle", 0);
  return Object{{"field", "t"},
                {"type", "ordinal"},
                {"sort", std::move(order)},
                {"axis", std::move(axis)}};
}

// As much of a time as the marks of the axis need.
std::string_view time_format(const Chart& chart) {
  const auto xs = all_x(chart);
  const auto stamp = read_stamp(xs.front());
  if (stamp && stamp->has_time) return "%b %-d %H:%M";
  const bool one_year = xs.front().substr(0, 4) == xs.back().substr(0, 4);
  return one_year ? "%b %-d" : "%b %-d, %Y";
}

// A scale of type utc, else a viewer west of Greenwich shows the day before.
Value time_channel(const Chart& chart) {
  Value axis = Object{{"title", nullptr},
                      {"grid", false},
                      {"labelOverlap", true},
                      {"tickCount", 8}};
  axis.set("format", time_format(chart));
  return Object{{"field", "t"},
                {"type", "temporal"},
                {"scale", Object{{"type", "utc"}}},
                {"axis", std::move(axis)}};
}

Array names_of(const Chart& chart) {
  Array names;
  for (const Series& series : chart.series)
    names.emplace_back(series.name);
  return names;
}

Value series_channel(const Chart& chart, Array range) {
  return Object{{"field", "s"},
                {"type", "nominal"},
                {"sort", names_of(chart)},
                {"scale", Object{{"domain", names_of(chart)},
                                 {"range", std::move(range)}}},
                {"legend", Object{{"title", nullptr},
                                  {"orient", "bottom"},
                                  {"columns", 3},
                                  {"symbolType", "stroke"}}}};
}

Value colour_channel(const Chart& chart) {
  Array range;
  for (size_t i = 0; i < chart.series.size(); ++i)
    range.emplace_back(hue_of(chart, i));
  return series_channel(chart, std::move(range));
}

Value text_field(std::string_view field, std::string_view title) {
  return Object{{"field", field}, {"type", "nominal"}, {"title", title}};
}

// The time as text: a tooltip would put a moment into the viewer's own zone.
Value tooltip(const Chart& chart) {
  Value when =
      chart.x.scale == Scale::time && chart.mark == Mark::line
          ? Object{{"field", "t"},
                   {"timeUnit", "utcyearmonthdatehoursminutes"},
                   {"type", "temporal"},
                   {"title", "date"}}
          : text_field("t", chart.x.scale == Scale::time ? "date" : "name");
  Array shown{std::move(when), text_field("l", "value")};
  if (chart.series.size() > 1) shown.push_back(text_field("s", "series"));
  return shown;
}

// Cells in rows: the newest cohort is the lowest.
Value heat_encoding(const Chart& chart) {
  Value columns = category_channel(chart);
  columns.member("axis").set("orient", "top").set("domain", false);
  columns.member("axis").set("labelOverlap", false);
  Value rows = Object{{"field", "s"},
                      {"type", "ordinal"},
                      {"sort", names_of(chart)},
                      {"axis", Object{{"title", nullptr},
                                      {"grid", false},
                                      {"ticks", false},
                                      {"domain", false},
                                      {"labelLimit", 220}}}};
  return Object{{"x", std::move(columns)}, {"y", std::move(rows)}};
}

}  // namespace

std::string vega_x(const Chart& chart, const std::string& x) {
  if (chart.x.scale != Scale::time) return x;
  const auto stamp = read_stamp(x);
  if (!stamp) return x;
  return chart.mark == Mark::line ? stamp_utc(*stamp) : stamp_text(*stamp);
}

Value dash_channel(const Chart& chart) {
  Array range;
  for (size_t i = 0; i < chart.series.size(); ++i)
    range.push_back(Array{dash_of(chart, i).first, dash_of(chart, i).second});
  return series_channel(chart, std::move(range));
}

Value vega_encoding(const Chart& chart) {
  if (chart.mark == Mark::heat_map) {
    return heat_encoding(chart).set("tooltip", tooltip(chart));
  }
  const bool lying = chart.mark == Mark::ranking || chart.mark == Mark::funnel;
  Value category = chart.mark == Mark::line && chart.x.scale == Scale::time
                       ? time_channel(chart)
                       : category_channel(chart);
  Value encoding = Object{};
  encoding.set(lying ? "y" : "x", std::move(category));
  encoding.set(lying ? "x" : "y", value_channel(chart));
  if (chart.series.size() > 1) {
    encoding.set("color", colour_channel(chart));
    if (lying) {
      encoding.set("yOffset", Object{{"field", "s"},
                                     {"type", "nominal"},
                                     {"sort", names_of(chart)}});
    }
    // A legend of bars shows squares.
    if (lying || chart.mark == Mark::stacked) {
      encoding.member("color").member("legend").set("symbolType", "square");
    }
  }
  return encoding.set("tooltip", tooltip(chart));
}

Value only(std::string_view field, bool value) {
  return Array{Object{{"filter", Object{{"field", field}, {"equal", value}}}}};
}

Value if_true(std::string_view field, Value value, Value otherwise) {
  return Object{
      {"condition", Object{{"test", Object{{"field", field}, {"equal", true}}},
                           {"value", std::move(value)}}},
      {"value", std::move(otherwise)}};
}

Value label_text() {
  return Object{{"text", Object{{"field", "l"}, {"type", "nominal"}}}};
}

}  // namespace claribi::chart
