// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "chart/chart.hpp"

namespace claribi::chart {

// The chart as one SVG document that needs nothing else: no scripts, no links,
// no fonts of its own. It scales with its viewBox, has a title and a
// description for those who cannot see it, and the same chart gives the same
// bytes. Empty if there is nothing to draw.
std::string to_svg(const Chart& chart);

}  // namespace claribi::chart
