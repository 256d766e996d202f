// SPDX-License-Identifier: MIT
// Who comes back: of the people who did one thing, how many did it or another
// thing again in the days, weeks or months after.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/frames/behaviour.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/retention_period.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr size_t most_events = 2;
constexpr int most_intervals = 100;  // A plan's bound.
constexpr int most_unasked_columns = 31;
// Fewer cohorts than this that are old enough say nothing.
constexpr int least_cohorts = 3;

constexpr auto cues = std::to_array<Cue>({
    {"retention", 7.0},
    {"retained|=retain|=retains|=retaining", 6.0},
    {"=come|=comes|=came|=coming =back", 7.0},
    {"=comeback", 3.0},
    {"=people|=users|=visitors|=customers|=they|=who "
     "=return|=returns|=returned",
     7.0},
    {"=return|=returns =to|=within|=the|=after|=again|=on|=each|=every|=next|="
     "in|=a",
     6.0},
    {"=returning|=returned =to", 6.0},
    {"=keep|=keeps|=kept|=continue|=continues", 6.0},
    {"=still =active|=around|=here|=using", 6.0},
    {"=do|=does|=did =it|=so|=that =again", 4.0},
    {"=again", 2.0},
    {"=show|=run|=list", -2.5},
    {"=the =following|=next =day|=week|=month", 2.5},
    {"=day|=days|=week|=weeks|=month|=months =later|=after", 1.0},
    {"=d1|=d3|=d7|=d14|=d28|=d30|=d60|=d90|=w1|=w4|=m1|=m3", 3.0},
    {"=day-1|=day-7|=day-14|=day-30|=week-1|=week-4|=month-1|=month-3", 3.0},
    {"=churn|=churning", 8.0},
    // These belong to retention but speak for nothing by themselves.
    {"=rate|=rates|=curve|=table|=grid|=analysis|=cohorts|=cohort|=n-day", 0.1},
    {"=product|=app|=site|=website|=platform|=service|=repeat|=still", 0.1},
    {"=back|=return|=returns|=returned|=returning|=regularly|=recurring", 0.1},
    {"=after|=later|=active|=initially|=month|=week|=day", 0.1},
    {"=percentage|=percent|=share|=fraction|=proportion", 0.1},
    {"dashboard|flag|recording|replay", -6.0},
    {"=insight|=insights|=documentation", -6.0},
    {"=how =long", -4.0},
    {"error|issue|exception", -3.0},
});

std::optional<Span> find_free(const Question& question,
                              std::string_view words) {
  for (auto span = find_words(question, words); span;
       span = find_words(question, words, span->begin + 1)) {
    if (!question.tokens[span->begin].used) return span;
  }
  return std::nullopt;
}

struct Placed {
  size_t at = 0;
  Name name;
};

// "... who upload a file come back to upload again": the second "upload" is the
// first event, however many other events have the word in their names.
void take_repetitions(Question& question, const Name& name) {
  for (auto& token : question.tokens) {
    if (!token.used &&
        std::ranges::find(name.stems, token.stem) != name.stems.end()) {
      token.used = true;
    }
  }
}

Result<std::vector<Placed>> take_placed(Question& question,
                                        const source::Schema& schema,
                                        Plan& plan, bool again) {
  const auto names = event_names(schema);
  std::vector<Placed> found;
  while (found.size() < most_events) {
    const auto link = find_name(question, names);
    // A second name must be sure: what is left over is said aloud, not guessed.
    const bool guess =
        link && !found.empty() && link->score() < contained_floor;
    if (!link || guess) break;
    CLARIBI_TRY_ASSIGN(const auto name, take_name(question, names, event_kind,
                                                  plan, link->span));
    if (!name) break;
    found.push_back({link->span.begin, *name});
    if (again) take_repetitions(question, *name);
  }
  std::ranges::stable_sort(found, {}, &Placed::at);
  return found;
}

// Where the question turns from what people did to whether they came back.
std::optional<Span> turn(const Question& question) {
  for (const std::string_view words :
       {"=come|=comes|=came|=coming =back", "=return|=returns|=returned",
        "=back|=comeback", "=keep|=keeps|=kept|=continue|=continues", "=still",
        "=retained|=retain", "=again"}) {
    if (const auto span = find_free(question, words)) return span;
  }
  return std::nullopt;
}

struct Roles {
  std::optional<std::string> start = {};
  std::optional<std::string> returning = {};
};

Roles roles_of(const Question& question, const std::vector<Placed>& placed) {
  const auto pivot = turn(question);
  Roles roles;
  for (const auto& one : placed) {
    const bool later =
        pivot && one.at > pivot->begin && !follows_after(question, one.at);
    const bool second = later || (roles.start && !pivot);
    auto& role = second ? roles.returning : roles.start;
    auto& other = second ? roles.start : roles.returning;
    if (!role) {
      role = one.name.raw;
    } else if (!other) {
      other = one.name.raw;
    }
  }
  return roles;
}

bool says_again(const Question& question) {
  return has_words(question,
                   "=again|=keep|=keeps|=kept|=keeping|=continue|=continues|"
                   "=repeat|=repeatedly|=repeating|=regularly|=recurring");
}

Result<void> take_roles(Question& question, const source::Schema& schema,
                        Plan& plan) {
  const bool again = says_again(question);
  CLARIBI_TRY_ASSIGN(const auto placed,
                     take_placed(question, schema, plan, again));
  const Span rest = unread(question, whole(question));
  if (placed.empty() && rest.size() > 0) {
    return no_such(event_kind, text_of(question, rest), event_names(schema));
  }
  Roles roles = roles_of(question, placed);
  if (again && !roles.start) roles.start = roles.returning;
  if (again && !roles.returning) roles.returning = roles.start;
  Retention& retention = plan.retention.emplace();
  retention.start =
      roles.start ? *roles.start : assume_any_use(schema, plan, "start");
  retention.returning = roles.returning
                            ? *roles.returning
                            : assume_any_use(schema, plan, "return");
  retention.recurring = again && retention.start == retention.returning;
  if (retention.recurring) {
    assume(plan, "retention", "recurring",
           "'again' is about every time, not only a person's first");
  } else {
    assume(plan, "retention", "first time",
           "a person starts once, the first time they did it");
  }
  return {};
}

Result<void> choose_intervals(const SaidPeriod& said, Plan& plan) {
  Retention& retention = *plan.retention;
  const PeriodDefaults defaults = defaults_of(retention.period);
  if (said.furthest >= most_intervals) {
    return unclear(fmt::format("retention reaches at most {} {}s ahead",
                               most_intervals - 1, unit_name(retention.period)),
                   {"month-3 retention over the last 6 months",
                    "month-12 retention over the last 18 months"});
  }
  int columns = std::max(defaults.intervals, said.furthest + 1);
  const bool counted = plan.time.kind == TimeRange::Kind::rolling &&
                       plan.time.unit == retention.period;
  if (counted) {
    columns =
        std::max(columns, std::min(plan.time.count, most_unasked_columns));
  }
  retention.intervals = columns;
  retention.asked = said.asked;
  return {};
}

// A cohort younger than what is asked for has no answer yet.
int default_range(const Retention& retention, int furthest) {
  const int range = defaults_of(retention.period).range;
  return range - furthest < least_cohorts ? range + furthest : range;
}

Result<void> choose_period(Question& question, Plan& plan) {
  const SaidPeriod said = take_period(question, plan);
  Retention& retention = *plan.retention;
  const bool unsaid = has_no_period(plan.time);
  if (unsaid) plan.time = {};
  retention.period = said.unit.value_or(period_for(plan.time));
  if (!said.unit) {
    assume(plan, "retention period", std::string(unit_name(retention.period)),
           "no day, week or month was named");
  }
  if (unsaid) {
    default_time(plan, retention.period,
                 default_range(retention, said.furthest));
  }
  CLARIBI_TRY(choose_intervals(said, plan));
  if (has_words(question, "=within|=inside")) {
    retention.asked.reset();
    assume(plan, "window",
           fmt::format("each {} by itself", unit_name(retention.period)),
           "retention does not add periods up");
  }
  plan.interval.reset();
  return {};
}

// "Churn" has no one definition; each of these has.
std::unexpected<Error> which_churn(const source::Schema& schema) {
  std::vector<std::string> readings;
  const auto names = event_names(schema);
  for (const std::string_view word : {"churned", "cancelled", "unsubscribed"}) {
    const auto hits = score_names(word, names);
    if (hits.empty() || hits.front().score < contained_floor) continue;
    readings.push_back(fmt::format("Trend of {} over the last 30 days",
                                   in_question(names[hits.front().name].raw)));
    break;
  }
  readings.emplace_back("Monthly retention over the last 6 months");
  readings.emplace_back(
      "How many users went dormant each week in the last 8 "
      "weeks?");
  return unclear("'churn' can be measured in several ways", readings,
                 "metric_definition");
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  if (has_words(question, "=churn|=churning") &&
      !has_words(question, "retention")) {
    return which_churn(schema);
  }
  // The periods first: "day 7" is no property and no event.
  plan.retention.emplace();
  if (has_no_period(plan.time)) plan.compare_to.reset();
  CLARIBI_TRY(choose_period(question, plan));
  const Retention chosen = *plan.retention;
  CLARIBI_TRY(take_restrictions(question, schema, plan, "retention"));
  CLARIBI_TRY(take_roles(question, schema, plan));
  plan.retention->period = chosen.period;
  plan.retention->intervals = chosen.intervals;
  plan.retention->asked = chosen.asked;
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

Value entity(const std::string& event) {
  Value out = json::Object{};
  out.set("type", "events");
  out.set("id", event);
  out.set("name", event);
  return out;
}

std::string_view period_name(Unit period) {
  if (period == Unit::week) return "Week";
  return period == Unit::month ? "Month" : "Day";
}

Value retention_filter(const Retention& retention) {
  Value filter = json::Object{};
  filter.set("period", period_name(retention.period));
  filter.set("totalIntervals", retention.intervals);
  filter.set("retentionType", retention.recurring ? "retention_recurring"
                                                  : "retention_first_time");
  filter.set("targetEntity", entity(retention.start));
  filter.set("returningEntity", entity(retention.returning));
  return filter;
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (!plan.retention) {
    return fail(ErrorKind::usage, "the plan does not say who comes back");
  }
  Value query = dated_query(plan, "RetentionQuery", moment);
  query.set("retentionFilter", retention_filter(*plan.retention));
  return once(earlier, query_call(plan, "query-retention", std::move(query)));
}

}  // namespace

const Frame retention_frame{
    .name = "retention",
    .example = "What is our day-1 retention this month?",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
