// SPDX-License-Identifier: MIT
#include "demo/cohorts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::demo {

namespace {

std::string text_of(const json::Value& value) {
  if (const auto truth = value.boolean()) return *truth ? "1" : "0";
  if (const auto number = value.number_text()) return std::string(*number);
  return value.text_or("");
}

// The values of a filter, one or several, bound as texts: "?1, ?2".
std::string bound_list(const json::Value& value, Parameters& parameters) {
  if (!value.is_array()) return parameters.bind(text_of(value));
  std::vector<std::string> parts;
  for (const auto& item : value.items()) {
    parts.push_back(parameters.bind(text_of(item)));
  }
  return join(parts, ", ");
}

[[nodiscard]] Result<std::string> person_sql(const json::Value& filter,
                                             Parameters& parameters) {
  const auto name = filter["key"].text_or("");
  const auto own = json_member_sql("p.properties", name, parameters);
  const auto text = fmt::format("CAST({} AS TEXT)", own);
  const auto op = filter["operator"].text_or("exact");
  const auto values = [&] { return bound_list(filter["value"], parameters); };
  if (op == "is_set") return fmt::format("{} IS NOT NULL", own);
  if (op == "is_not_set") return fmt::format("{} IS NULL", own);
  if (op == "exact") return fmt::format("{} IN ({})", text, values());
  if (op == "is_not") {
    return fmt::format("({0} IS NULL OR {1} NOT IN ({2}))", own, text,
                       values());
  }
  if (op == "icontains") {
    return fmt::format("instr(lower({}), lower({})) > 0", text, values());
  }
  if (op == "not_icontains") {
    return fmt::format("coalesce(instr(lower({}), lower({})), 0) = 0", text,
                       values());
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4>
      orders = {{{"gt", ">"}, {"lt", "<"}, {"gte", ">="}, {"lte", "<="}}};
  for (const auto& [word, sign] : orders) {
    if (op != word) continue;
    return fmt::format("CAST({} AS REAL) {} CAST({} AS REAL)", own, sign,
                       values());
  }
  return fail(ErrorKind::tool_error,
              fmt::format("cohort filters cannot use the operator '{}'", op));
}

// How long ago, in milliseconds.
int64_t span_of(const json::Value& filter) {
  constexpr int64_t day = 24LL * 60 * 60 * 1000;
  const auto count = filter["time_value"].integer().value_or(30);
  const auto unit = filter["time_interval"].text_or("day");
  if (unit == "hour") return count * day / 24;
  if (unit == "week") return count * day * 7;
  if (unit == "month") return count * day * 30;
  if (unit == "year") return count * day * 365;
  return count * day;
}

[[nodiscard]] Result<std::string> behavior_sql(const World& world,
                                               const json::Value& filter,
                                               Parameters& parameters) {
  const auto kind = filter["value"].text_or("");
  if (kind != "performed_event" && kind != "performed_event_multiple") {
    return fail(ErrorKind::tool_error,
                fmt::format("cohort filters cannot use '{}'", kind));
  }
  const int64_t now = world.moment.now.time_since_epoch().count();
  std::string times = ">= 1";
  if (kind == "performed_event_multiple") {
    const auto op = filter["operator"].text_or("gte");
    const char* sign = op == "lte" ? "<=" : (op == "exact" ? "=" : ">=");
    const auto least = filter["operator_value"].integer().value_or(1);
    times = fmt::format("{} {}", sign, parameters.bind(least));
  }
  const auto event = event_id_sql(filter["key"].text_or(""), parameters);
  const auto from = parameters.bind(now - span_of(filter));
  const auto to = parameters.bind(now);
  return fmt::format(
      "p.id {}IN (SELECT person FROM events WHERE event = {} AND timestamp > "
      "{} AND timestamp <= {} GROUP BY person HAVING count(*) {})",
      filter["negation"].boolean().value_or(false) ? "NOT " : "", event, from,
      to, times);
}

[[nodiscard]] Result<std::string> filters_sql(const World& world,
                                              const json::Value& filter,
                                              Parameters& parameters,
                                              int depth) {
  if (depth > 8) {
    return fail(ErrorKind::tool_error, "cohort filters are nested too deeply");
  }
  if (filter.has("values")) {
    std::vector<std::string> parts;
    for (const auto& inner : filter["values"].items()) {
      CLARIBI_TRY_ASSIGN(auto part,
                         filters_sql(world, inner, parameters, depth + 1));
      parts.push_back("(" + part + ")");
    }
    if (parts.empty()) return "1";
    return join(parts, filter["type"].text_or("") == "OR" ? " OR " : " AND ");
  }
  const auto type = filter["type"].text_or("person");
  if (type == "person") return person_sql(filter, parameters);
  if (type == "behavioral") return behavior_sql(world, filter, parameters);
  return fail(ErrorKind::tool_error,
              fmt::format("cohort filters cannot be of type '{}'", type));
}

}  // namespace

Result<std::string> cohort_members_sql(const World& world,
                                       const json::Value& cohort,
                                       Parameters& parameters) {
  const int64_t now = world.moment.now.time_since_epoch().count();
  const auto& filters = cohort["filters"]["properties"];
  if (filters.is_null()) {
    const auto count = cohort["count"].integer().value_or(0);
    const auto id = cohort["id"].integer().value_or(1);
    return fmt::format(
        "SELECT p.id FROM persons p WHERE p.created_at <= {} "
        "ORDER BY (p.id * 2654435761 + {}) % 1000003, p.id LIMIT {}",
        parameters.bind(now), parameters.bind(id), parameters.bind(count));
  }
  CLARIBI_TRY_ASSIGN(const auto condition,
                     filters_sql(world, filters, parameters, 0));
  return fmt::format(
      "SELECT p.id FROM persons p WHERE p.created_at <= {} AND ({})",
      parameters.bind(now), condition);
}

Result<std::string> cohort_members_sql_by_id(const World& world,
                                             const json::Value& id,
                                             Parameters& parameters) {
  const auto text = text_of(id);
  const auto& cohort = find_object(world.project.cohorts, "id", text);
  if (cohort.is_null()) {
    return fail(
        ErrorKind::tool_error,
        fmt::format("Validation error: cohort {} does not exist", text));
  }
  return cohort_members_sql(world, cohort, parameters);
}

}  // namespace claribi::demo
