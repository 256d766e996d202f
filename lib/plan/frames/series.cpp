// SPDX-License-Identifier: MIT
#include "plan/frames/series.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/frames/queries.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr size_t most_series = 5;

struct Aggregate {
  std::string_view words;
  Math math;
  // "Total signups" counts; only "sum of" insists on a property.
  bool needs_property = true;
};
constexpr std::array<Aggregate, 12> aggregates{{
    {"=95th percentile", Math::p95},
    {"=99th percentile", Math::p99},
    {"=90th percentile", Math::p90},
    {"=75th percentile", Math::p75},
    {"=p75", Math::p75},
    {"=p90", Math::p90},
    {"=p95", Math::p95},
    {"=p99", Math::p99},
    {"=median", Math::median},
    {"=max|=maximum|=highest|=largest|=biggest", Math::max, false},
    {"=min|=minimum|=lowest|=smallest", Math::min, false},
    {"=average|=avg|=mean", Math::avg, false},
}};
constexpr std::string_view sum_words = "=sum|=total|=summed";
constexpr std::string_view money_words =
    "revenue|=sales|income|earnings|=mrr|=turnover";

bool has_any_stem(const Name& name, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return std::ranges::find(name.stems, stem(word)) != name.stems.end();
  });
}

std::vector<Name> numeric_names(const source::Schema& schema) {
  std::vector<Name> names = property_names(schema);
  std::erase_if(names, [&](const Name& name) {
    return schema.properties[name.owner].type != "Numeric";
  });
  return names;
}

// Money that has no name of its own: the only property of an amount.
Result<void> take_money(Question& question, const source::Schema& schema,
                        Plan& plan, Series& series) {
  static constexpr auto amounts = std::to_array<std::string_view>(
      {"amount", "price", "revenue", "usd", "eur", "cost", "mrr", "total"});
  static constexpr auto payings = std::to_array<std::string_view>(
      {"pay", "purchase", "order", "bill", "charge", "invoice", "checkout",
       "buy", "sale"});
  const auto word = find_words(question, money_words);
  std::vector<Name> candidates = numeric_names(schema);
  std::erase_if(candidates,
                [](const Name& name) { return !has_any_stem(name, amounts); });
  if (candidates.size() != 1) {
    std::vector<std::string> readings;
    for (const auto& name : candidates) {
      readings.push_back(fmt::format("sum of {} by day for the last 30 days",
                                     in_question(name.raw)));
    }
    return unclear(candidates.empty()
                       ? "no numeric property tells an amount of money"
                       : "several properties can be the money that is meant",
                   readings);
  }
  take(question, *word);
  series.math = Math::sum;
  series.property = candidates.front().raw;
  assume(plan, "property", *series.property,
         fmt::format("'{}' reads as the sum of the only amount",
                     text_of(question, *word)),
         0.8);
  if (series.event) return {};
  std::vector<Name> events = event_names(schema);
  std::erase_if(events,
                [](const Name& name) { return !has_any_stem(name, payings); });
  // A payment that failed brought nothing.
  static constexpr auto losses = std::to_array<std::string_view>(
      {"fail", "decline", "refund", "cancel", "void"});
  std::erase_if(events,
                [](const Name& name) { return has_any_stem(name, losses); });
  if (events.size() == 1) {
    series.event = events.front().raw;
    assume(plan, "event", with_volume(events.front()),
           "the only event of paying", 0.8);
  }
  return {};
}

// Whether the words mean the property and no event. A sum, which every "total"
// could be, needs the property's own words.
bool means_property(const Question& question, const source::Schema& schema,
                    const Link& link, Math math) {
  if (link.verdict == Verdict::sure) return true;
  if (link.verdict != Verdict::doubtful || math == Math::sum) return false;
  const auto events = event_names(schema);
  const auto event = find_name(question, events, link.span);
  return !event || event->score() < link.score();
}

Result<void> no_property(const Question& question, const source::Schema& schema,
                         std::string_view words) {
  std::vector<std::string> readings;
  for (const auto& name : numeric_names(schema)) {
    readings.push_back(
        fmt::format("{} {}", question.text, in_question(name.raw)));
  }
  return unclear(
      fmt::format("'{}' needs a numeric property, and none is named", words),
      readings);
}

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
      "=how =many people|person|user|visitor|customer",
      "=number =of people|person|user|visitor|customer",
      "unique|distinct people|person|user|visitor|customer", "=who"};
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
                                             Plan& plan, size_t most) {
  struct Placed {
    size_t at;
    std::string event;
  };
  const auto names = event_names(schema);
  std::vector<Placed> found;
  while (found.size() < most) {
    const auto link = find_name(question, names);
    // Further names must be sure: leftovers are said aloud, not guessed.
    if (!link || (!found.empty() && link->verdict != Verdict::sure &&
                  link->score() < contained_floor)) {
      break;
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
      take_events(question, schema, plan, several_said ? most_series : 1));
  count_people(question, plan, pattern);
  // "Downloads per upload": one event measured by another.
  if (per_event && events.size() == 2) plan.formula = "A/B";
  std::vector<Series> all;
  for (const auto& event : events) {
    all.push_back({event, pattern.math, pattern.property});
  }
  if (!all.empty()) return all;
  const Span rest = unread(question, whole(question));
  if (pattern.event || pattern.property) {
    if (!pattern.event) {
      assume(plan, "event", "all events", "no event was named", 0.7);
    }
    return std::vector{pattern};
  }
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

Result<void> take_aggregation(Question& question, const source::Schema& schema,
                              Plan& plan, Series& series) {
  const Aggregate* wanted = nullptr;
  std::optional<Span> words;
  for (const auto& row : aggregates) {
    words = find_words(question, row.words);
    if (words) {
      wanted = &row;
      break;
    }
  }
  static constexpr Aggregate sum{sum_words, Math::sum, false};
  if (wanted == nullptr) {
    words = find_words(question, sum_words);
    if (words) wanted = &sum;
  }
  if (wanted != nullptr) {
    // Only in the very words: "total uploads" must not become a sum of some
    // property that has "upload" in its name.
    const auto names = numeric_names(schema);
    const auto link = find_name(question, names);
    if (link && means_property(question, schema, *link, wanted->math)) {
      CLARIBI_TRY_ASSIGN(
          const auto name,
          take_name(question, names, property_kind, plan, link->span));
      if (name) {
        series.math = wanted->math;
        series.property = name->raw;
        take(question, *words);
        return {};
      }
    }
  }
  if (has_words(question, money_words)) {
    const auto link = find_name(question, event_names(schema));
    const bool event_of_that_name =
        link && link->score() >= reordered_score &&
        words_at(question, money_words, link->span.begin);
    if (!event_of_that_name) return take_money(question, schema, plan, series);
  }
  if (wanted == nullptr) return {};
  const std::string said = text_of(question, *words);
  take(question, *words);
  if (wanted->needs_property) return no_property(question, schema, said);
  if (wanted->math != Math::sum) {
    assume(plan, "count", "events",
           fmt::format("'{}' is read off the counts: no numeric property is "
                       "named",
                       said),
           0.7);
  }
  return {};
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
