// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>

#include <fmt/core.h>

#include "base/clock.hpp"
#include "base/number.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// "plan" or "person.plan".
struct PropertyName {
  std::string key;
  std::string type;
};

PropertyName property_name(std::string_view text) {
  text = trim(text);
  for (std::string_view owner : {"person", "session", "event"}) {
    if (text.starts_with(owner) && text.substr(owner.size()).starts_with('.')) {
      return {std::string(text.substr(owner.size() + 1)), std::string(owner)};
    }
  }
  return {std::string(text), "event"};
}

void add_event(std::string_view name, json::Value& arguments) {
  json::Value node;
  node.set("kind", "EventsNode");
  // "*" stands for any event, which PostHog writes as null.
  node.set("event", name == "*" ? json::Value() : json::Value(name));
  arguments.member("series").push(std::move(node));
}

Result<void> event(std::string_view value, json::Value& arguments) {
  add_event(value, arguments);
  return {};
}

Result<void> steps(std::string_view value, json::Value& arguments) {
  for (const std::string& step : split(value, ',')) {
    if (trim(step).empty()) {
      return fail(ErrorKind::usage,
                  fmt::format("--steps has an empty step in '{}'", value),
                  {"write the events with commas: --steps "
                   "'$pageview,signed_up'"});
    }
    add_event(trim(step), arguments);
  }
  return {};
}

bool needs_property(std::string_view math) {
  constexpr std::array<std::string_view, 9> maths{
      "sum", "avg", "min", "max", "median", "p75", "p90", "p95", "p99"};
  return std::ranges::find(maths, math) != maths.end();
}

// "dau", or "sum:amount" for the maths of a property.
Result<void> math(std::string_view value, json::Value& arguments) {
  const size_t colon = value.find(':');
  const std::string_view name = value.substr(0, colon);
  if (needs_property(name) != (colon != std::string_view::npos)) {
    return fail(ErrorKind::usage,
                needs_property(name)
                    ? fmt::format("--math {} needs a property", name)
                    : fmt::format("--math {} takes no property", name),
                {"sum, avg, min, max, median and p75 to p99 take one: --math "
                 "sum:amount; total and dau take none"});
  }
  if (!arguments.has("series")) add_event("*", arguments);
  for (json::Value& node : arguments.member("series").mutable_items()) {
    node.set("math", name);
    if (needs_property(name)) {
      node.set("math_property", value.substr(colon + 1));
    }
  }
  return {};
}

Result<void> interval(std::string_view value, json::Value& arguments) {
  constexpr std::array<std::string_view, 5> units{"minute", "hour", "day",
                                                  "week", "month"};
  if (std::ranges::find(units, value) == units.end()) {
    return fail(ErrorKind::usage, fmt::format("unknown interval '{}'", value),
                {"use minute, hour, day, week or month"});
  }
  arguments.set("interval", value);
  return {};
}

// An ISO date or one of the relative forms that PostHog reads as one would
// think. It takes anything else, "today" too, silently for "now".
bool is_date(std::string_view text) {
  if (parse_instant(text)) return true;
  constexpr std::array<std::string_view, 9> words{
      "dStart",   "mStart", "yStart",   "-1dStart", "-1dEnd",
      "-1mStart", "-1mEnd", "-1yStart", "all"};
  if (std::ranges::find(words, text) != words.end()) return true;
  if (text.size() < 3 || text.front() != '-') return false;
  const std::string_view digits = text.substr(1, text.size() - 2);
  const bool number =
      std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return number && std::string_view("hdwmy").contains(text.back());
}

Result<void> date(std::string_view flag, std::string_view name,
                  std::string_view value, json::Value& arguments) {
  if (!is_date(value)) {
    return fail(ErrorKind::usage,
                fmt::format("{} '{}' is not a date", flag, value),
                {"write 2026-11-18, 2026-11-18T10:30:00Z, -30d, -24h or "
                 "mStart"});
  }
  arguments.member("dateRange").set(name, value);
  return {};
}

Result<void> date_from(std::string_view value, json::Value& arguments) {
  return date("--date-from", "date_from", value, arguments);
}

Result<void> date_to(std::string_view value, json::Value& arguments) {
  return date("--date-to", "date_to", value, arguments);
}

struct Operator {
  std::string_view sign;
  std::string_view name;
};
// Longer signs first, so that ">=" is not read as ">".
constexpr std::array<Operator, 8> operators{{
    {"!=", "is_not"},
    {">=", "gte"},
    {"<=", "lte"},
    {"!~", "not_icontains"},
    {"=", "exact"},
    {">", "gt"},
    {"<", "lt"},
    {"~", "icontains"},
}};

// The value as a number where it is one and the operator compares sizes.
json::Value filter_value(std::string_view op, std::string_view text) {
  if (number_in<double>(text) && (op.starts_with("g") || op.starts_with("l"))) {
    return json::Number{std::string(text)};
  }
  if (op == "exact" || op == "is_not") return json::Array{text};
  return text;
}

// "plan = pro", "person.company_size != 1-10", "amount_usd >= 100".
Result<void> where(std::string_view value, json::Value& arguments) {
  for (const Operator& row : operators) {
    const size_t at = value.find(row.sign);
    if (at == std::string_view::npos || at == 0) continue;
    const PropertyName property = property_name(value.substr(0, at));
    json::Value filter;
    filter.set("key", property.key);
    filter.set("value", filter_value(row.name,
                                     trim(value.substr(at + row.sign.size()))));
    filter.set("operator", row.name).set("type", property.type);
    arguments.member("properties").push(std::move(filter));
    return {};
  }
  return fail(ErrorKind::usage,
              fmt::format("--where '{}' has no comparison", value),
              {"write a property, a sign and a value: --where 'plan = pro'; "
               "the signs are = != > >= < <= ~ !~"});
}

Result<void> trends_breakdown(std::string_view value, json::Value& arguments) {
  const PropertyName property = property_name(value);
  json::Value row;
  row.set("property", property.key).set("type", property.type);
  arguments.member("breakdownFilter").member("breakdowns").push(row);
  return {};
}

Result<void> funnel_breakdown(std::string_view value, json::Value& arguments) {
  const PropertyName property = property_name(value);
  arguments.member("breakdownFilter")
      .set("breakdown", property.key)
      .set("breakdown_type", property.type);
  return {};
}

Result<void> formula(std::string_view value, json::Value& arguments) {
  arguments.member("trendsFilter").set("formula", value);
  return {};
}

Result<void> display(std::string_view value, json::Value& arguments) {
  arguments.member("trendsFilter").set("display", value);
  return {};
}

Result<void> compare(std::string_view value, json::Value& arguments) {
  arguments.member("compareFilter")
      .set("compare", true)
      .set("compare_to", value);
  return {};
}

// "7d", "12h", "2w".
Result<void> window(std::string_view value, json::Value& arguments) {
  const std::string_view units = "mhdw";
  const std::array<std::string_view, 4> names{"minute", "hour", "day", "week"};
  const size_t unit = value.empty() ? units.npos : units.find(value.back());
  const int count =
      unit == units.npos
          ? 0
          : number_in<int>(value.substr(0, value.size() - 1)).value_or(0);
  if (count <= 0) {
    return fail(ErrorKind::usage,
                fmt::format("--window '{}' is not a length of time", value),
                {"write a number and m, h, d or w: --window 7d"});
  }
  arguments.member("funnelsFilter")
      .set("funnelWindowInterval", count)
      .set("funnelWindowIntervalUnit", names.at(unit));
  return {};
}

Result<void> sql(std::string_view value, json::Value& arguments) {
  json::Value source;
  source.set("kind", "HogQLQuery").set("query", value);
  arguments.set("query", json::Value()
                             .set("kind", "DataVisualizationNode")
                             .set("source", std::move(source)));
  return {};
}

Result<void> plain_sql(std::string_view value, json::Value& arguments) {
  arguments.set("query", value);
  return {};
}

constexpr Shorthand event_flag{
    "event", "NAME", "Count that event; may be repeated; * is any event.",
    event, "series"};
constexpr Shorthand math_flag{
    "math", "MATH",
    "total, dau, weekly_active, monthly_active, unique_session, or sum, avg, "
    "min, max, median, p75 to p99 with a property: sum:amount.",
    math};
constexpr Shorthand interval_flag{
    "interval", "UNIT", "minute, hour, day, week or month.", interval};
constexpr Shorthand date_from_flag{
    "date-from", "DATE", "Begin there: 2026-11-01, -30d, mStart.", date_from};
constexpr Shorthand date_to_flag{"date-to", "DATE",
                                 "End there; a day counts whole.", date_to};
constexpr Shorthand where_flag{
    "where", "FILTER",
    "Keep only events that match, such as 'plan = pro' or "
    "'person.company_size != 1-10'; may be repeated.",
    where};

constexpr std::array<Shorthand, 10> trends_flags{
    event_flag,
    math_flag,
    interval_flag,
    date_from_flag,
    date_to_flag,
    where_flag,
    Shorthand{"breakdown", "PROPERTY",
              "Split by that property; person.NAME for a person's.",
              trends_breakdown},
    Shorthand{"formula", "FORMULA", "Arithmetic over the series: A/B.",
              formula},
    Shorthand{"display", "KIND", "BoldNumber for one total.", display},
    Shorthand{"compare", "BACK", "Compare with that long ago: -1w, -1m.",
              compare},
};

constexpr std::array<Shorthand, 6> funnel_flags{
    Shorthand{"steps", "EVENTS", "The events in their order, with commas.",
              steps, "series"},
    date_from_flag,
    date_to_flag,
    where_flag,
    Shorthand{"breakdown", "PROPERTY",
              "Split by that property; person.NAME for a person's.",
              funnel_breakdown},
    Shorthand{"window", "LENGTH", "Time allowed from first to last: 7d.",
              window},
};

constexpr std::array<Shorthand, 1> query_run_flags{
    Shorthand{"sql", "QUERY", "Run that HogQL query.", sql, "query"},
};

constexpr std::array<Shorthand, 1> execute_sql_flags{
    Shorthand{"sql", "QUERY", "Run that HogQL query.", plain_sql, "query"},
};

constexpr std::array<Shorthand, 2> errors_flags{date_from_flag, date_to_flag};

}  // namespace

std::span<const Shorthand> shorthands(std::string_view tool) {
  if (tool == "query-trends") return trends_flags;
  if (tool == "query-funnel") return funnel_flags;
  if (tool == "query-run") return query_run_flags;
  if (tool == "execute-sql") return execute_sql_flags;
  if (tool == "query-error-tracking-issues-list") return errors_flags;
  return {};
}

}  // namespace claribi::source::posthog
