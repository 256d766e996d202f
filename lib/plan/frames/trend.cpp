// SPDX-License-Identifier: MIT
// How often something happens: over time, as one number, by property.
#include <array>

#include "base/result.hpp"
#include "plan/breakdown.hpp"
#include "plan/filters.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 18> trend_cues{{
    {"=longest|=shortest|=biggest|=smallest|=largest", 0.8},
    {"trend", 2.0},
    {"=over =time", 2.0},
    {"chart|graph|plot|timeline", 2.0},
    {"=vs|=vs.|=versus|compare|compared", 1.5},
    {"average|=avg|=mean|=median|=p75|=p90|=p95|=p99", 2.0},
    {"percentile", 2.0},
    {"=sum =of", 2.0},
    {"=max|maximum|=min|minimum|=highest|=lowest", 1.0},
    {"revenue|=sales|income|earnings|=mrr", 2.0},
    {"=why", 2.0},
    {"=by|across|=per", 1.0},
    {"=split|=grouped|=broken", 1.5},
    {"=top", 1.0},
    {"=how =is|=are", 0.5},
    {"=total", 0.5},
    {"growth|=grow|=grew|=growing", 1.0},
    {"=show|=chart|=plot", 0.3},
}};

constexpr std::array<Cue, 8> number_cues{{
    {"=how =many", 2.2},
    {"=how =much", 1.5},
    {"=number =of", 2.0},
    {"=total", 1.2},
    {"=count", 1.5},
    {"=total revenue|=sales|income|earnings|=mrr", 3.0},
    {"=over =time", -4.0},
    {"trend|chart|graph|plot", -3.0},
}};

Result<void> fill_trend(Question& question, const source::Schema& schema,
                        Plan& plan) {
  default_time(plan, Unit::day, 30);
  CLARIBI_TRY(take_breakdown(question, schema, plan));
  CLARIBI_TRY(take_filters(question, schema, plan));
  CLARIBI_TRY_ASSIGN(plan.series, take_series(question, schema, plan));
  if (!plan.interval && !plan.total) {
    assume(plan, "interval", "by the length of the period",
           "no interval was named");
  }
  if (!plan.breakdown.empty() && !plan.limit) {
    assume(plan, "limit", "25 values", "PostHog's bound for a breakdown");
  }
  if (has_words(question, "=why")) {
    assume(plan, "cause", "not looked for",
           "the numbers show what happened, not why");
  }
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

Result<void> fill_number(Question& question, const source::Schema& schema,
                         Plan& plan) {
  plan.total = true;
  return fill_trend(question, schema, plan);
}

}  // namespace

const Frame trend_frame{
    .name = "trend",
    .example = "Signups by day for the last 30 days",
    .cues = trend_cues,
    .needs = {.events = true, .properties = true},
    .timed = 1.5,
    .grained = 3.0,
    .fill = fill_trend,
    .next_calls = trends_calls,
};

const Frame number_frame{
    .name = "number",
    .example = "How many signups yesterday?",
    .cues = number_cues,
    .needs = {.events = true, .properties = true},
    .timed = 1.0,
    .grained = -3.0,
    .fill = fill_number,
    .next_calls = trends_calls,
};

}  // namespace claribi::plan
