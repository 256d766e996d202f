// SPDX-License-Identifier: MIT
// How many people go on from one event to the next.
#include "plan/frames/funnel.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/breakdown.hpp"
#include "plan/filters.hpp"
#include "plan/frames/behaviour.hpp"
#include "plan/frames/first_action.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr size_t most_steps = 8;

constexpr auto cues = std::to_array<Cue>({
    {"funnel", 5.0},
    {"conversion|convert|=converts|=converting", 4.5},
    {"=drop-off|=dropoff|=drop-offs", 4.0},
    {"=drop =off|=out", 4.0},
    {"->", 4.0},
    {"=then", 2.5},
    {"share|percentage|percent|fraction|proportion =of "
     "#people",
     6.0},
    {"=how =long|=quickly|=soon|=fast", 6.0},
    {"=time =to =convert", 5.0},
    {"=time =from|=between", 4.0},
    {"average|=avg|=median|=mean|=typical|=usual =time =to|=from|=between|=it",
     4.0},
    {"=how =many =days|=hours|=minutes|=weeks =between|=from|=until|=before|="
     "pass",
     6.0},
    {"=how =much =time", 4.0},
    {"=days|=hours|=minutes =from|=between|=pass", 2.0},
    {"=go|=goes|=went =on =to", 4.0},
    {"=who =never", 2.0},
    // These belong to it but speak for nothing by themselves.
    {"=after|=until|=before|=typically|=usually|=time|=usual|=pass", 0.1},
});

// "How long from A to B", not how many.
bool asks_how_long(const Question& question) {
  static constexpr std::array<std::string_view, 6> forms{
      "=how =long|=quickly|=soon|=fast",
      "=time =to =convert",
      "=time =from|=between",
      "average|=avg|=median|=mean|=typical|=usual =time",
      "=how =many =days|=hours|=minutes|=weeks =between|=from|=until|=before|="
      "pass",
      "=how =much =time"};
  return std::ranges::any_of(
      forms, [&](auto form) { return has_words(question, form); });
}

struct Step {
  size_t at = 0;
  std::string event;
};

void take_window(Question& question, Plan& plan) {
  const auto lead = find_words(
      question, "=within|=inside #number day|days|hour|week|month|minute");
  const auto one =
      find_words(question, "=within|=inside =a|=an|=one day|hour|week|month");
  if (!lead && !one) {
    assume(plan, "window", "14 days", "no time to convert was named");
    return;
  }
  const Span span = lead ? *lead : *one;
  const auto& tokens = question.tokens;
  std::string_view unit = tokens[span.end - 1].folded;
  if (unit.ends_with('s')) unit.remove_suffix(1);
  plan.window = {
      .count = lead ? count_in(tokens[span.begin + 1]).value_or(14) : 1,
      .unit = unit_named(unit).value_or(Unit::day)};
  take(question, span);
}

// In a funnel a bare noun takes the event of success: "subscription" is the
// one that was started.
const Name* affirmative(const Link& link, const std::vector<Name>& names) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"start", "create", "complete", "succeed", "success"});
  // What is begun comes before what is ended.
  for (const auto word : words) {
    const Name* found = nullptr;
    for (const auto& hit : link.hits) {
      if (hit.score <= link.score() - margin) break;
      const Name& name = names[hit.name];
      if (std::ranges::find(name.stems, stem(word)) == name.stems.end()) {
        continue;
      }
      if (found != nullptr) return nullptr;
      found = &name;
    }
    if (found != nullptr) return found;
  }
  return nullptr;
}

Result<std::optional<Step>> take_step(Question& question,
                                      const std::vector<Name>& names,
                                      Plan& plan) {
  const auto link = find_name(question, names);
  if (!link) return std::nullopt;
  const size_t at = link->span.begin;
  if (link->verdict == Verdict::ambiguous) {
    const Name* name = affirmative(*link, names);
    if (name == nullptr) return several(question, *link, names, event_kind);
    assume(plan, "step", name->raw,
           fmt::format("'{}' reads as the event of success",
                       text_of(question, link->span)),
           link->score());
    take(question, link->span);
    return Step{at, name->raw};
  }
  CLARIBI_TRY_ASSIGN(const auto name,
                     take_name(question, names, event_kind, plan, link->span));
  if (!name) return std::nullopt;
  return Step{at, name->raw};
}

// Between arrows every part must be a step.
Result<void> no_gaps(const Question& question, const std::vector<Name>& names) {
  if (!has_words(question, "->")) return {};
  const Span rest = unread(question, whole(question));
  if (rest.size() == 0) return {};
  const bool alone =
      (rest.begin == 0 || is_separator(question.tokens[rest.begin - 1])) &&
      (rest.end == question.tokens.size() ||
       is_separator(question.tokens[rest.end]));
  if (!alone) return {};
  return no_such(event_kind, text_of(question, rest), names);
}

std::unexpected<Error> too_few(const Question& question,
                               const std::vector<Name>& names,
                               const std::vector<Step>& steps) {
  const Span rest = unread(question, whole(question));
  if (rest.size() > 0) {
    return no_such(event_kind, text_of(question, rest), names);
  }
  std::vector<std::string> readings;
  std::string start = steps.empty() ? std::string{} : steps.front().event;
  for (const auto& name : names) {
    if (name.raw.starts_with('$') || name.raw == start) continue;
    if (start.empty()) {
      start = name.raw;
      continue;
    }
    readings.push_back(fmt::format("funnel from {} to {}", in_question(start),
                                   in_question(name.raw)));
  }
  return unclear("a conversion needs two events: from which to which", readings,
                 "funnel_steps");
}

Result<void> take_steps(Question& question, const source::Schema& schema,
                        Plan& plan) {
  const auto names = event_names(schema);
  const auto action = find_first_action(question);
  // An event of that very name is meant before any reading of the words.
  if (action && !find_name(question, names, *action)) take(question, *action);
  std::vector<Step> steps;
  while (steps.size() < most_steps) {
    CLARIBI_TRY_ASSIGN(auto step, take_step(question, names, plan));
    if (!step) break;
    steps.push_back(std::move(*step));
  }
  CLARIBI_TRY(no_gaps(question, names));
  if (action && steps.size() == 1) {
    const std::array others{steps.front().event};
    if (const Name* name = first_action(names, others)) {
      assume(plan, "step", name->raw, why_first_action(question, *action), 0.7);
      steps.push_back({action->begin, name->raw});
    }
  }
  if (steps.size() < 2) return too_few(question, names, steps);
  std::ranges::stable_sort(steps, {}, &Step::at);
  if (steps.size() == 2 && follows_after(question, steps.back().at)) {
    std::swap(steps.front(), steps.back());
  }
  for (auto& step : steps)
    plan.steps.push_back(std::move(step.event));
  return {};
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  default_time(plan, Unit::day, 30);
  take_window(question, plan);
  CLARIBI_TRY(take_breakdown(question, schema, plan));
  CLARIBI_TRY(take_filters(question, schema, plan));
  CLARIBI_TRY(take_steps(question, schema, plan));
  assume(plan, "order", "ordered", "other events may lie between the steps");
  plan.time_to_convert = asks_how_long(question);
  if (plan.time_to_convert && !plan.breakdown.empty()) {
    assume(plan, "left out", "by " + plan.breakdown.front().property,
           "the time that a funnel takes is not split by a property");
    plan.breakdown.clear();
  }
  if (plan.breakdown.size() > 1) {
    plan.breakdown.resize(1);
    assume(plan, "left out", "the second property",
           "a funnel is split by one property");
  }
  if (plan.compare_to) {
    plan.compare_to.reset();
    assume(plan, "left out", "the comparison",
           "funnels of two periods cannot be asked for at once");
  }
  plan.total = false;
  plan.interval.reset();
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (plan.steps.size() < 2) {
    return fail(ErrorKind::usage, "the plan's funnel has fewer than two steps");
  }
  return once(earlier,
              query_call(plan, "query-funnel", funnel_query(plan, moment)));
}

}  // namespace

json::Value funnel_query(const Plan& plan, const Moment& moment) {
  Value query = json::Object{};
  query.set("kind", "FunnelsQuery");
  Value series = json::Array{};
  for (const auto& step : plan.steps) {
    Value node = json::Object{};
    node.set("kind", "EventsNode");
    node.set("event", step);
    series.push(std::move(node));
  }
  query.set("series", std::move(series));
  query.set("dateRange", date_range(resolve(plan.time, moment)));
  Value filter = json::Object{};
  filter.set("funnelVizType",
             plan.time_to_convert ? "time_to_convert" : "steps");
  filter.set("funnelOrderType", "ordered");
  filter.set("funnelWindowInterval", plan.window.count);
  filter.set("funnelWindowIntervalUnit", unit_name(plan.window.unit));
  query.set("funnelsFilter", std::move(filter));
  if (!plan.filters.empty()) {
    query.set("properties", filters_json(plan.filters));
  }
  if (!plan.breakdown.empty()) {
    const auto& breakdown = plan.breakdown.front();
    Value split = json::Object{};
    split.set("breakdown", breakdown.property);
    split.set("breakdown_type",
              breakdown.on == Owner::person ? "person" : "event");
    query.set("breakdownFilter", std::move(split));
  }
  return query;
}

const Frame funnel_frame{
    .name = "funnel",
    .example = "Conversion from signup to upload within 7 days",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
