// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "chart/chart.hpp"

namespace claribi::chart {

// The chart in a few sentences, for those who cannot see it: its kind, how
// much it holds, the lowest and the highest value, and what is unfinished.
std::string describe(const Chart& chart);

// Whether a bucket of the chart is not over yet.
bool has_partial(const Chart& chart);

}  // namespace claribi::chart
