// SPDX-License-Identifier: MIT
#include <utility>

#include "chart/describe.hpp"
#include "chart/palette.hpp"
#include "chart/vega_parts.hpp"

namespace claribi::chart {

using json::Array;
using json::Object;
using json::Value;

Value vega_lines(const Chart& chart) {
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

}  // namespace claribi::chart
