// SPDX-License-Identifier: MIT
#include "demo/property_filter.hpp"

#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/cohorts.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

constexpr int deepest_group = 10;

std::unexpected<Error> invalid(std::string_view what) {
  return fail(
      ErrorKind::tool_error,
      fmt::format("Validation error: {} (field: query.properties)", what));
}

// One filter, taken apart, with the SQL of its property.
struct Filter {
  Owner owner = Owner::event;
  std::string key;
  std::string op;
  const json::Value& value;
  std::string text;  // The property as text.
};

std::string shown(const json::Value& value) {
  if (const auto text = value.string()) return std::string(*text);
  return json::compact(value);
}

json::Array values_of(const json::Value& value) {
  if (value.is_array()) return value.items();
  if (value.is_null()) return {};
  return {value};
}

std::optional<double> number_of(const json::Value& value) {
  if (const auto number = value.number()) return number;
  const auto text = value.string();
  if (!text || text->empty()) return std::nullopt;
  double number = 0;
  const auto [end, error] =
      std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) {
    return std::nullopt;
  }
  return number;
}

std::string text_list(const json::Array& values, Parameters& parameters) {
  std::vector<std::string> numbers;
  numbers.reserve(values.size());
  for (const auto& value : values)
    numbers.push_back(parameters.bind(shown(value)));
  return join(numbers, ",");
}

// Equality is of text, as in PostHog; a number also equals its other
// spellings.
std::string equals_any(const Filter& filter, Parameters& parameters) {
  const json::Array values = values_of(filter.value);
  std::string sql =
      fmt::format("{} IN ({})", filter.text, text_list(values, parameters));
  for (const auto& value : values) {
    if (const auto number = number_of(value)) {
      sql +=
          fmt::format(" OR {}={}",
                      property_number_sql(filter.owner, filter.key, parameters),
                      parameters.bind(*number));
    }
  }
  return fmt::format("coalesce({},0)", sql);
}

std::string contains_any(const Filter& filter, Parameters& parameters) {
  std::vector<std::string> parts;
  for (const auto& value : values_of(filter.value)) {
    parts.push_back(fmt::format("instr(lower({}),{})>0", filter.text,
                                parameters.bind(lower(shown(value)))));
  }
  if (parts.empty()) return "0";
  return fmt::format("coalesce({},0)", join(parts, " OR "));
}

Result<std::string> matches_any(const Filter& filter, Parameters& parameters) {
  std::vector<std::string> parts;
  for (const auto& value : values_of(filter.value)) {
    const std::string pattern = shown(value);
    CLARIBI_TRY(check_regex(pattern));
    parts.push_back(fmt::format("demo_regex({},{})", filter.text,
                                parameters.bind(pattern)));
  }
  if (parts.empty()) return "0";
  return fmt::format("coalesce({},0)", join(parts, " OR "));
}

Result<std::string> compares(const Filter& filter, Parameters& parameters) {
  const std::string_view sign = filter.op == "gt"    ? ">"
                                : filter.op == "gte" ? ">="
                                : filter.op == "lt"  ? "<"
                                                     : "<=";
  const auto number = number_of(filter.value);
  if (!number) {
    return invalid(fmt::format("'{}' is not a number for {} {}",
                               shown(filter.value), filter.key, filter.op));
  }
  return fmt::format("coalesce({}{}{},0)",
                     property_number_sql(filter.owner, filter.key, parameters),
                     sign, parameters.bind(*number));
}

Result<std::string> between(const Filter& filter, Parameters& parameters) {
  const auto low = number_of(filter.value.at(0));
  const auto high = number_of(filter.value.at(1));
  if (!low || !high) {
    return invalid(fmt::format("{} between needs two numbers", filter.key));
  }
  return fmt::format("coalesce({} BETWEEN {} AND {},0)",
                     property_number_sql(filter.owner, filter.key, parameters),
                     parameters.bind(*low), parameters.bind(*high));
}

std::string compares_dates(const World& world, const Filter& filter,
                           Parameters& parameters) {
  const auto& zone = world.moment.calendar.zone;
  const LocalTime wall = read_wall_time(shown(filter.value), world.moment);
  const auto seconds_at = [&](LocalTime local) {
    return parameters.bind(
        int64_t{std::chrono::floor<std::chrono::seconds>(zone.to_instant(local))
                    .time_since_epoch()
                    .count()});
  };
  const std::string at = fmt::format("unixepoch({})", filter.text);
  const LocalTime day = std::chrono::floor<std::chrono::days>(wall);
  std::string sql;
  if (filter.op == "is_date_before") {
    sql = fmt::format("{}<{}", at, seconds_at(wall));
  } else if (filter.op == "is_date_after") {
    sql = fmt::format("{}>{}", at, seconds_at(wall));
  } else {
    sql = fmt::format("{0}>={1} AND {0}<{2}", at, seconds_at(day),
                      seconds_at(day + std::chrono::days{1}));
  }
  return fmt::format("coalesce({},0)", sql);
}

Result<std::string> negated(Result<std::string> condition) {
  CLARIBI_TRY_ASSIGN(const std::string sql, std::move(condition));
  return "NOT " + sql;
}

// A negative operator also holds where the property is missing.
Result<std::string> operator_sql(const World& world, const Filter& filter,
                                 Parameters& parameters) {
  const std::string_view op = filter.op;
  if (op == "exact") return equals_any(filter, parameters);
  if (op == "is_not") return negated(equals_any(filter, parameters));
  if (op == "icontains") return contains_any(filter, parameters);
  if (op == "not_icontains") return negated(contains_any(filter, parameters));
  if (op == "regex") return matches_any(filter, parameters);
  if (op == "not_regex") return negated(matches_any(filter, parameters));
  if (op == "is_set") return filter.text + " IS NOT NULL";
  if (op == "is_not_set") return filter.text + " IS NULL";
  if (op == "between") return between(filter, parameters);
  if (op == "not_between") return negated(between(filter, parameters));
  if (op == "gt" || op == "gte" || op == "lt" || op == "lte") {
    return compares(filter, parameters);
  }
  if (op.starts_with("is_date_")) {
    return compares_dates(world, filter, parameters);
  }
  return invalid(fmt::format("Unsupported operator: {}", op));
}

// {"key":"id","type":"cohort","value":7}; also a list of ids, any of them.
Result<std::string> cohort_filter(const World& world, const json::Value& value,
                                  Parameters& parameters) {
  std::vector<std::string> parts;
  for (const auto& id : values_of(value["value"])) {
    CLARIBI_TRY_ASSIGN(const std::string members,
                       cohort_members_sql_by_id(world, id, parameters));
    parts.push_back(fmt::format("e.person IN ({})", members));
  }
  if (parts.empty()) return invalid("Cohort filter has no id");
  const bool out = value["operator"].text_or("in").starts_with("not");
  return fmt::format("{}({})", out ? "NOT " : "", join(parts, " OR "));
}

Result<std::string> one_filter(const World& world, const json::Value& value,
                               Parameters& parameters) {
  if (value["type"].text_or("") == "cohort") {
    return cohort_filter(world, value, parameters);
  }
  const auto key = value["key"].string();
  if (!key) return invalid("Property filter has no key");
  const std::string type = value["type"].text_or("event");
  const auto owner = owner_named(type);
  if (!owner) {
    return invalid(
        fmt::format("Unsupported property type: {} of {}", type, *key));
  }
  const Filter filter{.owner = *owner,
                      .key = std::string(*key),
                      .op = value["operator"].text_or("exact"),
                      .value = value["value"],
                      .text = property_text_sql(*owner, *key, parameters)};
  return operator_sql(world, filter, parameters);
}

Result<std::string> any_filter(const World& world, const json::Value& value,
                               Parameters& parameters, int depth) {
  const bool group = value.has("values");
  if (!group && !value.is_array()) return one_filter(world, value, parameters);
  if (depth > deepest_group) return invalid("Property groups nest too deep");
  const bool any = group && lower(value["type"].text_or("AND")) == "or";
  std::vector<std::string> parts;
  const auto& members = group ? value["values"].items() : value.items();
  for (const auto& member : members) {
    CLARIBI_TRY_ASSIGN(const std::string part,
                       any_filter(world, member, parameters, depth + 1));
    parts.push_back("(" + part + ")");
  }
  if (parts.empty()) return "1";
  return "(" + join(parts, any ? " OR " : " AND ") + ")";
}

}  // namespace

Result<std::string> filter_sql(const World& world, const json::Value& filters,
                               Parameters& parameters) {
  if (filters.is_null()) return "1";
  if (!filters.is_array() && !filters.is_object()) {
    return invalid("Input should be a valid list");
  }
  return any_filter(world, filters, parameters, 0);
}

}  // namespace claribi::demo
