// SPDX-License-Identifier: MIT
// A plan from its JSON form. A file that a person edited must not become a
// call that nobody meant, so nothing unknown passes.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/date.hpp"
#include "plan/plan.hpp"
#include "plan/plan_names.hpp"

namespace claribi::plan {
namespace {

using json::Value;
using Kind = TimeRange::Kind;

// Each reader takes the value and the name by which it is complained of.

std::unexpected<Error> wrong(std::string_view name, std::string_view wanted) {
  return fail(ErrorKind::usage,
              fmt::format("the plan's '{}' is not {}", name, wanted));
}

Result<void> check_members(const Value& value, std::string_view name,
                           std::span<const std::string_view> known) {
  if (!value.is_object()) return wrong(name, "an object");
  for (const auto& member : value.members()) {
    if (std::ranges::find(known, member.name) == known.end()) {
      return fail(ErrorKind::usage, fmt::format("the plan's '{}' has an "
                                                "unknown member '{}'",
                                                name, member.name));
    }
  }
  return {};
}

Result<std::string> text_in(const Value& value, std::string_view name) {
  const auto text = value.string();
  if (!text) return wrong(name, "a string");
  return std::string(*text);
}

Result<std::optional<std::string>> text_if_set(const Value& value,
                                               std::string_view name) {
  if (value.is_null()) return std::nullopt;
  CLARIBI_TRY_ASSIGN(auto text, text_in(value, name));
  return text;
}

Result<int> integer_in(const Value& value, std::string_view name, int least,
                       int most) {
  const auto number = value.integer();
  if (!number || *number < least || *number > most) {
    return wrong(name, fmt::format("an integer from {} to {}", least, most));
  }
  return static_cast<int>(*number);
}

// False if it is not there.
Result<void> read_flag(const Value& value, std::string_view name, bool& flag) {
  if (value.is_null()) return {};
  const auto said = value.boolean();
  if (!said) return wrong(name, "true or false");
  flag = *said;
  return {};
}

Result<Unit> unit_in(const Value& value, std::string_view name) {
  const auto unit = unit_named(value.text_or(""));
  if (!unit) return wrong(name, "a unit of time, such as \"day\"");
  return *unit;
}

template <typename Enum, size_t Count>
Result<Enum> named_in(const std::array<Named<Enum>, Count>& rows,
                      const Value& value, std::string_view name) {
  const auto found = value_of(rows, value.text_or(""));
  if (!found)
    return wrong(name, fmt::format("known; try \"{}\"", rows[0].name));
  return *found;
}

template <typename Item>
Result<std::vector<Item>> list_in(const Value& value, std::string_view name,
                                  Result<Item> (*read)(const Value&,
                                                       std::string_view)) {
  std::vector<Item> items;
  if (value.is_null()) return items;
  if (!value.is_array()) return wrong(name, "a list");
  for (const auto& item : value.items()) {
    CLARIBI_TRY_ASSIGN(auto read_item, read(item, name));
    items.push_back(std::move(read_item));
  }
  return items;
}

Result<std::optional<int>> count_if_set(const Value& value,
                                        std::string_view name, int most) {
  if (value.is_null()) return std::nullopt;
  CLARIBI_TRY_ASSIGN(const int count, integer_in(value, name, 0, most));
  return count;
}

Result<Series> series_in(const Value& value, std::string_view name) {
  static constexpr std::array<std::string_view, 3> members{"event", "math",
                                                           "property"};
  CLARIBI_TRY(check_members(value, name, members));
  Series series;
  CLARIBI_TRY_ASSIGN(series.event, text_if_set(value["event"], "series.event"));
  CLARIBI_TRY_ASSIGN(series.math,
                     named_in(maths, value["math"], "series.math"));
  CLARIBI_TRY_ASSIGN(series.property,
                     text_if_set(value["property"], "series.property"));
  return series;
}

Result<Filter> filter_in(const Value& value, std::string_view name) {
  static constexpr std::array<std::string_view, 4> members{"on", "property",
                                                           "op", "values"};
  static constexpr auto operators = std::to_array<std::string_view>(
      {"exact", "is_not", "icontains", "not_icontains", "regex", "not_regex",
       "gt", "gte", "lt", "lte", "is_set", "is_not_set", "in", "not_in"});
  CLARIBI_TRY(check_members(value, name, members));
  Filter filter;
  CLARIBI_TRY_ASSIGN(filter.on, named_in(owners, value["on"], "filters.on"));
  CLARIBI_TRY_ASSIGN(filter.property,
                     text_in(value["property"], "filters.property"));
  CLARIBI_TRY_ASSIGN(filter.op, text_in(value["op"], "filters.op"));
  if (std::ranges::find(operators, filter.op) == operators.end()) {
    return wrong("filters.op", "an operator, such as \"exact\"");
  }
  CLARIBI_TRY_ASSIGN(
      filter.values,
      list_in<std::string>(value["values"], "filters.values", text_in));
  return filter;
}

Result<Breakdown> breakdown_in(const Value& value, std::string_view name) {
  static constexpr std::array<std::string_view, 2> members{"on", "property"};
  CLARIBI_TRY(check_members(value, name, members));
  Breakdown breakdown;
  CLARIBI_TRY_ASSIGN(breakdown.on,
                     named_in(owners, value["on"], "breakdown.on"));
  CLARIBI_TRY_ASSIGN(breakdown.property,
                     text_in(value["property"], "breakdown.property"));
  return breakdown;
}

Result<void> check_time(const TimeRange& time) {
  const bool needs_from = time.kind == Kind::since ||
                          time.kind == Kind::absolute ||
                          time.kind == Kind::week_of;
  if (needs_from && !is_date(time.from)) return wrong("time.from", "a date");
  if (time.kind == Kind::absolute && !is_date(time.to)) {
    return wrong("time.to", "a date");
  }
  const int most = time.kind == Kind::weekday   ? 7
                   : time.kind == Kind::month   ? 12
                   : time.kind == Kind::quarter ? 4
                                                : 10'000;
  const bool counted = time.kind == Kind::rolling || most < 10'000;
  if (counted && (time.count < 1 || time.count > most)) {
    return wrong("time.count", fmt::format("an integer from 1 to {}", most));
  }
  return {};
}

Result<TimeRange> time_in(const Value& value);

// A range that reaches from one to another; neither reaches so itself.
Result<std::vector<TimeRange>> ends_in(const Value& value) {
  std::vector<TimeRange> ends;
  for (const Value& item : value.items()) {
    if (item["kind"].string() == "span") return wrong("time.ends", "simple");
    CLARIBI_TRY_ASSIGN(auto end, time_in(item));
    ends.push_back(std::move(end));
  }
  if (ends.size() != 2) return wrong("time.ends", "two ranges");
  return ends;
}

Result<TimeRange> time_in(const Value& value) {
  static constexpr std::array<std::string_view, 9> members{
      "kind", "phrase", "unit",   "count", "offset",
      "from", "to",     "to_now", "ends"};
  TimeRange time;
  if (value.is_null()) return time;
  CLARIBI_TRY(check_members(value, "time", members));
  CLARIBI_TRY_ASSIGN(time.kind, named_in(kinds, value["kind"], "time.kind"));
  time.phrase = value["phrase"].text_or("");
  if (value.has("unit")) {
    CLARIBI_TRY_ASSIGN(time.unit, unit_in(value["unit"], "time.unit"));
  }
  if (value.has("count")) {
    CLARIBI_TRY_ASSIGN(time.count,
                       integer_in(value["count"], "time.count", 0, 10'000));
  }
  if (value.has("offset")) {
    CLARIBI_TRY_ASSIGN(time.offset, integer_in(value["offset"], "time.offset",
                                               -10'000, 10'000));
  }
  time.from = value["from"].text_or("");
  time.to = value["to"].text_or("");
  CLARIBI_TRY(read_flag(value["to_now"], "time.to_now", time.to_now));
  if (time.kind == Kind::span) {
    CLARIBI_TRY_ASSIGN(time.ends, ends_in(value["ends"]));
  }
  CLARIBI_TRY(check_time(time));
  return time;
}

Result<Window> window_in(const Value& value) {
  static constexpr std::array<std::string_view, 2> members{"count", "unit"};
  Window window;
  if (value.is_null()) return window;
  CLARIBI_TRY(check_members(value, "window", members));
  CLARIBI_TRY_ASSIGN(window.count,
                     integer_in(value["count"], "window.count", 1, 10'000));
  CLARIBI_TRY_ASSIGN(window.unit, unit_in(value["unit"], "window.unit"));
  return window;
}

Result<std::optional<Retention>> retention_in(const Value& value) {
  static constexpr std::array<std::string_view, 6> members{
      "start", "returning", "period", "intervals", "recurring", "asked"};
  if (value.is_null()) return std::nullopt;
  CLARIBI_TRY(check_members(value, "retention", members));
  Retention retention;
  CLARIBI_TRY_ASSIGN(retention.start,
                     text_in(value["start"], "retention.start"));
  CLARIBI_TRY_ASSIGN(retention.returning,
                     text_in(value["returning"], "retention.returning"));
  CLARIBI_TRY_ASSIGN(retention.period,
                     unit_in(value["period"], "retention.period"));
  CLARIBI_TRY_ASSIGN(
      retention.intervals,
      integer_in(value["intervals"], "retention.intervals", 2, 100));
  CLARIBI_TRY(read_flag(value["recurring"], "retention.recurring",
                        retention.recurring));
  CLARIBI_TRY_ASSIGN(
      retention.asked,
      count_if_set(value["asked"], "retention.asked", retention.intervals - 1));
  return retention;
}

Result<std::optional<Paths>> paths_in(const Value& value) {
  static constexpr std::array<std::string_view, 3> members{"start", "end",
                                                           "kinds"};
  if (value.is_null()) return std::nullopt;
  CLARIBI_TRY(check_members(value, "paths", members));
  Paths paths;
  CLARIBI_TRY_ASSIGN(paths.start, text_if_set(value["start"], "paths.start"));
  CLARIBI_TRY_ASSIGN(paths.end, text_if_set(value["end"], "paths.end"));
  CLARIBI_TRY_ASSIGN(paths.kinds, list_in<std::string>(value["kinds"],
                                                       "paths.kinds", text_in));
  return paths;
}

Result<std::optional<ObjectRef>> object_in(const Value& value) {
  static constexpr std::array<std::string_view, 3> members{"kind", "id",
                                                           "name"};
  if (value.is_null()) return std::nullopt;
  CLARIBI_TRY(check_members(value, "object", members));
  ObjectRef object;
  CLARIBI_TRY_ASSIGN(object.kind, text_in(value["kind"], "object.kind"));
  object.id = value["id"].text_or("");
  object.name = value["name"].text_or("");
  return object;
}

Result<Assumption> assumption_in(const Value& value, std::string_view name) {
  if (!value.is_object()) return wrong(name, "a list of objects");
  const double score = value["score_percent"].number().value_or(100.0);
  return Assumption{.slot = value["slot"].text_or(""),
                    .value = value["value"].text_or(""),
                    .why = value["why"].text_or(""),
                    .score = std::clamp(score, 0.0, 100.0) / 100.0};
}

// "-1w", "-30d".
bool is_shift(std::string_view text) {
  if (text.size() < 3 || text.size() > 6 || text.front() != '-') return false;
  const auto digits = text.substr(1, text.size() - 2);
  return std::string_view("hdwmy").contains(text.back()) &&
         digits.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<void> read_lists(const Value& value, Plan& plan) {
  CLARIBI_TRY_ASSIGN(plan.series,
                     list_in<Series>(value["series"], "series", series_in));
  CLARIBI_TRY_ASSIGN(plan.steps,
                     list_in<std::string>(value["steps"], "steps", text_in));
  CLARIBI_TRY_ASSIGN(plan.filters,
                     list_in<Filter>(value["filters"], "filters", filter_in));
  CLARIBI_TRY_ASSIGN(
      plan.breakdown,
      list_in<Breakdown>(value["breakdown"], "breakdown", breakdown_in));
  CLARIBI_TRY_ASSIGN(
      plan.assumptions,
      list_in<Assumption>(value["assumptions"], "assumptions", assumption_in));
  return {};
}

Result<void> read_texts(const Value& value, Plan& plan) {
  struct Row {
    std::string_view name;
    std::optional<std::string> Plan::* member;
  };
  static constexpr std::array<Row, 6> rows{{
      {"formula", &Plan::formula},
      {"compare_to", &Plan::compare_to},
      {"state", &Plan::state},
      {"order", &Plan::order},
      {"search", &Plan::search},
      {"sql", &Plan::sql},
  }};
  for (const auto& row : rows) {
    CLARIBI_TRY_ASSIGN(plan.*row.member,
                       text_if_set(value[row.name], row.name));
  }
  if (plan.compare_to && !is_shift(*plan.compare_to)) {
    return wrong("compare_to", "a step back, such as \"-1w\"");
  }
  return {};
}

Result<void> read_rest(const Value& value, Plan& plan) {
  CLARIBI_TRY_ASSIGN(plan.time, time_in(value["time"]));
  CLARIBI_TRY_ASSIGN(plan.window, window_in(value["window"]));
  CLARIBI_TRY(read_flag(value["time_to_convert"], "time_to_convert",
                        plan.time_to_convert));
  CLARIBI_TRY_ASSIGN(plan.retention, retention_in(value["retention"]));
  CLARIBI_TRY_ASSIGN(plan.paths, paths_in(value["paths"]));
  CLARIBI_TRY_ASSIGN(plan.object, object_in(value["object"]));
  if (value.has("interval")) {
    CLARIBI_TRY_ASSIGN(plan.interval, unit_in(value["interval"], "interval"));
  }
  CLARIBI_TRY_ASSIGN(plan.limit, count_if_set(value["limit"], "limit", 10'000));
  CLARIBI_TRY_ASSIGN(
      plan.minimum_rollout,
      count_if_set(value["minimum_rollout"], "minimum_rollout", 100));
  CLARIBI_TRY(read_flag(value["total"], "total", plan.total));
  CLARIBI_TRY(read_flag(value["as_table"], "as_table", plan.as_table));
  CLARIBI_TRY(read_flag(value["by_query"], "by_query", plan.by_query));
  return {};
}

}  // namespace

Result<Plan> from_json(const Value& value) {
  static constexpr auto members =
      std::to_array<std::string_view>({"version",
                                       "frame",
                                       "series",
                                       "formula",
                                       "steps",
                                       "window",
                                       "filters",
                                       "breakdown",
                                       "time",
                                       "interval",
                                       "compare_to",
                                       "state",
                                       "order",
                                       "object",
                                       "search",
                                       "limit",
                                       "minimum_rollout",
                                       "total",
                                       "by_query",
                                       "sql",
                                       "time_to_convert",
                                       "retention",
                                       "paths",
                                       "assumptions",
                                       "as_table"});
  if (!value.is_object()) {
    return fail(ErrorKind::usage, "the plan is not a JSON object");
  }
  for (const auto& member : value.members()) {
    if (std::ranges::find(members, member.name) == members.end()) {
      return fail(
          ErrorKind::usage,
          fmt::format("the plan has an unknown member '{}'", member.name));
    }
  }
  if (value["version"].integer() != plan_version) {
    return wrong("version", fmt::format("{}", plan_version));
  }
  Plan plan;
  CLARIBI_TRY_ASSIGN(plan.frame, text_in(value["frame"], "frame"));
  CLARIBI_TRY(read_lists(value, plan));
  CLARIBI_TRY(read_texts(value, plan));
  CLARIBI_TRY(read_rest(value, plan));
  return plan;
}

}  // namespace claribi::plan
