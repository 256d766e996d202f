// SPDX-License-Identifier: MIT
#include "source/known_schema.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "json/reader.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace claribi::source {
namespace {

using json::Value;

struct Part {
  std::string_view name;
  bool SchemaNeeds::* wanted;
};
constexpr std::array<Part, 5> parts{{
    {"events", &SchemaNeeds::events},
    {"properties", &SchemaNeeds::properties},
    {"flags", &SchemaNeeds::flags},
    {"cohorts", &SchemaNeeds::cohorts},
    {"dashboards", &SchemaNeeds::dashboards},
}};

struct OwnerName {
  PropertyOwner owner;
  std::string_view name;
};
constexpr std::array<OwnerName, 3> owners{{
    {PropertyOwner::event, "event"},
    {PropertyOwner::person, "person"},
    {PropertyOwner::session, "session"},
}};

Value events_json(const Schema& schema) {
  Value list = json::Array{};
  for (const EventInfo& event : schema.events) {
    Value properties = json::Array{};
    for (const std::string& property : event.properties)
      properties.push(property);
    list.push(Value()
                  .set("name", event.name)
                  .set("volume", event.volume)
                  .set("properties", std::move(properties)));
  }
  return list;
}

Value properties_json(const Schema& schema) {
  Value list = json::Array{};
  for (const PropertyInfo& property : schema.properties) {
    const auto* const owner =
        std::ranges::find(owners, property.owner, &OwnerName::owner);
    list.push(Value()
                  .set("name", property.name)
                  .set("owner", owner->name)
                  .set("type", property.type));
  }
  return list;
}

Value objects_json(const std::vector<NamedObject>& objects) {
  Value list = json::Array{};
  for (const NamedObject& object : objects) {
    list.push(Value()
                  .set("id", object.id)
                  .set("name", object.name)
                  .set("key", object.key));
  }
  return list;
}

std::vector<NamedObject> objects_in(const Value& list) {
  std::vector<NamedObject> objects;
  for (const Value& item : list.items()) {
    objects.push_back({item["id"].text_or(""), item["name"].text_or(""),
                       item["key"].text_or("")});
  }
  return objects;
}

Schema schema_in(const Value& value) {
  Schema schema;
  for (const Value& item : value["events"].items()) {
    EventInfo event{.name = item["name"].text_or(""),
                    .volume = item["volume"].integer().value_or(0)};
    for (const Value& property : item["properties"].items())
      event.properties.push_back(property.text_or(""));
    schema.events.push_back(std::move(event));
  }
  for (const Value& item : value["properties"].items()) {
    const std::string name = item["owner"].text_or("");
    const auto* const owner = std::ranges::find(owners, name, &OwnerName::name);
    if (owner == owners.end()) continue;
    schema.properties.push_back({item["name"].text_or(""), owner->owner,
                                 item["type"].text_or("String")});
  }
  schema.properties_by_event =
      value["properties_by_event"].boolean().value_or(false);
  schema.flags = objects_in(value["flags"]);
  schema.cohorts = objects_in(value["cohorts"]);
  schema.dashboards = objects_in(value["dashboards"]);
  return schema;
}

}  // namespace

bool covers(const SchemaNeeds& known, const SchemaNeeds& needed) {
  return std::ranges::all_of(parts, [&](const Part& part) {
    return known.*part.wanted || !(needed.*part.wanted);
  });
}

KnownSchema merged(KnownSchema earlier, KnownSchema later) {
  bool took = false;
  const auto keep = [&](bool SchemaNeeds::* wanted, auto list) {
    if (later.parts.*wanted || !(earlier.parts.*wanted)) return;
    later.schema.*list = std::move(earlier.schema.*list);
    later.parts.*wanted = true;
    took = true;
  };
  keep(&SchemaNeeds::flags, &Schema::flags);
  keep(&SchemaNeeds::cohorts, &Schema::cohorts);
  keep(&SchemaNeeds::dashboards, &Schema::dashboards);
  // Events know their properties: the two go together.
  const bool richer = earlier.parts.properties && !later.parts.properties;
  if (richer || (!later.parts.events && earlier.parts.events)) {
    later.schema.events = std::move(earlier.schema.events);
    later.schema.properties = std::move(earlier.schema.properties);
    later.schema.properties_by_event = earlier.schema.properties_by_event;
    later.parts.events = earlier.parts.events;
    later.parts.properties = earlier.parts.properties;
    took = true;
  }
  if (took)
    later.received_at = std::min(later.received_at, earlier.received_at);
  return later;
}

std::string known_schema_text(const KnownSchema& known) {
  Value known_parts = json::Array{};
  for (const Part& part : parts) {
    if (known.parts.*part.wanted) known_parts.push(part.name);
  }
  Value text = json::Object{};
  text.set("received_at", format_instant(known.received_at));
  text.set("parts", std::move(known_parts));
  text.set("events", events_json(known.schema));
  text.set("properties", properties_json(known.schema));
  text.set("properties_by_event", known.schema.properties_by_event);
  text.set("flags", objects_json(known.schema.flags));
  text.set("cohorts", objects_json(known.schema.cohorts));
  text.set("dashboards", objects_json(known.schema.dashboards));
  return json::compact(text) + "\n";
}

std::optional<KnownSchema> read_known_schema(std::string_view text,
                                             Instant now) {
  const auto parsed = json::parse(text);
  if (!parsed || !(*parsed)["parts"].is_array()) return std::nullopt;
  const auto received_at = parse_instant((*parsed)["received_at"].text_or(""));
  if (!received_at || *received_at > now) return std::nullopt;
  KnownSchema known{.schema = schema_in(*parsed), .received_at = *received_at};
  for (const Value& name : (*parsed)["parts"].items()) {
    for (const Part& part : parts) {
      if (name.string() == part.name) known.parts.*part.wanted = true;
    }
  }
  return known;
}

}  // namespace claribi::source
