// SPDX-License-Identifier: MIT
// What the files of the Vega-Lite writer have in common: vega_lite.cpp has the
// frame, vega_channels.cpp what a mark is drawn from, the others the marks.
#pragma once

#include <string>
#include <string_view>

#include "chart/chart.hpp"
#include "json/value.hpp"

namespace claribi::chart {

// The layers of each mark.
json::Value vega_lines(const Chart& chart);
json::Value vega_bars(const Chart& chart);
json::Value vega_stacked();
json::Value vega_ranking(const Chart& chart);
json::Value vega_number(const Chart& chart);
json::Value vega_heat_map(const Chart& chart);

// The channels that all layers share: where a mark stands, its colour and
// what is shown when it is pointed at.
json::Value vega_encoding(const Chart& chart);
json::Value dash_channel(const Chart& chart);

// The x of a point as it stands in the data.
std::string vega_x(const Chart& chart, const std::string& x);

// Rows whose field has that value, as a transform and as a condition. A
// predicate, not an expression.
json::Value only(std::string_view field, bool value);
json::Value if_true(std::string_view field, json::Value value,
                    json::Value otherwise);
// The words at a mark.
json::Value label_text();

}  // namespace claribi::chart
