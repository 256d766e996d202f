// SPDX-License-Identifier: MIT
// Who the active people are: new ones, returning ones, those who had been away
// (resurrecting), and those who have gone (dormant).
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/frames/behaviour.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr auto cues = std::to_array<Cue>({
    {"lifecycle", 7.0},
    {"=life =cycle", 7.0},
    {"resurrecting|=resurrected|=resurrect|=resurrection", 7.0},
    {"dormant|=dormancy", 7.0},
    {"=new =vs|=vs.|=versus|=and|=or|=to|, =returning|=existing|=repeat", 7.0},
    {"=new , =returning|=existing", 7.0},
    {"=returning =vs|=vs.|=versus|=and|=or|=to|, =new", 7.0},
    {"=returning|=reactivated user|people|visitor|customer|player", 5.0},
    {"reactivated|=reactivation", 3.0},
    {"=became|=become|=went|=go|=gone|=turned|=gone =inactive|=quiet|=silent",
     7.0},
    {"=stopped =using|=coming|=visiting", 6.0},
    // These belong to it but speak for nothing by themselves.
    {"=new|=returning|=existing|=active|=inactive|=went|=go|=became", 0.1},
    {"=share|=percentage|=percent|=proportion|=stage|=stages|=status", 0.1},
    {"=product|=app|=site|=website|=platform|=service", 0.1},
    {"retention", -6.0},
    {"recording|replay|dashboard|=flag|=flags|error|issue", -6.0},
    {"=insight|=insights", -6.0},
});

struct Stage {
  std::string_view name;
  std::string_view words;
};
constexpr std::array<Stage, 4> stages{{
    {"new", "=new"},
    {"returning", "=returning|=existing|=repeat"},
    {"resurrecting",
     "resurrecting|=resurrected|=resurrect|=resurrection|reactivated"},
    {"dormant", "dormant|=dormancy|=inactive|=quiet|=silent|=stopped"},
}};

// The only stage that the question is about, if there is one.
void take_stage(const Question& question, Plan& plan) {
  std::optional<std::string> only;
  for (const auto& stage : stages) {
    if (!has_words(question, stage.words)) continue;
    if (only) return;
    only = std::string(stage.name);
  }
  plan.state = only;
}

// The buckets that PostHog's lifecycles come in.
Unit bucket_of(Unit unit) {
  switch (unit) {
    case Unit::quarter:
    case Unit::year:
      return Unit::month;
    case Unit::minute:
      return Unit::hour;
    default:
      return unit;
  }
}

// How many people are new or returning in a week is one number for the week:
// those of its days count a person several times.
std::optional<Unit> as_one_bucket(const Question& question,
                                  const TimeRange& range) {
  const bool counted = has_words(question, "=how =many|=much") ||
                       has_words(question, "=number|=share|=percentage|=count");
  const bool one_unit = range.kind == TimeRange::Kind::calendar &&
                        !range.to_now && range.unit != Unit::hour;
  if (counted && one_unit) return bucket_of(range.unit);
  if (counted && range.kind == TimeRange::Kind::month) return Unit::month;
  return std::nullopt;
}

void choose_interval(const Question& question, Plan& plan) {
  if (plan.interval) {
    plan.interval = bucket_of(*plan.interval);
    return;
  }
  if (const auto unit = as_one_bucket(question, plan.time)) {
    plan.interval = unit;
    assume(plan, "interval", std::string(unit_name(*unit)),
           "people are counted once for the whole period");
    return;
  }
  plan.interval = Unit::day;
  assume(plan, "interval", "day", "no interval was named");
}

// Enough of the unit to see it change: 30 days, or 12 weeks or months.
void choose_time(Plan& plan) {
  if (has_no_period(plan.time)) plan.time = {};
  const Unit unit = bucket_of(plan.interval.value_or(Unit::day));
  if (unit == Unit::week || unit == Unit::month) {
    default_time(plan, unit, 12);
  } else {
    default_time(plan, Unit::day, 30);
  }
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  choose_time(plan);
  choose_interval(question, plan);
  take_stage(question, plan);
  if (const auto stopped =
          find_words(question, "=stopped =using|=coming|=visiting")) {
    take(question, *stopped);
  }
  CLARIBI_TRY(take_restrictions(question, schema, plan, "lifecycles"));
  CLARIBI_TRY_ASSIGN(auto event, take_activity(question, schema, plan));
  plan.series.push_back({.event = std::move(event)});
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (plan.series.size() != 1 || !plan.series.front().event) {
    return fail(ErrorKind::usage, "a lifecycle is about one event");
  }
  Value query = dated_query(plan, "LifecycleQuery", moment);
  query.set("series", event_nodes(plan));
  query.set("interval", unit_name(plan.interval.value_or(Unit::day)));
  return once(earlier, query_call(plan, "query-lifecycle", std::move(query)));
}

}  // namespace

const Frame lifecycle_frame{
    .name = "lifecycle",
    .example = "How many users are new, returning or dormant this week?",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
