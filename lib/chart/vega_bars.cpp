// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>
#include <utility>

#include "chart/describe.hpp"
#include "chart/palette.hpp"
#include "chart/vega_parts.hpp"

namespace claribi::chart {

using json::Array;
using json::Object;
using json::Value;

namespace {

// Both the paleness and the dashed edge, so that neither has to be seen.
Value unfinished_pale() {
  return Object{{"fillOpacity", if_true("p", 0.2, 1)},
                {"strokeDash", if_true("p", Array{4, 3}, Array{1, 0})}};
}

}  // namespace

Value vega_bars(const Chart& /*chart*/) {
  return Array{
      Object{{"mark", Object{{"type", "bar"}, {"color", hue}, {"stroke", hue}}},
             {"encoding", unfinished_pale()}},
      Object{{"mark", Object{{"type", "text"},
                             {"baseline", "bottom"},
                             {"dy", -3},
                             {"color", ink}}},
             {"encoding", label_text()}}};
}

Value vega_stacked() {
  Value encoding = unfinished_pale();
  encoding.set("order", Object{{"field", "i"}, {"type", "quantitative"}});
  return Array{
      Object{{"mark", Object{{"type", "bar"}}},
             {"encoding", std::move(encoding)}},
      Object{{"mark", Object{{"type", "rule"}, {"color", ink}}},
             {"data", Object{{"values", Array{Object{{"z", 0}}}}}},
             {"encoding", Object{{"x", nullptr},
                                 {"color", nullptr},
                                 {"tooltip", nullptr},
                                 {"y", Object{{"field", "z"},
                                              {"type", "quantitative"}}}}}}};
}

Value vega_ranking(const Chart& chart) {
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

Value vega_number(const Chart& chart) {
  const auto layer = [](const std::string& text, Value mark) {
    return Object{{"data", Object{{"values", Array{Object{{"l", text}}}}}},
                  {"mark", std::move(mark)},
                  {"encoding", label_text()}};
  };
  const auto words = [](int size, int below, std::string_view colour) {
    return Object{{"type", "text"},  {"fontSize", size}, {"dy", below},
                  {"align", "left"}, {"x", 0},           {"color", colour}};
  };
  Value big = words(56, 0, hue);
  if (!has_partial(chart)) big.set("fontWeight", "bold");
  Array layers{layer(chart.series.front().points.front().text, std::move(big))};
  const std::string before = previous_words(chart);
  if (!before.empty()) layers.push_back(layer(before, words(14, 46, pale_ink)));
  return layers;
}

}  // namespace claribi::chart
