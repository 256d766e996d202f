// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "source/posthog/insight_cells.hpp"
#include "source/posthog/insights.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;
using table::Type;

// How time is cut for cohorts and for what comes after them.
struct Periods {
  Unit unit = Unit::day;
  bool rolling = false;  // 24 hours from each person's own start.
  // Where brackets of several periods stand for intervals: how many each has.
  std::vector<int> brackets = {};

  // How many periods after the cohort's own an interval begins.
  [[nodiscard]] int begin(size_t interval) const {
    if (interval == 0 || brackets.empty()) return static_cast<int>(interval);
    int begin = 1;
    for (size_t i = 0; i + 1 < interval; ++i)
      begin += i < brackets.size() ? brackets[i] : 1;
    return begin;
  }
  // The people of a cohort start up to one period apart.
  [[nodiscard]] int end(size_t interval) const {
    return begin(interval + 1) + (rolling ? 1 : 0);
  }
};

// A cohort's date is wall time of the project. One in UTC, for a project
// elsewhere, shows itself by not being a start of a period there.
std::optional<LocalTime> cohort_start(std::string_view text, Unit unit,
                                      const Calendar& calendar) {
  const auto written =
      wall_time(text.substr(0, std::min<size_t>(text.size(), 19)));
  if (!written || !text.ends_with('Z')) return written;
  if (start_of(unit, *written, calendar) == *written) return written;
  const auto at = parse_instant(text);
  const LocalTime there = calendar.zone.to_local(*at);
  return start_of(unit, there, calendar) == there ? there : written;
}

Unit unit_between(LocalTime first, LocalTime second) {
  const auto apart = second - first;
  if (apart < std::chrono::hours(23)) return Unit::hour;
  if (apart < std::chrono::days(6)) return Unit::day;
  return apart < std::chrono::days(27) ? Unit::week : Unit::month;
}

Unit unit_of(const json::Value& results, const json::Value& filter) {
  const auto said = unit_named(lower(filter["period"].text_or("")));
  if (said) return *said;
  const auto first = wall_time(results.at(0)["date"].text_or(""));
  const auto second = wall_time(results.at(1)["date"].text_or(""));
  return first && second && *first < *second ? unit_between(*first, *second)
                                             : Unit::day;
}

Periods periods_of(const json::Value& results, const json::Value& query) {
  const json::Value& filter = query["retentionFilter"];
  Periods periods{.unit = unit_of(results, filter)};
  periods.rolling = filter["timeWindowMode"].string() == "24_hour_windows";
  for (const json::Value& size : filter["retentionCustomBrackets"].items())
    periods.brackets.push_back(static_cast<int>(size.integer().value_or(1)));
  return periods;
}

struct Cohort {
  LocalTime start;
  std::string name;  // As the table shows it.
  std::optional<std::string> breakdown = {};
  const json::Value& cells;
};

// Whole people as whole numbers, however they were spelled.
json::Value count_of(const json::Value& cell) {
  const json::Value& count = cell.is_object() ? cell["count"] : cell;
  const auto number = count.number();
  if (!number) return {};
  const auto rounded = static_cast<int64_t>(*number);
  return static_cast<double>(rounded) == *number ? json::Value(rounded) : count;
}

json::Value rate_of(const json::Value& returned, const json::Value& size) {
  const auto part = returned.number();
  const auto whole = size.number();
  if (!part || !whole || *whole == 0) return {};
  return *part / *whole;
}

void add_cohort(Table& table, const Cohort& cohort, const Periods& periods,
                LocalTime now) {
  const json::Value size = count_of(cohort.cells.at(0));
  for (size_t i = 0; i < cohort.cells.size(); ++i) {
    const bool begun = add(cohort.start, periods.unit, periods.begin(i)) <= now;
    const bool over = add(cohort.start, periods.unit, periods.end(i)) <= now;
    const json::Value returned =
        begun ? count_of(cohort.cells.at(i)) : json::Value();
    table::Row row{cohort.name};
    if (cohort.breakdown) row.emplace_back(*cohort.breakdown);
    row.push_back(size);
    row.emplace_back(i);
    row.push_back(returned);
    row.push_back(rate_of(returned, size));
    row.emplace_back(!over);
    table.rows.push_back(std::move(row));
  }
}

Table empty_table(const Periods& periods, bool breakdown) {
  Table table{.shape = Shape::retention, .unit = periods.unit};
  table.columns.push_back(
      {"cohort", periods.unit == Unit::hour ? Type::datetime : Type::date});
  if (breakdown) table.columns.push_back({"breakdown"});
  table.columns.push_back({"size", Type::integer});
  table.columns.push_back({"interval", Type::integer});
  table.columns.push_back({"returned", Type::integer});
  table.columns.push_back({"rate", Type::number});
  table.columns.push_back({"partial", Type::boolean});
  return table;
}

std::string cohort_name(LocalTime start, Unit unit) {
  if (unit != Unit::hour) return format_date(start);
  std::string name = format_date_time(start);
  name[10] = 'T';
  return name;
}

// Else somebody who starts twice is in two cohorts.
bool only_first_starts(const json::Value& query) {
  return query["retentionFilter"]["retentionType"].text_or("").starts_with(
      "retention_first");
}

void note_unfinished(Table& table) {
  const bool any = std::ranges::any_of(table.rows, [](const table::Row& row) {
    return row.back().boolean().value_or(false);
  });
  if (any) {
    table.notes.emplace_back(
        "rows that are partial are not over yet: their numbers will grow");
  }
}

}  // namespace

Result<Table> decode_retention(const json::Value& results,
                               const json::Value& query, const Moment& moment) {
  if (!results.is_array()) {
    return fail(ErrorKind::protocol, "the retention result is not a list");
  }
  const bool breakdown =
      std::ranges::any_of(results.items(), [](const json::Value& cohort) {
        return !cohort["breakdown_value"].is_null();
      });
  const Periods periods = periods_of(results, query);
  Table table = empty_table(periods, breakdown);
  table.additive = only_first_starts(query);
  for (const json::Value& result : results.items()) {
    const auto start =
        cohort_start(result["date"].text_or(""), periods.unit, moment.calendar);
    if (!start) {
      return fail(ErrorKind::protocol,
                  "a cohort of the retention result has no date");
    }
    if (*start > moment.local()) continue;
    Cohort cohort{.start = *start,
                  .name = cohort_name(*start, periods.unit),
                  .cells = result["values"]};
    if (breakdown) cohort.breakdown = breakdown_text(result["breakdown_value"]);
    add_cohort(table, cohort, periods, moment.local());
  }
  note_breakdown_limit(table, results.items(), query);
  note_unfinished(table);
  return table;
}

}  // namespace claribi::source::posthog
