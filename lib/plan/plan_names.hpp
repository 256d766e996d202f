// SPDX-License-Identifier: MIT
// The names that a plan's JSON has for the values of its enums.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "plan/plan.hpp"

namespace claribi::plan {

template <typename Enum>
struct Named {
  Enum value;
  std::string_view name;
};

inline constexpr std::array<Named<Math>, 14> maths{{
    {Math::total, "total"},
    {Math::dau, "dau"},
    {Math::weekly_active, "weekly_active"},
    {Math::monthly_active, "monthly_active"},
    {Math::unique_session, "unique_session"},
    {Math::sum, "sum"},
    {Math::avg, "avg"},
    {Math::min, "min"},
    {Math::max, "max"},
    {Math::median, "median"},
    {Math::p75, "p75"},
    {Math::p90, "p90"},
    {Math::p95, "p95"},
    {Math::p99, "p99"},
}};

inline constexpr std::array<Named<Owner>, 4> owners{{
    {Owner::event, "event"},
    {Owner::person, "person"},
    {Owner::session, "session"},
    {Owner::cohort, "cohort"},
}};

inline constexpr std::array<Named<TimeRange::Kind>, 11> kinds{{
    {TimeRange::Kind::unsaid, "unsaid"},
    {TimeRange::Kind::rolling, "rolling"},
    {TimeRange::Kind::calendar, "calendar"},
    {TimeRange::Kind::weekday, "weekday"},
    {TimeRange::Kind::month, "month"},
    {TimeRange::Kind::quarter, "quarter"},
    {TimeRange::Kind::absolute, "absolute"},
    {TimeRange::Kind::since, "since"},
    {TimeRange::Kind::weekend, "weekend"},
    {TimeRange::Kind::week_of, "week_of"},
    {TimeRange::Kind::span, "span"},
}};

template <typename Enum, size_t Count>
std::string_view name_of(const std::array<Named<Enum>, Count>& rows,
                         Enum value) {
  for (const auto& row : rows) {
    if (row.value == value) return row.name;
  }
  std::unreachable();
}

template <typename Enum, size_t Count>
std::optional<Enum> value_of(const std::array<Named<Enum>, Count>& rows,
                             std::string_view name) {
  for (const auto& row : rows) {
    if (row.name == name) return row.value;
  }
  return std::nullopt;
}

}  // namespace claribi::plan
