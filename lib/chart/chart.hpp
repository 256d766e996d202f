// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claribi::chart {

enum class Mark {
  number,    // One value, set large.
  line,      // Time against value, one line per series.
  bars,      // Upright bars over time buckets or numbers.
  ranking,   // Sorted horizontal bars, one per category.
  funnel,    // Horizontal bars in the order of the steps.
  stacked,   // Upright bars of parts: one on the other, or below zero.
  heat_map,  // A row of cells per series; the darker, the larger the value.
};

std::string_view mark_name(Mark mark);

struct Point {
  std::string x;                 // ISO date, category or step.
  std::optional<double> y = {};  // Nothing where the value is missing.
  std::string text = {};         // The value as it is to be shown.
  std::string label = {};        // More words at the point: "46.0 % of first".
  bool partial = false;          // The bucket is not over yet.
  bool base = false;  // Heat map: what the others are shares of; no colour.
};

struct Series {
  std::string name;
  std::vector<Point> points = {};
  bool previous = false;  // The period compared with.
};

enum class Scale { time, category };

struct Axis {
  std::string title = {};
  Scale scale = Scale::category;
};

// A chart without a drawing: three writers (vega_lite, svg, text) turn the
// same description into theirs. Holds data from a server: each writer escapes.
struct Chart {
  Mark mark = Mark::line;
  std::string title = {};
  std::string subtitle = {};     // Period, time zone, filters.
  std::string description = {};  // For those who cannot see it.
  Axis x = {};
  Axis y = {};
  std::vector<Series> series = {};
  std::vector<std::string> notes = {};  // "top 6 of 23; the rest is Other"
};

// "previous period: 111 (+12.3 %)" for a number with another one to compare it
// with; else empty.
std::string previous_words(const Chart& chart);

}  // namespace claribi::chart
