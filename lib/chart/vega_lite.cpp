// SPDX-License-Identifier: MIT
// A specification is a program that somebody's viewer runs. Its structure
// comes from here alone: text of the data stands where values or titles stand,
// never as a field name, a predicate's field or an expression. The fields are
//   t  where the point stands: a time or a category
//   v  its value, null where there is none
//   s  the name of its series
//   l  the words shown at it
//   p  whether its bucket is not over yet
//   b  whether it belongs to the dashed stretch towards such a bucket
#include "chart/vega_lite.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "chart/describe.hpp"
#include "chart/series.hpp"
#include "chart/stamp.hpp"

namespace claribi::chart {
namespace {

using json::Array;
using json::Object;
using json::Value;

json::Value line_layers(const Chart& chart);
json::Value bar_layers();
json::Value ranking_layers(const Chart& chart);
json::Value number_layers(const Chart& chart);
Value rows_of(const Chart& chart);
Value title_of(const Chart& chart);
Value config();
Value encoding_of(const Chart& chart);

Value layers_of(const Chart& chart) {
  switch (chart.mark) {
    case Mark::number:
      return number_layers(chart);
    case Mark::line:
      return line_layers(chart);
    case Mark::bars:
      return bar_layers();
    case Mark::ranking:
    case Mark::funnel:
      return ranking_layers(chart);
  }
  std::unreachable();
}

}  // namespace

Value to_vega_lite(const Chart& chart) {
  Value spec = Object{
      {"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
      {"description", chart.description},
      {"title", title_of(chart)},
      {"width", chart.mark == Mark::number ? 320 : 640},
  };
  const bool stepped =
      chart.mark == Mark::ranking || chart.mark == Mark::funnel;
  if (stepped) {
    const bool groups = chart.series.size() > 1;
    Value step = Object{{"step", groups ? 20 : 28}};
    if (groups) step.set("for", "offset");
    spec.set("height", std::move(step));
  } else {
    spec.set("height", chart.mark == Mark::number ? 110 : 300);
  }
  spec.set("data", Object{{"values", rows_of(chart)}});
  if (chart.mark != Mark::number) spec.set("encoding", encoding_of(chart));
  spec.set("layer", layers_of(chart));
  spec.set("config", config());
  return spec;
}

namespace {

constexpr std::string_view hue = "#0072B2";
constexpr std::string_view ink = "#333333";
constexpr std::string_view grey = "#767676";

// What sets series apart besides colour. More than six never come, and
// "Other" is the seventh.
constexpr std::array<std::string_view, 7> hues{
    hue, "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", grey};
constexpr std::array<std::pair<int, int>, 7> dashes{
    {{1, 0}, {8, 3}, {2, 2}, {12, 4}, {5, 2}, {4, 6}, {1, 3}}};

// Series of a pair "now and before" share a name's place but not its ink.
std::string_view hue_of(const Chart& chart, size_t index) {
  return chart.series[index].previous ? grey : hues[index % hues.size()];
}

Value dash_of(const Chart& chart, size_t index) {
  if (chart.series[index].previous) return Array{4, 4};
  const auto [on, off] = dashes[index % dashes.size()];
  return Array{on, off};
}

std::string x_text(const Chart& chart, const std::string& x) {
  if (chart.x.scale != Scale::time) return x;
  const auto stamp = read_stamp(x);
  if (!stamp) return x;
  return chart.mark == Mark::line ? stamp_utc(*stamp) : stamp_text(*stamp);
}

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
  for (const Series& series : chart.series) {
    for (size_t i = 0; i < series.points.size(); ++i) {
      const Point& point = series.points[i];
      rows.emplace_back(Object{
          {"t", x_text(chart, point.x)},
          {"v", point.y ? Value(*point.y) : Value()},
          {"s", series.name},
          {"l", words_of(chart, point)},
          {"p", point.partial},
          {"b", is_bridge(series, i)},
      });
    }
  }
  return rows;
}

Value title_of(const Chart& chart) {
  Array subtitle;
  if (!chart.subtitle.empty()) subtitle.emplace_back(chart.subtitle);
  for (const std::string& note : chart.notes)
    subtitle.emplace_back(note);
  if (has_partial(chart)) {
    subtitle.emplace_back(chart.mark == Mark::line
                              ? "hollow: the last bucket is not over yet"
                              : "pale: the last bucket is not over yet");
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
    order.emplace_back(x_text(chart, x));
  return Object{{"field", "t"},
                {"type", "ordinal"},
                {"sort", std::move(order)},
                {"axis", Object{{"title", nullptr},
                                {"grid", false},
                                {"ticks", false},
                                {"labelLimit", 220},
                                {"labelOverlap", chart.mark == Mark::bars}}}};
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

Value dash_channel(const Chart& chart) {
  Array range;
  for (size_t i = 0; i < chart.series.size(); ++i)
    range.push_back(dash_of(chart, i));
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

Value encoding_of(const Chart& chart) {
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
      // A legend of bars shows squares.
      encoding.member("color").member("legend").set("symbolType", "square");
    }
  }
  return encoding.set("tooltip", tooltip(chart));
}

// Rows whose field has that value. A predicate, not an expression.
Value only(std::string_view field, bool value) {
  return Array{Object{{"filter", Object{{"field", field}, {"equal", value}}}}};
}

Value line_layers(const Chart& chart) {
  const bool several = chart.series.size() > 1;
  Value line = Object{{"type", "line"}, {"strokeWidth", 2}};
  Value point = Object{{"type", "point"}, {"filled", true}, {"size", 14}};
  if (!several) {
    line.set("color", hue);
    point.set("color", hue);
  }
  Value hollow = point;
  hollow.set("filled", false).set("fill", "#FFFFFF").set("size", 50);
  Value dashed = line;
  dashed.set("strokeDash", Array{2, 3});

  Value solid =
      Object{{"transform", only("p", false)}, {"mark", std::move(line)}};
  if (several) {
    solid.set("encoding", Object{{"strokeDash", dash_channel(chart)}});
  }
  Array layers{std::move(solid), Object{{"transform", only("p", false)},
                                        {"mark", std::move(point)}}};
  if (has_partial(chart)) {
    layers.emplace_back(
        Object{{"transform", only("b", true)}, {"mark", std::move(dashed)}});
    layers.emplace_back(
        Object{{"transform", only("p", true)}, {"mark", std::move(hollow)}});
  }
  return layers;
}

Value bar_layers() {
  // Both the paleness and the dashed edge, so that neither has to be seen.
  const auto unless_over = [](Value open, Value over) {
    return Object{
        {"condition", Object{{"test", Object{{"field", "p"}, {"equal", true}}},
                             {"value", std::move(open)}}},
        {"value", std::move(over)}};
  };
  return Array{
      Object{{"mark", Object{{"type", "bar"}, {"color", hue}, {"stroke", hue}}},
             {"encoding",
              Object{{"fillOpacity", unless_over(0.2, 1)},
                     {"strokeDash", unless_over(Array{4, 3}, Array{1, 0})}}}},
      Object{{"mark", Object{{"type", "text"},
                             {"baseline", "bottom"},
                             {"dy", -3},
                             {"color", ink}}},
             {"encoding",
              Object{{"text", Object{{"field", "l"}, {"type", "nominal"}}}}}}};
}

Value ranking_layers(const Chart& chart) {
  Value bar = Object{{"type", "bar"}};
  if (chart.series.size() == 1) bar.set("color", hue);
  // Own colour, or the text would take that of its series, which is too pale.
  return Array{
      Object{{"mark", std::move(bar)}},
      Object{{"mark", Object{{"type", "text"},
                             {"align", "left"},
                             {"baseline", "middle"},
                             {"dx", 5}}},
             {"encoding",
              Object{{"text", Object{{"field", "l"}, {"type", "nominal"}}},
                     {"color", Object{{"value", ink}}}}}}};
}

Value number_layers(const Chart& chart) {
  const auto words = [](int size, int below, std::string_view colour) {
    return Object{{"type", "text"},  {"fontSize", size}, {"dy", below},
                  {"align", "left"}, {"x", 0},           {"color", colour}};
  };
  const auto shown = [](const Series& series, std::string before) {
    return Object{
        {"values",
         Array{Object{{"l", std::move(before) + series.points.front().text}}}}};
  };
  const Value text =
      Object{{"text", Object{{"field", "l"}, {"type", "nominal"}}}};
  Value big = words(56, 0, hue);
  if (!has_partial(chart)) big.set("fontWeight", "bold");
  Array layers{Object{{"data", shown(chart.series.front(), "")},
                      {"mark", std::move(big)},
                      {"encoding", text}}};
  if (chart.series.size() > 1) {
    layers.emplace_back(
        Object{{"data", shown(chart.series[1], "previous period: ")},
               {"mark", words(14, 46, "#595959")},
               {"encoding", text}});
  }
  return layers;
}

}  // namespace
}  // namespace claribi::chart
