// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "chart/chart.hpp"
#include "table/table.hpp"

namespace claribi::chart {

struct Labels {
  std::string title = {};
  std::string subtitle = {};
};

// The chart that fits the shape of the table, or none where a table says it
// better (records, prose, lists without a number, nothing at all).
//   time_series  line; bars for one series of at most 12 buckets; more than
//                six series become the top six and "Other", with a note;
//                stacked where counts are broken down and none is missing
//   lifecycle    stacked, dormant people below zero
//   distribution bars in the order of time
//   retention    heat map; lines for one or two cohorts
//   stickiness   bars; lines for several series
//   paths        ranking of the ways
//   totals       number for one value, else ranking
//   funnel       funnel
//   rows         ranking of the first text column against the first number
//                column, if there are both; line if the first column is a
//                date and there is a number
std::optional<Chart> choose(const table::Table& table, const Labels& labels);

}  // namespace claribi::chart
