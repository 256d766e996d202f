// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

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

EventInfo* find_event(Schema& schema, std::string_view name) {
  const auto event = std::ranges::find(schema.events, name, &EventInfo::name);
  return event == schema.events.end() ? nullptr : &*event;
}

// The names that a call of properties_call() brought, each once.
void read_property_names(const ToolCall& canonical, const table::Table& table,
                         Schema& schema) {
  const bool person =
      canonical.arguments["query"]["kind"].string() == "entity_properties";
  const auto owner = person ? PropertyOwner::person : PropertyOwner::event;
  const std::string of_event =
      canonical.arguments["query"]["event_name"].text_or("");
  EventInfo* event = find_event(schema, of_event);
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const std::string name = table.cell(i, "name").text_or("");
    if (event != nullptr) event->properties.push_back(name);
    const bool known = std::ranges::any_of(
        schema.properties, [&](const PropertyInfo& property) {
          return property.owner == owner && property.name == name;
        });
    if (known || name.empty()) continue;
    const std::string type = table.cell(i, "property_type").text_or("String");
    schema.properties.push_back({name, owner, type});
  }
}

// PostHog sets the others by itself, on nearly every event.
bool is_own(const PropertyInfo& property) {
  return !property.name.starts_with('$');
}

// The properties that a query can ask for one by one.
constexpr size_t most_asked = 80;
std::vector<const PropertyInfo*> own_event_properties(const Schema& schema) {
  std::vector<const PropertyInfo*> asked;
  for (const PropertyInfo& property : schema.properties) {
    if (asked.size() == most_asked) break;
    const bool of_event = property.owner == PropertyOwner::event;
    if (of_event && is_own(property)) asked.push_back(&property);
  }
  return asked;
}

std::string field_of(const PropertyInfo& property) {
  std::string name;
  for (const char c : property.name) {
    if (c == '`' || c == '\\') name += '\\';
    name += c;
  }
  const bool person = property.owner == PropertyOwner::person;
  return fmt::format("{}properties.`{}`", person ? "person." : "", name);
}

constexpr std::string_view by_event =
    " from events where timestamp >= now() - interval 30 day "
    "group by event order by event limit 500";

// How many events of each name have each property.
std::string usage_query(const Schema& schema) {
  std::string query = "select event";
  size_t place = 0;
  for (const PropertyInfo* property : own_event_properties(schema)) {
    query += fmt::format(", countIf(isNotNull({})) as p{}", field_of(*property),
                         place++);
  }
  return query + std::string(by_event);
}

void read_usage(const table::Table& table, Schema& schema) {
  const auto asked = own_event_properties(schema);
  for (size_t row = 0; row < table.rows.size(); ++row) {
    EventInfo* event = find_event(schema, table.cell(row, "event").text_or(""));
    if (event == nullptr) continue;
    for (size_t i = 0; i < asked.size(); ++i) {
      const auto& count = table.cell(row, fmt::format("p{}", i));
      if (count.integer().value_or(0) > 0) {
        event->properties.push_back(asked[i]->name);
      }
    }
  }
  schema.properties_by_event = true;
}

// Texts that are long or all different are not asked for by a word.
bool has_names_as_values(const PropertyInfo& property) {
  static constexpr auto others = std::to_array<std::string_view>(
      {"$current_url", "$session_id", "$window_id", "$insert_id", "$user_agent",
       "$raw_user_agent", "$referrer", "$initial_referrer", "distinct_id",
       "$geoip_country_code"});
  return property.type == "String" &&
         property.owner != PropertyOwner::session &&
         std::ranges::find(others, property.name) == others.end();
}

std::vector<const PropertyInfo*> properties_of_text(const Schema& schema) {
  std::vector<const PropertyInfo*> asked;
  for (const PropertyInfo& property : schema.properties) {
    if (asked.size() == most_asked) break;
    if (has_names_as_values(property)) asked.push_back(&property);
  }
  return asked;
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
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
  if (!needs.properties) return calls;
  if (dialect.offers("hogql-schema")) {
    if (own_event_properties(schema).empty()) return calls;
    calls.push_back(sql_call(usage_query(schema)));
    return calls;
  }
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
  if (tool == "query-run") {
    if (table.column("volume")) {
      read_events(table, schema);
    } else {
      read_usage(table, schema);
    }
  }
  if (tool == "hogql-schema") read_properties(table, schema);
  if (tool == "read-data-schema") {
    read_property_names(canonical, table, schema);
  }
  if (tool == "feature-flag-get-all") read_objects(table, schema.flags);
  if (tool == "cohorts-list") read_objects(table, schema.cohorts);
  if (tool == "dashboards-get-all") read_objects(table, schema.dashboards);
  if (tool == "insights-list") read_insights(table, schema.insights);
}

std::optional<ToolCall> values_call(const std::vector<std::string>& texts,
                                    const Schema& schema) {
  const auto asked = properties_of_text(schema);
  if (asked.empty() || texts.empty()) return std::nullopt;
  std::vector<std::string> list;
  list.reserve(texts.size());
  for (const std::string& text : texts)
    list.push_back(quoted(text));
  std::string query = "select event";
  size_t place = 0;
  for (const PropertyInfo* property : asked) {
    const std::string field = field_of(*property);
    query += fmt::format(", maxIf({0}, lower({0}) in ({1})) as v{2}", field,
                         join(list, ", "), place++);
  }
  return sql_call(query + std::string(by_event));
}

void read_values(const table::Table& table, Schema& schema) {
  const auto asked = properties_of_text(schema);
  for (size_t i = 0; i < asked.size(); ++i) {
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const std::string value =
          table.cell(row, fmt::format("v{}", i)).text_or("");
      if (value.empty()) continue;
      auto known =
          std::ranges::find_if(schema.values, [&](const ValueInfo& info) {
            return info.value == value && info.property == asked[i]->name &&
                   info.owner == asked[i]->owner;
          });
      if (known == schema.values.end()) {
        schema.values.push_back({.value = value,
                                 .property = asked[i]->name,
                                 .owner = asked[i]->owner});
        known = schema.values.end() - 1;
      }
      known->events.push_back(table.cell(row, "event").text_or(""));
    }
  }
}

}  // namespace claribi::source::posthog
