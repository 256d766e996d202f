// SPDX-License-Identifier: MIT
#include "demo/sql_parts.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

namespace claribi::demo {

namespace {

// SQLite reads a quoted label up to the next quote and knows no escapes in it.
bool path_can_name(std::string_view name) {
  return name.find_first_of("\"\\") == std::string_view::npos;
}

// The JSON text in which a property of that owner is found, as an expression
// or as the inside of a subquery over one row.
struct Place {
  std::string_view json;
  std::string_view from;  // Empty: on the row itself.
};

Place place_of(Owner owner) {
  switch (owner) {
    case Owner::event:
      return {.json = "e.properties", .from = ""};
    case Owner::person:
      return {.json = "p.properties",
              .from = " FROM persons p WHERE p.id=e.person"};
    case Owner::session:
      return {.json = "s.properties",
              .from = " FROM sessions s WHERE s.id=e.session"};
  }
  std::unreachable();
}

// What the sessions table knows without looking into JSON.
std::string_view session_column(std::string_view name) {
  if (name == "$session_id") return "s.uuid";
  if (name == "$session_duration") return "(s.end_time-s.start_time)/1000.0";
  if (name == "$start_timestamp") return "s.start_time";
  if (name == "$end_timestamp") return "s.end_time";
  return {};
}

bool is_session_column(Owner owner, std::string_view name) {
  if (owner == Owner::event) return name == "$session_id";
  return owner == Owner::session && !session_column(name).empty();
}

// "$feature/..." of an event: what the flag was for its person.
std::optional<std::string> flag_sql(Owner owner, std::string_view name,
                                    Parameters& parameters) {
  constexpr std::string_view prefix = "$feature/";
  if (owner != Owner::event || !name.starts_with(prefix)) return std::nullopt;
  return fmt::format(
      "(SELECT f.value FROM person_flags f WHERE f.person=e.person AND "
      "f.flag={} AND f.since<=e.timestamp AND e.session IS NOT NULL)",
      parameters.bind(std::string(name.substr(prefix.size()))));
}

}  // namespace

std::string Parameters::bind(Cell value) {
  const auto at = std::ranges::find(cells_, value);
  const auto index = at - cells_.begin();
  if (at == cells_.end()) cells_.push_back(std::move(value));
  return fmt::format("?{}", index + 1);
}

std::span<const Cell> Parameters::used_in(std::string_view sql) const {
  size_t last = 0;
  for (size_t at = sql.find('?'); at != sql.npos; at = sql.find('?', at + 1)) {
    size_t number = 0;
    std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
    last = std::max(last, number);
  }
  return std::span(cells_).first(std::min(last, cells_.size()));
}

std::optional<Owner> owner_named(std::string_view type) {
  if (type == "person") return Owner::person;
  if (type == "session") return Owner::session;
  for (const std::string_view name :
       {"event", "feature", "event_metadata", ""}) {
    if (type == name) return Owner::event;
  }
  return std::nullopt;
}

std::string json_member_sql(std::string_view json, std::string_view name,
                            Parameters& parameters) {
  if (!path_can_name(name)) return "NULL";
  return fmt::format("json_extract({},{})", json,
                     parameters.bind(fmt::format("$.\"{}\"", name)));
}

std::string property_sql(Owner owner, std::string_view name,
                         Parameters& parameters) {
  if (is_session_column(owner, name)) {
    return fmt::format("(SELECT {} FROM sessions s WHERE s.id=e.session)",
                       session_column(name));
  }
  const Place place = place_of(owner);
  std::string value = json_member_sql(place.json, name, parameters);
  if (const auto flag = flag_sql(owner, name, parameters)) {
    return fmt::format("coalesce({},{})", *flag, value);
  }
  if (place.from.empty()) return value;
  return fmt::format("(SELECT {}{})", value, place.from);
}

std::string property_text_sql(Owner owner, std::string_view name,
                              Parameters& parameters) {
  if (is_session_column(owner, name) || !path_can_name(name)) {
    return fmt::format("CAST({} AS TEXT)",
                       property_sql(owner, name, parameters));
  }
  const Place place = place_of(owner);
  const std::string path = parameters.bind(fmt::format("$.\"{}\"", name));
  const std::string text = fmt::format(
      "CASE json_type({0},{1}) WHEN 'true' THEN 'true' "
      "WHEN 'false' THEN 'false' "
      "ELSE nullif(CAST(json_extract({0},{1}) AS TEXT),'') END",
      place.json, path);
  if (const auto flag = flag_sql(owner, name, parameters)) {
    return fmt::format("coalesce({},{})", *flag, text);
  }
  return fmt::format("({}{}{})", place.from.empty() ? "" : "SELECT ", text,
                     place.from);
}

std::string property_number_sql(Owner owner, std::string_view name,
                                Parameters& parameters) {
  const std::string value = property_sql(owner, name, parameters);
  return fmt::format("iif(typeof({0}) IN ('integer','real'),{0},NULL)", value);
}

std::string event_id_sql(std::string_view event, Parameters& parameters) {
  return fmt::format("coalesce((SELECT id FROM event_names WHERE name={}),-1)",
                     parameters.bind(std::string(event)));
}

}  // namespace claribi::demo
