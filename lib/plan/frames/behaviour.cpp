// SPDX-License-Identifier: MIT
#include "plan/frames/behaviour.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/breakdown.hpp"
#include "plan/filters.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

const source::EventInfo* most_frequent(const source::Schema& schema,
                                       bool views_only) {
  const source::EventInfo* best = nullptr;
  for (const auto& event : schema.events) {
    const bool view = event.name == "$pageview" || event.name == "$screen";
    if (views_only && !view) continue;
    if (best == nullptr || event.volume > best->volume) best = &event;
  }
  return best;
}

}  // namespace

std::string assume_any_use(const source::Schema& schema, Plan& plan,
                           std::string_view slot) {
  if (const auto* view = most_frequent(schema, true)) {
    assume(plan, slot, view->name,
           "no event was named; a view stands for any use of the product");
    return view->name;
  }
  const auto* event = most_frequent(schema, false);
  std::string name = event == nullptr ? std::string{} : event->name;
  assume(plan, slot, name,
         "no event was named; the most frequent one stands for any use of the "
         "product",
         0.6);
  return name;
}

Result<std::string> take_activity(Question& question,
                                  const source::Schema& schema, Plan& plan) {
  CLARIBI_TRY_ASSIGN(auto events, take_events(question, schema, plan, 1));
  if (!events.empty()) return std::move(events.front());
  const Span rest = unread(question, whole(question));
  if (rest.size() > 0) {
    return no_such(event_kind, text_of(question, rest), event_names(schema));
  }
  return assume_any_use(schema, plan, "event");
}

Result<void> take_restrictions(Question& question, const source::Schema& schema,
                               Plan& plan, std::string_view what) {
  CLARIBI_TRY(take_breakdown(question, schema, plan));
  CLARIBI_TRY(take_filters(question, schema, plan));
  for (const auto& breakdown : plan.breakdown) {
    assume(plan, "left out", "by " + breakdown.property,
           fmt::format("PostHog does not split {} by a property", what));
  }
  plan.breakdown.clear();
  plan.limit.reset();
  plan.total = false;
  if (!plan.compare_to) return {};
  plan.compare_to.reset();
  assume(plan, "left out", "the comparison",
         fmt::format("{} of two periods cannot be asked for at once", what));
  return {};
}

bool follows_after(const Question& question, size_t at) {
  for (size_t back = at; back > 0; --back) {
    if (words_at(question, "=after|=since|=following|=once", back - 1)) {
      return true;
    }
    if (!is_filler(question.tokens[back - 1])) return false;
  }
  return false;
}

bool has_no_period(const TimeRange& range) {
  return range.kind == TimeRange::Kind::unsaid ||
         (range.kind == TimeRange::Kind::calendar && range.phrase.empty());
}

Value dated_query(const Plan& plan, std::string_view kind,
                  const Moment& moment) {
  Value query = json::Object{};
  query.set("kind", kind);
  query.set("dateRange", date_range(resolve(plan.time, moment)));
  if (!plan.filters.empty()) {
    query.set("properties", filters_json(plan.filters));
  }
  return query;
}

Value event_nodes(const Plan& plan) {
  Value nodes = json::Array{};
  for (const auto& series : plan.series) {
    Value node = json::Object{};
    node.set("kind", "EventsNode");
    node.set("event", series.event ? Value(*series.event) : Value());
    nodes.push(std::move(node));
  }
  return nodes;
}

}  // namespace claribi::plan
