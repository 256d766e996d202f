// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "chart/chart.hpp"

namespace claribi::chart {

// The values of a chart on one common x axis, few enough to be drawn.
struct LineData {
  struct Curve {
    std::vector<std::optional<double>> y = {};
    std::vector<bool> partial = {};
  };
  std::vector<std::string> x = {};
  // Where each x stands, from 0 to 1: by time where all are times.
  std::vector<double> place = {};
  std::vector<Curve> curves = {};  // One per series, as long as x.
  size_t merged = 1;               // Buckets averaged into each point.
};

// With more than `most` places neighbours are averaged. Unfinished buckets are
// never mixed with finished ones.
LineData line_data(const Chart& chart, size_t most);

}  // namespace claribi::chart
