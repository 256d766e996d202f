// SPDX-License-Identifier: MIT
#pragma once

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "demo/store.hpp"

namespace claribi::demo::hogql {

// Makes functions on time known to SQL. Times are milliseconds since 1970,
// dates are text ("2026-09-01"); units are their names; all of it in the
// calendar's zone. NULL, and text that is no time, give NULL.
//   demo_time(x)             a time from text; a time stays what it is
//   demo_date(time)          its date
//   demo_date_time(date)     its midnight
//   demo_text(time)          "2026-09-01 12:30:00"
//   demo_start(unit, time)   the start of the unit
//   demo_add(unit, time, n)  n units later
//   demo_part(unit, time)    year, month, day, hour, minute, second; week: the
//                            day of the week, Monday is 1
//   demo_diff(unit, a, b)    how many boundaries of the unit lie between
[[nodiscard]] Result<void> define_time_functions(const Store& store,
                                                 const Calendar& calendar);

}  // namespace claribi::demo::hogql
