// SPDX-License-Identifier: MIT
// Which events and properties there are, and which values.
#include <array>
#include <optional>
#include <utility>

#include "base/result.hpp"
#include "plan/event_links.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/properties.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 13> cues{{
    {"=what|=which event property|properties", 5.0},
    {"=what|=which person|user property|properties", 5.0},
    {"=what|=which events|=properties|=tables|=columns|=fields", 3.5},
    {"=list|=all|=show events|=properties|=tables|=columns", 3.0},
    {"=event =properties|=property|=names|=definitions", 3.0},
    {"schema|taxonomy", 4.0},
    {"=can =i|=we =query", 3.0},
    {"=do|=are =we|=i|=you =track|=tracking|=capture|=collect", 3.0},
    {"=possible|=actual|=distinct|=known|=different =values|=value", 5.0},
    {"=values =of|=for|=does|=do|=can", 4.0},
    {"=what|=which values", 4.0},
    {"=properties =of|=does|=on|=for|=are", 3.5},
    {"=how =many", -4.0},
}};

bool asks_for_values(const Question& question) {
  return has_words(question, "=values|=value");
}
bool asks_for_properties(const Question& question) {
  return has_words(question, "property|properties|=fields|=attributes");
}

// The event whose values are told when none is named: the most frequent one
// that has the property.
std::optional<std::string> event_of(const source::Schema& schema,
                                    const source::PropertyInfo& property) {
  for (const auto& event : schema.events) {
    const bool everywhere =
        property.name.starts_with('$') && event.name != "$autocapture";
    if (everywhere || surely_has(event, property.name)) return event.name;
  }
  if (schema.events.empty()) return std::nullopt;
  return schema.events.front().name;
}

// Values of which property, of which event.
Result<void> take_values_of(Question& question, const source::Schema& schema,
                            Plan& plan) {
  const Properties properties(schema);
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    const auto found = properties.beginning_at(question, at);
    if (!found || found->score < synonym_score) continue;
    say_property(question, *found, plan);
    take(question, found->span);
    plan.breakdown.push_back({.on = owner_of(found->property->owner),
                              .property = found->property->name});
    const auto events = likely_events(question, schema);
    const auto event = events.empty() ? event_of(schema, *found->property)
                                      : std::optional(events.front()->name);
    if (!event) return no_such(event_kind, "", {});
    if (events.empty() &&
        found->property->owner == source::PropertyOwner::event) {
      assume(plan, "event", *event, "the most frequent event that has it",
             accept_score);
    }
    plan.series.push_back({.event = event});
    return {};
  }
  const Span rest = unread(question, whole(question));
  return no_such(property_kind, text_of(question, rest), properties.names());
}

// Properties of which event, if one is named.
void take_event(Question& question, const source::Schema& schema, Plan& plan) {
  const auto names = event_names(schema);
  const auto link = find_name(question, names);
  const bool sure = link && (link->verdict == Verdict::sure ||
                             link->score() >= synonym_score);
  if (!sure) return;
  take(question, link->span);
  plan.series.push_back({.event = names[link->best()].raw});
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  if (asks_for_values(question)) return take_values_of(question, schema, plan);
  if (asks_for_properties(question)) take_event(question, schema, plan);
  const auto about = find_words(question, "=about|=around|=regarding|=related");
  if (!about) return {};
  const Span rest = unread(question, {about->end, question.tokens.size()});
  if (rest.size() > 0) plan.search = text_of(question, rest);
  return {};
}

source::ToolCall schema_call(std::string_view kind, const Plan& plan) {
  json::Value query;
  query.set("kind", kind).set("event_name", *plan.series.front().event);
  if (!plan.breakdown.empty()) {
    query.set("property_name", plan.breakdown.front().property);
  }
  return {"read-data-schema", json::Value().set("query", std::move(query))};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (plan.series.empty() || !plan.series.front().event) {
    return once(earlier, {.tool = "hogql-schema"});
  }
  return once(earlier,
              schema_call(plan.breakdown.empty() ? "event_properties"
                                                 : "event_property_values",
                          plan));
}

}  // namespace

const Frame schema_frame{
    .name = "schema",
    .example = "What event properties can I query?",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .grained = -3.0,
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
