// SPDX-License-Identifier: MIT
// One event measured by another: the ratio of A to B.
#include <array>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/breakdown.hpp"
#include "plan/filters.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 5> cues{{
    {"ratio =of|between", 6.0},
    {"ratio", 3.0},
    {"=divided =by", 6.0},
    {"share =of", 2.5},
    {"=relative =to", 1.5},
}};

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  default_time(plan, Unit::day, 30);
  // Taken, so that "divided by" is no breakdown.
  if (const auto by = find_words(question, "=divided =by")) {
    take(question, *by);
  }
  CLARIBI_TRY(take_breakdown(question, schema, plan));
  CLARIBI_TRY(take_filters(question, schema, plan));
  CLARIBI_TRY_ASSIGN(const auto events, take_events(question, schema, plan, 2));
  if (events.size() < 2) {
    const Span rest = unread(question, whole(question));
    if (rest.size() > 0) {
      return no_such(event_kind, text_of(question, rest), event_names(schema));
    }
    const std::string first =
        events.empty() ? example_events(schema).front() : events.front();
    std::vector<std::string> readings;
    for (const auto& event : example_events(schema)) {
      if (event == first) continue;
      readings.push_back(fmt::format("ratio of {} to {}", in_question(first),
                                     in_question(event)));
    }
    return unclear("a ratio needs two events", readings);
  }
  for (const auto& event : events)
    plan.series.push_back({.event = event});
  plan.formula = "A/B";
  plan.total = has_words(question, "=overall|=total") && !plan.interval;
  if (!plan.interval && !plan.total) {
    assume(plan, "interval", "by the length of the period",
           "no interval was named");
  }
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

}  // namespace

const Frame ratio_frame{
    .name = "ratio",
    .example = "Ratio of downloads to uploads, last 30 days",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = trends_calls,
};

}  // namespace claribi::plan
