// SPDX-License-Identifier: MIT
// What the choices of choose.cpp have in common.
#pragma once

#include <optional>
#include <vector>

#include "chart/chart.hpp"
#include "table/table.hpp"

namespace claribi::chart {

// The charts of people over time, for tables of these shapes.
std::optional<Chart> of_lifecycle(const table::Table& table);
std::optional<Chart> of_distribution(const table::Table& table);
std::optional<Chart> of_retention(const table::Table& table);
std::optional<Chart> of_stickiness(const table::Table& table);
std::optional<Chart> of_paths(const table::Table& table);

// Largest first, ties by name, at most ten; the note says how many there were.
void rank(Chart& chart);
// No two points of one name, which would be drawn as one.
bool unique_x(const std::vector<Point>& points);

}  // namespace claribi::chart
