// SPDX-License-Identifier: MIT
#include "demo/period.hpp"

#include <utility>

#include "base/result.hpp"

namespace claribi::demo {

Result<std::vector<Period>> read_periods(const World& world,
                                         const json::Value& arguments,
                                         Unit unit) {
  const Calendar& calendar = world.moment.calendar;
  CLARIBI_TRY_ASSIGN(const TimeRange range,
                     read_time_range(world, arguments["dateRange"], unit));
  CLARIBI_TRY_ASSIGN(auto current, cut(range, unit, calendar));
  std::vector<Period> periods;
  const auto& compare = arguments["compareFilter"];
  if (!compare["compare"].boolean().value_or(false)) {
    periods.push_back({.label = "", .buckets = std::move(current)});
    return periods;
  }
  TimeRange before = previous_range(range, unit, calendar);
  if (const auto by = compare["compare_to"].string(); by && !by->empty()) {
    CLARIBI_TRY_ASSIGN(before, range_back(range, *by, unit, calendar));
  }
  CLARIBI_TRY_ASSIGN(auto previous, cut(before, unit, calendar));
  periods.push_back({.label = "current", .buckets = std::move(current)});
  periods.push_back({.label = "previous", .buckets = std::move(previous)});
  return periods;
}

}  // namespace claribi::demo
