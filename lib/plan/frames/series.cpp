// SPDX-License-Identifier: MIT
#include "plan/frames/series.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/event_links.hpp"
#include "plan/frames/aggregation.hpp"
#include "plan/frames/queries.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr size_t most_series = 5;

bool names_event_after_per(const Question& question,
                           const source::Schema& schema) {
  const auto per = find_words(question, "=per");
  if (!per || question.tokens[per->begin].used) return false;
  const auto names = event_names(schema);
  const auto link =
      find_name(question, names, {per->end, question.tokens.size()});
  return link && link->span.begin <= per->end + 1;
}

bool speaks_of_all(const Question& question) {
  return has_words(question, "event") &&
         unread(question, whole(question)).size() == 0;
}

void count_people(const Question& question, Plan& plan, Series& series) {
  static constexpr std::array<std::string_view, 4> people{
      "=how =many #people", "=number =of #people", "unique|distinct #people",
      "=who"};
  if (has_words(question, "unique|distinct session")) {
    series.math = Math::unique_session;
    return;
  }
  const bool said = std::ranges::any_of(
      people, [&](auto words) { return has_words(question, words); });
  if (!said || series.math != Math::total) return;
  series.math = Math::dau;
  assume(plan, "count", "people", "people are counted, each one once");
}

// One of several events that are meant alike, chosen by what is asked of it.
void assume_fitting(const Question& question, const Link& link,
                    const std::vector<Name>& names, const Name& name,
                    Plan& plan) {
  // An event that stopped may still be the one that was meant.
  const bool stopped = std::ranges::any_of(link.hits, [&](const Hit& hit) {
    return hit.score > link.score() - margin && names[hit.name].volume == 0;
  });
  assume(plan, "event", name.raw,
         fmt::format("'{}' reads as the only event of that kind that {}",
                     text_of(question, link.span),
                     stopped ? "still happens" : "has what is asked for"),
         stopped ? 0.75 : accept_score);
}

// The event that an aggregated property belongs to, when none was named:
// nothing for all events, if the server cannot say. Fails
// (needs_clarification) for a property of several.
Result<std::optional<std::string>> event_with(const Question& question,
                                              const source::Schema& schema,
                                              const std::string& property,
                                              Plan& plan) {
  std::vector<std::string> events;
  for (const auto& event : schema.events) {
    if (surely_has(event, property)) events.push_back(event.name);
  }
  if (events.size() == 1) {
    assume(plan, "event", events.front(),
           fmt::format("the only event that has {}", property), accept_score);
    return events.front();
  }
  if (events.empty()) {
    assume(plan, "event", "all events", "no event was named", 0.7);
    return std::nullopt;
  }
  std::vector<std::string> readings;
  readings.reserve(events.size());
  for (const std::string& event : events) {
    readings.push_back(
        fmt::format("{} of {}", question.text, in_question(event)));
  }
  auto error =
      unclear(fmt::format("several events have '{}'", property), readings);
  error.error().unsettled.candidates = events;
  return error;
}

Value series_node(const Series& series) {
  Value node = json::Object{};
  node.set("kind", "EventsNode");
  node.set("event", series.event ? Value(*series.event) : Value());
  node.set("math", math_name(series.math));
  if (series.property) node.set("math_property", *series.property);
  return node;
}

Value breakdown_filter(const Plan& plan) {
  Value list = json::Array{};
  for (const auto& breakdown : plan.breakdown) {
    Value item = json::Object{};
    item.set("property", breakdown.property);
    item.set("type", breakdown.on == Owner::person    ? "person"
                     : breakdown.on == Owner::session ? "session"
                                                      : "event");
    list.push(std::move(item));
  }
  Value out = json::Object{};
  out.set("breakdowns", std::move(list));
  if (plan.limit) out.set("breakdown_limit", *plan.limit);
  return out;
}

Value trends_filter(const Plan& plan) {
  Value out = json::Object{};
  if (plan.total) {
    const bool bars =
        !plan.breakdown.empty() || (plan.series.size() > 1 && !plan.formula);
    out.set("display", bars ? "ActionsBarValue" : "BoldNumber");
  }
  if (plan.formula) {
    Value node = json::Object{};
    node.set("formula", *plan.formula);
    Value nodes = json::Array{};
    nodes.push(std::move(node));
    out.set("formulaNodes", std::move(nodes));
  }
  return out;
}

Value trends_query(const Plan& plan, const Moment& moment) {
  const ResolvedRange range = resolve(plan.time, moment);
  Value query = json::Object{};
  query.set("kind", "TrendsQuery");
  Value list = json::Array{};
  for (const auto& series : plan.series)
    list.push(series_node(series));
  query.set("series", std::move(list));
  query.set("dateRange", date_range(range));
  if (!plan.total) {
    query.set("interval",
              unit_name(plan.interval.value_or(default_interval(range))));
  }
  if (!plan.filters.empty()) {
    query.set("properties", filters_json(plan.filters));
  }
  if (!plan.breakdown.empty()) {
    query.set("breakdownFilter", breakdown_filter(plan));
  }
  if (plan.compare_to) {
    Value compare = json::Object{};
    compare.set("compare", true);
    compare.set("compare_to", *plan.compare_to);
    query.set("compareFilter", std::move(compare));
  }
  Value filter = trends_filter(plan);
  if (filter.size() > 0) query.set("trendsFilter", std::move(filter));
  return query;
}

}  // namespace

Result<void> need_events(const source::Schema& schema) {
  if (!schema.events.empty()) return {};
  return no_such(event_kind, "", {});
}

void assume_usual(Plan& plan) {
  assume(plan, "test accounts", "the project's setting",
         "the question does not say whether they count");
}

Result<std::vector<std::string>> take_events(Question& question,
                                             const source::Schema& schema,
                                             Plan& plan, size_t most,
                                             const std::string& property) {
  struct Placed {
    size_t at;
    std::string event;
  };
  const auto names = event_names(schema);
  auto needed = asked_properties(plan);
  if (!property.empty()) needed.push_back(property);
  std::vector<Placed> found;
  while (found.size() < most) {
    const auto link = find_name(question, names);
    // Further names must be sure: leftovers are said aloud, not guessed.
    if (!link || (!found.empty() && link->verdict != Verdict::sure &&
                  link->score() < contained_floor)) {
      break;
    }
    if (const Name* fitting = link->verdict == Verdict::ambiguous
                                  ? only_fitting(*link, names, schema, needed)
                                  : nullptr) {
      assume_fitting(question, *link, names, *fitting, plan);
      found.push_back({link->span.begin, fitting->raw});
      take(question, link->span);
      continue;
    }
    CLARIBI_TRY_ASSIGN(const auto name, take_name(question, names, event_kind,
                                                  plan, link->span));
    if (!name) break;
    found.push_back({link->span.begin, name->raw});
  }
  std::ranges::stable_sort(found, {}, &Placed::at);
  std::vector<std::string> events;
  for (auto& placed : found) {
    if (std::ranges::find(events, placed.event) == events.end()) {
      events.push_back(std::move(placed.event));
    }
  }
  return events;
}

Result<std::vector<Series>> take_series(Question& question,
                                        const source::Schema& schema,
                                        Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  Series pattern;
  CLARIBI_TRY(take_aggregation(question, schema, plan, pattern));
  const bool per_event = names_event_after_per(question, schema);
  const bool several_said =
      per_event ||
      has_words(question, "=and|=vs|=vs.|=versus|compare|,|=or|=to|=with");
  CLARIBI_TRY_ASSIGN(
      const auto events,
      take_events(question, schema, plan, several_said ? most_series : 1,
                  pattern.property.value_or("")));
  count_people(question, plan, pattern);
  // "Downloads per upload": one event measured by another.
  if (per_event && events.size() == 2) plan.formula = "A/B";
  std::vector<Series> all;
  for (const auto& event : events) {
    all.push_back({event, pattern.math, pattern.property});
  }
  if (!all.empty()) return all;
  const Span rest = unread(question, whole(question));
  if (pattern.property && !pattern.event) {
    CLARIBI_TRY_ASSIGN(pattern.event,
                       event_with(question, schema, *pattern.property, plan));
  }
  if (pattern.event || pattern.property) return std::vector{pattern};
  if (speaks_of_all(question)) {
    assume(plan, "event", "all events", "no event was named");
    return std::vector{pattern};
  }
  if (rest.size() > 0) {
    return no_such(event_kind, text_of(question, rest), event_names(schema));
  }
  std::vector<std::string> readings;
  for (const auto& event : example_events(schema)) {
    readings.push_back(
        fmt::format("{} per day for the last 30 days", in_question(event)));
  }
  return unclear("which event is meant was not said", readings);
}

Result<std::vector<source::ToolCall>> trends_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (plan.series.empty()) {
    return fail(ErrorKind::usage, "the plan has no series to count");
  }
  return once(earlier,
              query_call(plan, "query-trends", trends_query(plan, moment)));
}

}  // namespace claribi::plan
