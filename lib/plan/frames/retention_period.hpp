// SPDX-License-Identifier: MIT
// The periods of a question about retention: "D7", "week-4", "the next day",
// "month over month".
#pragma once

#include <optional>

#include "base/calendar.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"

namespace claribi::plan {

struct SaidPeriod {
  std::optional<Unit> unit = {};  // day, week or month
  std::optional<int> asked = {};  // "day-7": 7. Nothing for several.
  int furthest = 0;               // The largest that was named, or 0.
};

// Takes the words that name the periods.
SaidPeriod take_period(Question& question, const Plan& plan);

// How far back a period's cohorts reach when the question does not say, and
// how many columns they have.
struct PeriodDefaults {
  int range = 7;
  int intervals = 8;
};
PeriodDefaults defaults_of(Unit period);

// The period that suits a range of that length: up to a month days, up to half
// a year weeks, else months.
Unit period_for(const TimeRange& range);

}  // namespace claribi::plan
