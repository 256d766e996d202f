// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace claribi::table {

// What kind of result a table holds. The columns that each shape promises are
// named here, because charts and facts read them by name; more may follow.
enum class Shape {
  // One row per series and time bucket, oldest bucket first in each series:
  //   date (date or datetime, project time), series (string),
  //   breakdown (string; only with a breakdown),
  //   period ("current" or "previous"; only with a comparison),
  //   value (number), partial (boolean: the bucket is not over yet).
  time_series,
  // One row per series, without time: series, breakdown?, period?, value.
  totals,
  // One row per step, per breakdown value: step (integer from 1),
  //   event (string), breakdown?, count (integer), conversion_rate (share of
  //   the first step, 0 to 1), step_conversion_rate (share of the step
  //   before), dropped (integer), average_seconds, median_seconds (null on
  //   the first step).
  funnel,
  // Rows of a query or the elements of a list: any columns.
  rows,
  // One object: one row, its members as columns.
  record,
  // Prose: one row per section with title, url and text (title and url may
  // be null).
  prose,
};

std::string_view shape_name(Shape shape);

}  // namespace claribi::table
