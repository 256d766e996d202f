// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

using Column = std::pair<std::string_view, std::string_view>;

constexpr std::array<Column, 7> event_columns = {{{"uuid", "string"},
                                                  {"event", "string"},
                                                  {"timestamp", "datetime"},
                                                  {"distinct_id", "string"},
                                                  {"person_id", "string"},
                                                  {"$session_id", "string"},
                                                  {"properties", "json"}}};
constexpr std::array<Column, 4> person_columns = {{{"id", "string"},
                                                   {"distinct_id", "string"},
                                                   {"created_at", "datetime"},
                                                   {"properties", "json"}}};
constexpr std::array<Column, 6> session_columns = {
    {{"session_id", "string"},
     {"distinct_id", "string"},
     {"person_id", "string"},
     {"$start_timestamp", "datetime"},
     {"$end_timestamp", "datetime"},
     {"$session_duration", "float"}}};

bool is_whole(const json::Value& value) {
  return value.integer().has_value();
}

std::string_view hogql_type(const PropertySpec& spec) {
  if (spec.type == "Boolean") return "boolean";
  if (spec.type == "DateTime") return "datetime";
  if (spec.type != "Numeric") return "string";
  const bool whole =
      !spec.values.empty() && std::ranges::all_of(spec.values, is_whole);
  return whole ? "integer" : "float";
}

void add_field(json::Value& fields, const std::string& name,
               std::string_view type) {
  if (fields.has(name)) return;
  fields.set(name, json::Object{{"name", name},
                                {"hogql_value", name},
                                {"type", type},
                                {"schema_valid", true}});
}

json::Value fields_of(std::span<const Column> columns) {
  json::Value fields = json::Object{};
  for (const auto& [name, type] : columns)
    add_field(fields, std::string(name), type);
  return fields;
}

// In HogQL a name that is not one word is written in backticks.
void add_properties(json::Value& fields,
                    const std::vector<PropertySpec>& properties) {
  for (const PropertySpec& property : properties) {
    add_field(fields, "properties." + property.name, hogql_type(property));
  }
}

json::Value table(std::string_view name, json::Value fields) {
  return json::Object{{"type", "posthog"},
                      {"id", name},
                      {"name", name},
                      {"fields", std::move(fields)}};
}

}  // namespace

Result<ToolAnswer> hogql_schema(const World& world, const json::Value&) {
  json::Value events = fields_of(event_columns);
  for (const EventSpec& event : world.project.events)
    add_properties(events, event.properties);
  json::Value persons = fields_of(person_columns);
  add_properties(persons, world.project.person_properties);
  json::Value tables =
      json::Object{{"events", table("events", std::move(events))},
                   {"persons", table("persons", std::move(persons))},
                   {"sessions", table("sessions", fields_of(session_columns))}};
  return ToolAnswer{
      .value = json::Object{{"tables", std::move(tables)},
                            {"joins", json::Value(json::Array{})}},
      .structured = true};
}

json::Value hogql_schema_schema() {
  return json::Object{{"type", "object"},
                      {"properties", json::Value(json::Object{})}};
}

}  // namespace claribi::demo
