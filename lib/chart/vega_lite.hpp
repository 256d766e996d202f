// SPDX-License-Identifier: MIT
#pragma once

#include "chart/chart.hpp"
#include "json/value.hpp"

namespace claribi::chart {

// A self-contained Vega-Lite v6 specification, in the subset that v5 draws
// the same. The data stand in data.values with the fields t, v, s and more;
// no text of the data becomes an expression or a field path.
json::Value to_vega_lite(const Chart& chart);

}  // namespace claribi::chart
