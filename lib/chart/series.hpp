// SPDX-License-Identifier: MIT
// From the rows of a table to the series of a chart.
#pragma once

#include <vector>

#include "chart/chart.hpp"
#include "table/table.hpp"

namespace claribi::chart {

// One series per combination of the columns series, breakdown and period, in
// the order first seen. What all of them share is left out of their names.
// Points take their x from `x_column` and their y from `value`. The points of
// a previous period stand at the x of the current period's points, by their
// place in the row; their own x becomes the label.
std::vector<Series> group_rows(const table::Table& table,
                               std::string_view x_column);

// Cuts the time off every x if none has one but midnight.
void drop_midnights(std::vector<Series>& series);

// More than six become the six with the largest totals, and "Other" with the
// sum of the rest if the values are `additive`; else the rest is left out.
// Previous periods go first. What was done is told in `notes`.
void keep_largest(std::vector<Series>& series, bool additive,
                  std::vector<std::string>& notes);

// Every x of the series once: in time order for a time scale, else in the
// order first seen.
std::vector<std::string> all_x(const Chart& chart);

// The sum of the values that are there.
double total_of(const Series& series);

// There is a value, and every one is a whole number.
bool all_whole(const std::vector<Series>& series);

}  // namespace claribi::chart
