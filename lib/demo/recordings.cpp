// SPDX-License-Identifier: MIT
// Session recordings: the sessions of the database.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/cohorts.hpp"
#include "demo/person_row.hpp"
#include "demo/property_filter.hpp"
#include "demo/rest.hpp"
#include "demo/sql_parts.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool = "query-session-recordings-list";

// Milliseconds of a session that have passed by ?1, which is always "now".
constexpr std::string_view length_sql = "(min(s.end_time, ?1) - s.start_time)";

std::string member_sql(std::string_view name) {
  return fmt::format("json_extract(s.properties, '$.{}')", name);
}

// A sort field of PostHog as SQL; the start for those without data.
std::string order_sql(std::string_view order) {
  static constexpr std::array<std::string_view, 5> counted = {
      "active_seconds", "click_count", "keypress_count", "mouse_activity_count",
      "console_error_count"};
  if (std::ranges::find(counted, order) != counted.end()) {
    return member_sql(order);
  }
  if (order == "duration" || order == "recording_duration") {
    return std::string(length_sql);
  }
  if (order == "inactive_seconds") {
    return fmt::format("{} / 1000 - {}", length_sql,
                       member_sql("active_seconds"));
  }
  if (order == "activity_score" || order == "surfacing_score") {
    return fmt::format("{} * 1000.0 / max({}, 1)", member_sql("active_seconds"),
                       length_sql);
  }
  return "s.start_time";
}

// The events of the session for which the condition on `e` holds. By person
// and time, because that has an index.
std::string has_event_sql(std::string_view condition) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM events e WHERE e.person = s.person AND "
      "e.timestamp >= s.start_time AND e.timestamp <= min(s.end_time, ?1) AND "
      "e.session = s.id AND ({}))",
      condition);
}

[[nodiscard]] Result<std::string> one_filter_sql(const World& world,
                                                 const json::Value& filter,
                                                 Parameters& parameters) {
  const auto type = filter["type"].text_or("event");
  const auto key = filter["key"].text_or("");
  if (type == "cohort") {
    const auto op = filter["operator"].text_or("in");
    const auto& value = filter["value"];
    CLARIBI_TRY_ASSIGN(
        const auto members,
        cohort_members_sql_by_id(world, value.is_array() ? value.at(0) : value,
                                 parameters));
    return fmt::format("s.person {}IN ({})", op == "not_in" ? "NOT " : "",
                       members);
  }
  const bool names_event = std::ranges::any_of(
      world.project.events,
      [&](const EventSpec& event) { return event.name == key; });
  if (type == "event" && names_event) {
    return has_event_sql("e.event = " + event_id_sql(key, parameters));
  }
  CLARIBI_TRY_ASSIGN(const auto condition,
                     filter_sql(world, json::Array{filter}, parameters));
  return has_event_sql(condition);
}

[[nodiscard]] Result<std::string> conditions(const World& world,
                                             const json::Value& args,
                                             Parameters& parameters) {
  json::Value range;
  range.set("date_from", args["date_from"].text_or("-3d"));
  range.set("date_to", args["date_to"]);
  CLARIBI_TRY_ASSIGN(const auto span,
                     read_time_range(world, range, Unit::minute));
  const auto& zone = world.moment.calendar.zone;
  const auto count = [&](LocalTime local) {
    return zone.to_instant(local).time_since_epoch().count();
  };
  auto sql = fmt::format(
      "s.start_time >= {} AND s.start_time < {} AND s.start_time <= ?1",
      parameters.bind(count(span.from)), parameters.bind(count(span.to)));
  const auto person = args["person_uuid"].text_or("");
  if (!person.empty()) {
    sql += fmt::format(" AND p.uuid = {}", parameters.bind(person));
  }
  if (args["session_ids"].size() > 0) {
    std::vector<std::string> ids;
    for (const auto& id : args["session_ids"].items()) {
      ids.push_back(parameters.bind(plain_text(id)));
    }
    sql += fmt::format(" AND s.uuid IN ({})", join(ids, ", "));
  }
  for (const auto& filter : args["properties"].items()) {
    CLARIBI_TRY_ASSIGN(const auto part,
                       one_filter_sql(world, filter, parameters));
    sql += " AND " + part;
  }
  return sql;
}

// The cells: uuid, start, length, end, properties, then those of the person.
json::Value recording_row(std::span<const Cell> cells, int64_t now) {
  const auto integer = [&](size_t column) {
    const auto* value = std::get_if<int64_t>(&cells[column]);
    return value == nullptr ? int64_t{0} : *value;
  };
  const auto* text = std::get_if<std::string>(&cells[4]);
  const auto counts =
      json::parse(text == nullptr ? "{}" : *text).value_or(json::Object());
  auto person = person_row(cells.subspan(5), PersonDetail::brief);
  const int64_t seconds = integer(2) / 1000;
  const int64_t active =
      std::min(seconds, counts["active_seconds"].integer().value_or(0));
  json::Value row;
  row.set("id", to_json(cells[0]));
  row.set("distinct_id", person["distinct_ids"].at(0));
  row.set("viewed", false).set("viewers", json::Array());
  row.set("recording_duration", seconds).set("active_seconds", active);
  row.set("inactive_seconds", seconds - active);
  row.set("start_time", time_json(cells[1]));
  row.set("end_time", time_json(std::min(integer(3), now)));
  for (const char* name : {"click_count", "keypress_count",
                           "mouse_activity_count", "console_error_count"}) {
    row.set(name, counts[name].integer().value_or(0));
  }
  row.set("console_log_count", 0).set("console_warn_count", 0);
  row.set("start_url", counts["start_url"]);
  row.set("person", std::move(person));
  row.set("storage", "object_storage").set("snapshot_source", "web");
  row.set("ongoing", integer(3) > now);
  row.set("activity_score", seconds == 0 ? 0 : active * 100 / seconds);
  return row;
}

json::Value echo(const json::Value& args) {
  json::Value query;
  query.set("kind", "RecordingsQuery").set("date_from", "-3d");
  const auto schema = recordings_list_schema();
  for (const auto& member : args.members()) {
    if (schema["properties"].has(member.name)) {
      query.set(member.name, member.value);
    }
  }
  return query;
}

}  // namespace

json::Value recordings_list_schema() {
  return constant(R"json({"type":"object","properties":{
"date_from":{"type":["string","null"],"description":"ISO or relative date; -3d if absent."},
"date_to":{"type":["string","null"],"description":"ISO or relative date; now if absent."},
"limit":{"type":"integer","description":"How many recordings, at most 500.","default":50},
"order":{"type":"string","enum":["start_time","duration","recording_duration","active_seconds","inactive_seconds","click_count","keypress_count","mouse_activity_count","console_error_count","activity_score"],"default":"start_time"},
"order_direction":{"type":"string","enum":["ASC","DESC"],"default":"DESC"},
"properties":{"type":"array","items":{"type":"object"},"description":"Filters that all hold: {type, key, value, operator} with type event, person, session or cohort. An event filter whose key is an event's name asks that the session contains that event."},
"person_uuid":{"type":"string","description":"Only sessions of that person."},
"session_ids":{"type":"array","items":{"type":"string"},"description":"Only these sessions."},
"filter_test_accounts":{"type":"boolean","default":false}}})json");
}

Result<ToolAnswer> recordings_list(const World& world,
                                   const json::Value& args) {
  CLARIBI_TRY(check_arguments(tool, recordings_list_schema(), args));
  CLARIBI_TRY(define_text_match(world.store));
  const int64_t now = world.moment.now.time_since_epoch().count();
  Parameters parameters;
  parameters.bind(now);  // ?1
  const auto columns = person_columns(parameters, now);
  CLARIBI_TRY_ASSIGN(const auto where, conditions(world, args, parameters));
  const Page page = read_page(args, 50, 500);
  const auto limit = parameters.bind(static_cast<int64_t>(page.limit));
  const bool ascending = args["order_direction"].text_or("DESC") == "ASC";
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(
          world.store, parameters,
          fmt::format("SELECT s.uuid, s.start_time, {}, s.end_time, "
                      "s.properties, {} FROM sessions s JOIN persons p ON p.id "
                      "= s.person WHERE {} ORDER BY {} {}, s.id LIMIT {}",
                      length_sql, columns, where,
                      order_sql(args["order"].text_or("start_time")),
                      ascending ? "ASC" : "DESC", limit)));
  json::Array results;
  for (const auto& row : rows.rows)
    results.push_back(recording_row(row, now));
  json::Value value;
  value.set("query", echo(args)).set("results", std::move(results));
  value.set("_posthogUrl", product_url("replay"));
  return ToolAnswer{.value = std::move(value)};
}

}  // namespace claribi::demo
