// SPDX-License-Identifier: MIT
#include "plan/event_links.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

std::vector<const Name*> meant_alike(const Link& link,
                                     const std::vector<Name>& names) {
  std::vector<const Name*> meant;
  for (const Hit& hit : link.hits) {
    if (hit.score <= link.score() - margin) break;
    meant.push_back(&names[hit.name]);
  }
  return meant;
}

}  // namespace

source::Schema in_order(source::Schema schema) {
  std::ranges::sort(schema.events, [](const auto& a, const auto& b) {
    return a.volume != b.volume ? a.volume > b.volume : a.name < b.name;
  });
  std::ranges::stable_sort(schema.properties, [](const auto& a, const auto& b) {
    return std::tie(a.owner, a.name) < std::tie(b.owner, b.name);
  });
  return schema;
}

std::vector<const source::EventInfo*> likely_events(
    const Question& question, const source::Schema& schema) {
  Question rest = question;
  const auto names = event_names(schema);
  std::vector<const source::EventInfo*> events;
  for (auto link = find_name(rest, names); link;
       link = find_name(rest, names)) {
    if (link->score() < contained_floor) break;
    for (const Name* name : meant_alike(*link, names)) {
      events.push_back(&schema.events[name->owner]);
    }
    take(rest, link->span);
  }
  return events;
}

bool surely_has(const source::EventInfo& event, std::string_view property) {
  return std::ranges::find(event.properties, property) !=
         event.properties.end();
}

bool may_have(const source::Schema& schema, const source::EventInfo& event,
              std::string_view property) {
  const bool known = schema.properties_by_event || !event.properties.empty();
  return !known || property.starts_with('$') || surely_has(event, property);
}

std::vector<std::string> asked_properties(const Plan& plan) {
  std::vector<std::string> asked;
  for (const Filter& filter : plan.filters) {
    if (filter.on == Owner::event) asked.push_back(filter.property);
  }
  for (const Breakdown& breakdown : plan.breakdown) {
    if (breakdown.on == Owner::event) asked.push_back(breakdown.property);
  }
  return asked;
}

const Name* only_fitting(const Link& link, const std::vector<Name>& names,
                         const source::Schema& schema,
                         const std::vector<std::string>& properties) {
  auto meant = meant_alike(link, names);
  std::erase_if(meant, [&](const Name* name) {
    const auto& event = schema.events[name->owner];
    return !std::ranges::all_of(properties, [&](const auto& property) {
      return may_have(schema, event, property);
    });
  });
  if (meant.size() > 1) {
    std::erase_if(meant, [](const Name* name) { return name->volume == 0; });
  }
  return meant.size() == 1 ? meant.front() : nullptr;
}

}  // namespace claribi::plan
