// SPDX-License-Identifier: MIT
// How many people were there at all: DAU, WAU, MAU.
#include <array>
#include <utility>

#include "base/result.hpp"
#include "plan/breakdown.hpp"
#include "plan/filters.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 6> cues{{
    {"=dau|=daus|=wau|=waus|=mau|=maus", 6.0},
    {"active #people|account", 5.0},
    {"=daily|=weekly|=monthly =active|=actives", 5.0},
    {"unique|distinct #people", 4.0},
    {"=how =many #people =do|=did =we =have|=get", 5.0},
    {"cohort", -4.0},
}};

Unit said_unit(const Question& question, const Plan& plan) {
  if (has_words(question, "=dau|=daus")) return Unit::day;
  if (has_words(question, "=wau|=waus")) return Unit::week;
  if (has_words(question, "=mau|=maus")) return Unit::month;
  return plan.interval.value_or(Unit::day);
}

// A rolling window as one number would ignore the period (PostHog counts the
// last 7 or 30 days), so a single number counts the people of the period.
Math math_of(Unit unit, bool total) {
  if (total) return Math::dau;
  if (unit == Unit::week) return Math::weekly_active;
  return unit == Unit::month ? Math::monthly_active : Math::dau;
}

void choose_window(Question& question, Unit unit, Plan& plan) {
  const bool unsaid = plan.time.kind == TimeRange::Kind::unsaid;
  const bool now = has_words(question, "=now|=currently|=current");
  const bool one_number = (has_words(question, "=how =many") ||
                           has_words(question, "=number|=count|=total =of")) &&
                          !plan.interval;
  plan.total = one_number || (unit != Unit::day && (now || unsaid) &&
                              !has_words(question, "trend|chart|=over =time"));
  if (plan.total && unsaid) {
    if (unit == Unit::week) return default_time(plan, Unit::day, 7);
    return default_time(plan, Unit::day, unit == Unit::day && now ? 1 : 30);
  }
  default_time(plan, Unit::day, 30);
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  const Unit unit = said_unit(question, plan);
  choose_window(question, unit, plan);
  CLARIBI_TRY(take_breakdown(question, schema, plan));
  CLARIBI_TRY(take_filters(question, schema, plan));
  CLARIBI_TRY_ASSIGN(const auto events, take_events(question, schema, plan, 1));
  Series series{.math = math_of(unit, plan.total)};
  if (!events.empty()) {
    series.event = events.front();
  } else {
    assume(plan, "active", "did anything at all",
           "no event was named that makes a person active");
  }
  plan.series.push_back(std::move(series));
  if (!plan.total && !plan.interval) plan.interval = unit;
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

}  // namespace

const Frame active_users_frame{
    .name = "active_users",
    .example = "Daily active users over the last two weeks",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = trends_calls,
};

}  // namespace claribi::plan
