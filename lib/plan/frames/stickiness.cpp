// SPDX-License-Identifier: MIT
// How regularly people do something: on how many days of a period each did it.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/frames/behaviour.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"
#include "plan/time_phrase.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr std::string_view days_of_a_week =
    "=how =many =days|=weeks|=months =a|=per|=each|=every|=in|=of "
    "=a|=the|=week|=month|=quarter|=year";
constexpr std::string_view times_people_do =
    "=how =many =times =a|=per|=each|=every =day|=week|=month =do|=does|=did";

constexpr auto cues = std::to_array<Cue>({
    {"stickiness|=sticky|=stickier", 7.0},
    {days_of_a_week, 7.0},
    {"=on =how =many =days|=weeks|=months|=different", 7.0},
    {"=how =many =different|=distinct|=separate =days|=weeks", 7.0},
    {"=how =many =days|=weeks =do|=does|=did", 7.0},
    {times_people_do, 7.0},
    {"=often|=frequently|=regularly =do|=does|=did|=are "
     "user|people|visitor|customer|player|=they|=we",
     6.0},
    {"=often|=frequently|=regularly =do|=does|=did|=are "
     "=our|=the|=my|=these|=those|=most|=new|=active|=paying "
     "user|people|visitor|customer|player|=users",
     6.0},
    {"=often|=frequently|=regularly =do|=does|=did =our|=the|=my "
     "=most|=new|=active|=paying|=free|=mobile user|people|visitor|customer",
     6.0},
    {"=how =often|=frequently", 0.8},
    // These belong to it but speak for nothing by themselves.
    {"=frequently|=regularly|=week|=weeks|=day|=days|=month|=active|=different",
     0.1},
    {"=product|=app|=site|=website|=platform|=service", 0.1},
    {"recording|replay|dashboard|=flag|=flags", -6.0},
    {"=insight|=insights", -6.0},
});

constexpr Unit widest_bucket = Unit::month;

// "Days a week": the bucket is the day, the period a week.
struct Rhythm {
  std::optional<Unit> bucket = {};
  std::optional<Unit> period = {};
};

Rhythm take_rhythm(Question& question) {
  Rhythm rhythm;
  const auto form = find_words(question, days_of_a_week);
  const auto times = find_words(question, times_people_do);
  const auto plain = find_words(question, "=many =days|=weeks|=months");
  if (form || times) {
    const Span span = form ? *form : *times;
    for (size_t at = span.begin + 2; at < span.end + 1; ++at) {
      const auto unit = unit_at(question, at);
      if (!unit) continue;
      auto& slot = rhythm.bucket || times ? rhythm.period : rhythm.bucket;
      if (!slot) slot = unit;
    }
    take(question, span);
  } else if (plain) {
    rhythm.bucket = unit_at(question, plain->end - 1);
    take(question, *plain);
  }
  return rhythm;
}

void choose_time(const Rhythm& rhythm, Plan& plan) {
  const bool unsaid = has_no_period(plan.time);
  if (unsaid) plan.time = {};
  if (!unsaid && rhythm.period) {
    assume(plan, "left out", fmt::format("'a {}'", unit_name(*rhythm.period)),
           fmt::format("the {}s are counted over the whole period",
                       unit_name(*plan.interval)));
  }
  if (!unsaid) return;
  switch (rhythm.period.value_or(Unit::hour)) {
    case Unit::year:
      return default_time(plan, Unit::month, 12);
    case Unit::quarter:
      return default_time(plan, Unit::day, 90);
    case Unit::month:
      return default_time(plan, Unit::day, 30);
    default:
      break;
  }
  if (plan.interval == Unit::week) return default_time(plan, Unit::week, 8);
  if (plan.interval == Unit::month) return default_time(plan, Unit::month, 6);
  default_time(plan, Unit::day, 7);
}

void choose_rhythm(Question& question, Plan& plan) {
  const Rhythm rhythm = take_rhythm(question);
  // "A week" was read as an interval; it is the period of "days a week".
  const bool said = plan.interval && !rhythm.period;
  plan.interval = rhythm.bucket ? rhythm.bucket
                  : said        ? plan.interval
                                : std::optional(Unit::day);
  if (*plan.interval > widest_bucket) plan.interval = widest_bucket;
  if (!rhythm.bucket && !said) {
    assume(plan, "interval", "day",
           "people are told apart by the days on which they did it");
  }
  choose_time(rhythm, plan);
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  choose_rhythm(question, plan);
  CLARIBI_TRY(take_restrictions(question, schema, plan, "stickiness"));
  CLARIBI_TRY_ASSIGN(auto event, take_activity(question, schema, plan));
  plan.series.push_back({.event = std::move(event)});
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (plan.series.empty() || !plan.series.front().event) {
    return fail(ErrorKind::usage, "the plan names no event");
  }
  Value query = dated_query(plan, "StickinessQuery", moment);
  query.set("series", event_nodes(plan));
  query.set("interval", unit_name(plan.interval.value_or(Unit::day)));
  return once(earlier, query_call(plan, "query-stickiness", std::move(query)));
}

}  // namespace

const Frame stickiness_frame{
    .name = "stickiness",
    .example = "How many days a week do our users upload files?",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
