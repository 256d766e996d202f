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
  // A time_series of people: the series are "new", "returning", "resurrecting"
  // and "dormant", the last one at or below zero: those who went away.
  lifecycle,
  // One row per series, without time: series, breakdown?, period?, value.
  totals,
  // One row per step, per breakdown value: step (integer from 1),
  //   event (string), breakdown?, count (integer), conversion_rate (share of
  //   the first step, 0 to 1), step_conversion_rate (share of the step
  //   before), dropped (integer), average_seconds, median_seconds (null on
  //   the first step).
  funnel,
  // How long it took from the first step of a funnel to the last, one row per
  // stretch of time, shortest first: seconds_from, seconds_to (null on the
  // last one, which is open), people (integer), share (of all in the table,
  // 0 to 1; null if there is nobody).
  distribution,
  // One row per cohort and interval, oldest cohort first: cohort (date or
  //   datetime in project time: when it began), breakdown?,
  //   size (integer: the people in the cohort), interval (integer from 0: so
  //   many periods after the cohort's own), returned (integer; null where the
  //   interval has not begun), rate (share of the size, 0 to 1; null likewise
  //   and in an empty cohort), partial (boolean: the interval is not over
  //   yet, or has not begun).
  retention,
  // One row per series and number of intervals: series, breakdown?, period?,
  //   intervals (integer from 1: on how many days or weeks), value (people),
  //   share (of those who did it at all, 0 to 1). `cumulative` tables count
  //   those who did it on so many or more.
  stickiness,
  // One row per way from one step to the next, most taken first: step
  //   (integer from 1: the step of the source), source, target (strings),
  //   value (how often it was taken), average_seconds.
  paths,
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
