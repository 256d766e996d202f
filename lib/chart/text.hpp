// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "chart/chart.hpp"

namespace claribi::chart {

struct TextOptions {
  size_t width = 80;
  size_t height = 12;   // Lines of a plot; bars take as many as they need.
  bool unicode = true;  // Box drawing and block characters, else ASCII.
  bool colour = false;
};

// The chart drawn with characters, each line ended by a line feed. No line is
// wider than `width`. An unfinished bucket is drawn with another character
// and explained below.
std::string to_text(const Chart& chart, const TextOptions& options);

}  // namespace claribi::chart
