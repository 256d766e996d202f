// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// One query brings names and volumes; the typed schema tools bring names only.
constexpr std::string_view events_query =
    "select event, count() as volume from events "
    "where timestamp >= now() - interval 30 day "
    "group by event order by volume desc, event limit 500";

ToolCall sql_call(std::string_view query) {
  json::Value source;
  source.set("kind", "HogQLQuery").set("query", query);
  json::Value node;
  node.set("kind", "DataVisualizationNode").set("source", std::move(source));
  return {"query-run", json::Value().set("query", std::move(node))};
}

// Newer servers name the properties of one thing at a time: those of the most
// frequent events have to do.
constexpr size_t events_with_properties = 5;

ToolCall properties_call(std::string_view kind, std::string_view argument,
                         std::string_view name) {
  json::Value query;
  query.set("kind", kind).set(argument, name);
  return {"read-data-schema", json::Value().set("query", std::move(query))};
}

std::string property_type(std::string_view field_type) {
  if (field_type == "integer" || field_type == "float") return "Numeric";
  if (field_type == "boolean") return "Boolean";
  if (field_type == "datetime" || field_type == "date") return "DateTime";
  return "String";
}

void read_events(const table::Table& table, Schema& schema) {
  for (size_t i = 0; i < table.rows.size(); ++i) {
    schema.events.push_back({table.cell(i, "event").text_or(""),
                             table.cell(i, "volume").integer().value_or(0)});
  }
}

// Rows of hogql-schema: the fields named "properties.NAME" are the properties
// of the table's things.
void read_properties(const table::Table& table, Schema& schema) {
  constexpr std::string_view prefix = "properties.";
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const std::string owner = table.cell(i, "table").text_or("");
    const std::string field = table.cell(i, "field").text_or("");
    if (!field.starts_with(prefix)) continue;
    if (owner != "events" && owner != "persons") continue;
    schema.properties.push_back(
        {field.substr(prefix.size()),
         owner == "events" ? PropertyOwner::event : PropertyOwner::person,
         property_type(table.cell(i, "type").text_or(""))});
  }
}

// The names that a call of properties_call() brought, each once.
void read_property_names(const ToolCall& canonical, const table::Table& table,
                         Schema& schema) {
  const bool person =
      canonical.arguments["query"]["kind"].string() == "entity_properties";
  const auto owner = person ? PropertyOwner::person : PropertyOwner::event;
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const std::string name = table.cell(i, "name").text_or("");
    const bool known = std::ranges::any_of(
        schema.properties, [&](const PropertyInfo& property) {
          return property.owner == owner && property.name == name;
        });
    if (known || name.empty()) continue;
    const std::string type = table.cell(i, "property_type").text_or("String");
    schema.properties.push_back({name, owner, type});
  }
}

std::string id_text(const json::Value& id) {
  return std::string(id.number_text().value_or(id.string().value_or("")));
}

void read_objects(const table::Table& table,
                  std::vector<NamedObject>& objects) {
  for (size_t i = 0; i < table.rows.size(); ++i) {
    objects.push_back({id_text(table.cell(i, "id")),
                       table.cell(i, "name").text_or(""),
                       table.cell(i, "key").text_or("")});
  }
}

// An insight that nobody named has the name that PostHog made for it.
void read_insights(const table::Table& table,
                   std::vector<NamedObject>& insights) {
  for (size_t i = 0; i < table.rows.size(); ++i) {
    std::string name = table.cell(i, "name").text_or("");
    if (name.empty()) name = table.cell(i, "derived_name").text_or("");
    const std::string id = id_text(table.cell(i, "short_id"));
    if (!id.empty()) insights.push_back({id, std::move(name)});
  }
}

}  // namespace

std::vector<ToolCall> schema_calls(const SchemaNeeds& needs,
                                   const Dialect& dialect) {
  const json::Value page = json::Value().set("limit", 500);
  std::vector<ToolCall> calls;
  const bool whole = dialect.offers("hogql-schema");
  if (needs.events || (needs.properties && !whole)) {
    calls.push_back(sql_call(events_query));
  }
  if (needs.properties && whole) calls.push_back({"hogql-schema"});
  if (needs.flags) calls.push_back({"feature-flag-get-all", page});
  if (needs.cohorts) calls.push_back({"cohorts-list", page});
  if (needs.dashboards) calls.push_back({"dashboards-get-all", page});
  if (needs.insights) calls.push_back({"insights-list", page});
  return calls;
}

std::vector<ToolCall> more_schema_calls(const SchemaNeeds& needs,
                                        const Dialect& dialect,
                                        const Schema& schema) {
  std::vector<ToolCall> calls;
  if (!needs.properties || dialect.offers("hogql-schema")) return calls;
  calls.push_back(properties_call("entity_properties", "entity", "person"));
  for (const EventInfo& event : schema.events) {
    if (calls.size() > events_with_properties) break;
    calls.push_back(
        properties_call("event_properties", "event_name", event.name));
  }
  return calls;
}

void read_schema(const ToolCall& canonical, const table::Table& table,
                 Schema& schema) {
  const std::string& tool = canonical.tool;
  if (tool == "query-run") read_events(table, schema);
  if (tool == "hogql-schema") read_properties(table, schema);
  if (tool == "read-data-schema") {
    read_property_names(canonical, table, schema);
  }
  if (tool == "feature-flag-get-all") read_objects(table, schema.flags);
  if (tool == "cohorts-list") read_objects(table, schema.cohorts);
  if (tool == "dashboards-get-all") read_objects(table, schema.dashboards);
  if (tool == "insights-list") read_insights(table, schema.insights);
}

}  // namespace claribi::source::posthog
