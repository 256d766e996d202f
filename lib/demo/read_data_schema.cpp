// SPDX-License-Identifier: MIT
// What events, properties and values the data have, as text: a line "- name"
// for each, the most frequent first, properties grouped by their type.
#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/rest.hpp"
#include "demo/schema_parts.hpp"
#include "demo/sql_parts.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool_name = "read-data-schema";
constexpr int64_t day_ms = 86'400'000;
constexpr int64_t most_events = 500;
constexpr size_t most_values = 25;
// The latest events of a name tell which properties it has.
constexpr int events_looked_at = 2000;
constexpr int events_counted = 20000;

std::unexpected<Error> invalid(std::string_view problem) {
  return fail(ErrorKind::usage,
              fmt::format("Invalid input for \"{}\": {}", tool_name, problem));
}

int64_t now_of(const World& world) {
  return world.moment.now.time_since_epoch().count();
}

std::string text_in(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? std::string() : *text;
}

[[nodiscard]] Result<std::string> required_text(const json::Value& query,
                                                std::string_view member) {
  const auto text = query[member].string();
  if (!text || text->empty()) {
    return invalid(fmt::format("missing required parameter: query.{}", member));
  }
  return std::string(*text);
}

// "persons" is "person", "sessions" is "session".
std::string singular(std::string entity) {
  if (entity == "persons" || entity == "sessions") entity.pop_back();
  return entity;
}

std::string lines_of(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text += fmt::format("- {}\n", name);
  return text;
}

// Those of the last 30 days come first, by their number.
[[nodiscard]] Result<std::string> events(const World& world,
                                         const json::Value& query) {
  const auto limit = query["limit"].is_null()
                         ? most_events
                         : integer_of(query["limit"]).value_or(0);
  const auto offset =
      query["offset"].is_null() ? 0 : integer_of(query["offset"]).value_or(-1);
  if (limit < 1 || limit > most_events) {
    return invalid("query.limit: must be from 1 to 500");
  }
  if (offset < 0) return invalid("query.offset: must be from 0 up");
  Parameters parameters;
  const std::string now = parameters.bind(now_of(world));
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(
          world.store, parameters,
          fmt::format("SELECT n.name, sum(e.timestamp>{0}-{1}), count(*) "
                      "FROM events e JOIN event_names n ON n.id=e.event "
                      "WHERE e.timestamp<={0} GROUP BY e.event "
                      "ORDER BY 2 DESC, 3 DESC, 1 LIMIT {2} OFFSET {3}",
                      now, 30 * day_ms, parameters.bind(limit),
                      parameters.bind(offset))));
  if (rows.rows.empty()) return "No events on this page.\n";
  std::vector<std::string> names;
  for (const auto& row : rows.rows)
    names.push_back(text_in(row[0]));
  return "Events available in the project (most used first):\n" +
         lines_of(names);
}

const PropertySpec* described(const World& world, Owner owner,
                              std::string_view name) {
  const auto among =
      [&](const std::vector<PropertySpec>& specs) -> const PropertySpec* {
    const auto found = std::ranges::find(specs, name, &PropertySpec::name);
    return found == specs.end() ? nullptr : &*found;
  };
  if (owner == Owner::person) return among(world.project.person_properties);
  for (const EventSpec& event : world.project.events) {
    if (const auto* spec = among(event.properties)) return spec;
  }
  return nullptr;
}

// The description knows dates, which are texts in the data.
std::string type_of(const World& world, Owner owner, const std::string& name,
                    std::string_view json_type) {
  if (const auto* spec = described(world, owner, name)) return spec->type;
  if (json_type == "integer" || json_type == "real") return "Numeric";
  return json_type == "true" || json_type == "false" ? "Boolean" : "String";
}

// The keys of the JSON texts that `source` selects as `properties`, grouped
// by type, the most frequent first.
[[nodiscard]] Result<std::string> properties_in(const World& world, Owner owner,
                                                std::string_view source,
                                                const Parameters& parameters) {
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(world.store, parameters,
                  fmt::format("SELECT j.key, max(j.type), count(*) FROM ({}) s,"
                              " json_each(s.properties) j "
                              "GROUP BY 1 ORDER BY 3 DESC, 1",
                              source)));
  std::map<std::string, std::vector<std::string>> by_type;
  for (const auto& row : rows.rows) {
    auto name = text_in(row[0]);
    auto type = type_of(world, owner, name, text_in(row[1]));
    by_type[std::move(type)].push_back(std::move(name));
  }
  std::string text;
  for (const std::string type : {"String", "Numeric", "Boolean", "DateTime"}) {
    const auto& names = by_type[type];
    if (names.empty()) continue;
    text += fmt::format("<{0}>\n{1}</{0}>\n", type, lines_of(names));
  }
  return text;
}

// The latest events of a name that happened by now, as a subquery.
std::string latest_sql(const World& world, std::string_view event, int most,
                       Parameters& parameters) {
  return fmt::format(
      "SELECT * FROM events WHERE event={} AND timestamp<={} "
      "ORDER BY timestamp DESC LIMIT {}",
      event_id_sql(event, parameters), parameters.bind(now_of(world)), most);
}

// Flags are kept with the person and shown with the events of a session.
std::string with_flags(const std::string& latest) {
  return fmt::format(
      "{0} UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, "
      "json_object('$feature/'||f.flag, f.value) FROM person_flags f "
      "WHERE f.person=(SELECT max(person) FROM ({0}) WHERE session IS NOT "
      "NULL)",
      latest);
}

[[nodiscard]] Result<std::string> event_properties(const World& world,
                                                   const json::Value& query) {
  CLARIBI_TRY_ASSIGN(const auto event, required_text(query, "event_name"));
  Parameters parameters;
  const auto latest = latest_sql(world, event, events_looked_at, parameters);
  const auto source = with_flags(fmt::format("SELECT * FROM ({})", latest));
  CLARIBI_TRY_ASSIGN(auto text,
                     properties_in(world, Owner::event, source, parameters));
  if (!text.empty()) return text;
  return fmt::format(
      "Properties do not exist in the taxonomy for the event {}.\n", event);
}

[[nodiscard]] Result<std::string> entity_properties(const World& world,
                                                    const json::Value& query) {
  CLARIBI_TRY_ASSIGN(auto entity, required_text(query, "entity"));
  entity = singular(std::move(entity));
  if (entity == "session") {
    return "<Numeric>\n- $session_duration\n</Numeric>\n"
           "<DateTime>\n- $start_timestamp\n- $end_timestamp\n</DateTime>\n";
  }
  if (entity != "person") {
    return fmt::format("Entity {} does not exist in the taxonomy.\n", entity);
  }
  Parameters parameters;
  const auto source =
      fmt::format("SELECT properties FROM persons WHERE created_at<={}",
                  parameters.bind(now_of(world)));
  return properties_in(world, Owner::person, source, parameters);
}

// The values that `source` selects as `v`, by how often they occur.
[[nodiscard]] Result<std::vector<std::string>> values_in(
    const World& world, std::string_view source, const Parameters& parameters) {
  CLARIBI_TRY_ASSIGN(const auto rows,
                     bound_query(world.store, parameters,
                                 fmt::format("SELECT v, count(*) FROM ({}) "
                                             "WHERE v IS NOT NULL GROUP BY 1 "
                                             "ORDER BY 2 DESC, 1",
                                             source)));
  std::vector<std::string> values;
  for (const auto& row : rows.rows)
    values.push_back(text_in(row[0]));
  return values;
}

std::string value_text(std::vector<std::string> values,
                       const std::string& none) {
  if (values.empty()) return none;
  const size_t more =
      values.size() > most_values ? values.size() - most_values : 0;
  values.resize(std::min(values.size(), most_values));
  auto text = lines_of(values);
  if (more > 0) {
    text += fmt::format("and {} more distinct value{}.\n", more,
                        more == 1 ? "" : "s");
  }
  return text;
}

[[nodiscard]] Result<std::string> event_values(const World& world,
                                               const json::Value& query) {
  CLARIBI_TRY_ASSIGN(const auto event, required_text(query, "event_name"));
  CLARIBI_TRY_ASSIGN(const auto name, required_text(query, "property_name"));
  Parameters parameters;
  const auto latest = latest_sql(world, event, events_counted, parameters);
  const auto source =
      fmt::format("SELECT {} AS v FROM ({}) e",
                  property_text_sql(Owner::event, name, parameters), latest);
  CLARIBI_TRY_ASSIGN(auto values, values_in(world, source, parameters));
  return value_text(
      std::move(values),
      fmt::format("The property {} does not exist in the taxonomy for the "
                  "event {}.\n",
                  name, event));
}

// A session or a person is read as if it were the row of an event.
std::string entity_rows_sql(const World& world, std::string_view entity,
                            Parameters& parameters) {
  const auto now = parameters.bind(now_of(world));
  if (entity == "person") {
    return fmt::format("SELECT id AS person FROM persons WHERE created_at<={}",
                       now);
  }
  return fmt::format("SELECT id AS session FROM sessions WHERE start_time<={}",
                     now);
}

[[nodiscard]] Result<std::string> entity_values(const World& world,
                                                const json::Value& query) {
  CLARIBI_TRY_ASSIGN(auto entity, required_text(query, "entity"));
  CLARIBI_TRY_ASSIGN(const auto name, required_text(query, "property_name"));
  entity = singular(std::move(entity));
  if (entity != "person" && entity != "session") {
    return fmt::format(
        "The entity {} does not exist in the taxonomy. You must use one of the "
        "following: person, session.\n",
        entity);
  }
  Parameters parameters;
  const auto rows = entity_rows_sql(world, entity, parameters);
  const auto owner = entity == "person" ? Owner::person : Owner::session;
  const auto source =
      fmt::format("SELECT {} AS v FROM ({}) e",
                  property_text_sql(owner, name, parameters), rows);
  CLARIBI_TRY_ASSIGN(auto values, values_in(world, source, parameters));
  return value_text(
      std::move(values),
      fmt::format("The property {} does not exist in the taxonomy for the "
                  "entity {}.\n",
                  name, entity));
}

// The demo has no actions.
[[nodiscard]] Result<std::string> no_actions(const World&, const json::Value&) {
  return "No actions exist in the project.\n";
}

struct Kind {
  std::string_view name;
  Result<std::string> (*read)(const World&, const json::Value&);
};

constexpr std::array<Kind, 7> kinds = {
    {{"events", events},
     {"event_properties", event_properties},
     {"entity_properties", entity_properties},
     {"action_properties", no_actions},
     {"entity_property_values", entity_values},
     {"event_property_values", event_values},
     {"action_property_values", no_actions}}};

}  // namespace

json::Value read_data_schema_schema() {
  json::Array names;
  for (const Kind& kind : kinds)
    names.emplace_back(kind.name);
  json::Value kind = text_schema("What is read");
  kind.set("enum", std::move(names));
  json::Value properties = json::Object{
      {"kind", std::move(kind)},
      {"event_name", text_schema("Of event_properties and their values")},
      {"entity", text_schema("`person` or `session`")},
      {"property_name", text_schema("Whose values are listed")},
      {"limit",
       json::Object{{"type", "integer"},
                    {"default", most_events},
                    {"description", "Number of events to return per page."}}},
      {"offset", json::Object{{"type", "integer"}, {"default", 0}}}};
  json::Value query =
      json::Object{{"type", "object"},
                   {"description", "The data schema query to execute."},
                   {"properties", std::move(properties)},
                   {"required", json::Array{json::Value("kind")}}};
  return json::Object{{"type", "object"},
                      {"properties", json::Object{{"query", std::move(query)}}},
                      {"required", json::Array{json::Value("query")}}};
}

Result<ToolAnswer> read_data_schema(const World& world,
                                    const json::Value& args) {
  CLARIBI_TRY(check_arguments(tool_name, read_data_schema_schema(), args));
  const auto& query = args["query"];
  const auto name = query["kind"].text_or("");
  const auto* kind = std::ranges::find(kinds, name, &Kind::name);
  if (kind == kinds.end()) {
    return invalid(
        fmt::format("query.kind: \"{}\" is not one of the kinds", name));
  }
  CLARIBI_TRY_ASSIGN(auto text, kind->read(world, query));
  return ToolAnswer{.value = std::move(text)};
}

}  // namespace claribi::demo
