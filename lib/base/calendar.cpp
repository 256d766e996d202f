// SPDX-License-Identifier: MIT
#include "base/calendar.hpp"

#include <array>
#include <utility>

namespace claribi {
namespace {

using std::chrono::days;
using std::chrono::months;

constexpr std::array<std::pair<Unit, std::string_view>, 7> unit_names{{
    {Unit::minute, "minute"},
    {Unit::hour, "hour"},
    {Unit::day, "day"},
    {Unit::week, "week"},
    {Unit::month, "month"},
    {Unit::quarter, "quarter"},
    {Unit::year, "year"},
}};

std::chrono::year_month_day date_of(LocalTime local) {
  return std::chrono::year_month_day{std::chrono::floor<days>(local)};
}

LocalTime first_of_month(std::chrono::year year, unsigned month) {
  return LocalDays{year / std::chrono::month{month} / 1};
}

LocalTime start_of_week(LocalDays day, bool on_sunday) {
  const std::chrono::weekday weekday{day};
  const unsigned behind =
      on_sunday ? weekday.c_encoding() : weekday.iso_encoding() - 1;
  return day - days{behind};
}

LocalTime add_months(LocalTime local, int count) {
  const auto day = std::chrono::floor<days>(local);
  std::chrono::year_month_day date{day};
  date += months{count};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return LocalDays{date} + (local - day);
}

}  // namespace

std::string_view unit_name(Unit unit) {
  for (const auto& [value, name] : unit_names) {
    if (value == unit) return name;
  }
  std::unreachable();
}

std::optional<Unit> unit_named(std::string_view name) {
  for (const auto& [value, known] : unit_names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

LocalTime start_of(Unit unit, LocalTime local, const Calendar& calendar) {
  const auto day = std::chrono::floor<days>(local);
  const auto date = date_of(local);
  const auto month = static_cast<unsigned>(date.month());
  switch (unit) {
    case Unit::minute:
      return std::chrono::floor<std::chrono::minutes>(local);
    case Unit::hour:
      return std::chrono::floor<std::chrono::hours>(local);
    case Unit::day:
      return day;
    case Unit::week:
      return start_of_week(day, calendar.weeks_start_on_sunday);
    case Unit::month:
      return first_of_month(date.year(), month);
    case Unit::quarter:
      return first_of_month(date.year(), (month - 1) / 3 * 3 + 1);
    case Unit::year:
      return first_of_month(date.year(), 1);
  }
  std::unreachable();
}

LocalTime add(LocalTime local, Unit unit, int count) {
  switch (unit) {
    case Unit::minute:
      return local + std::chrono::minutes{count};
    case Unit::hour:
      return local + std::chrono::hours{count};
    case Unit::day:
      return local + days{count};
    case Unit::week:
      return local + days{7 * count};
    case Unit::month:
      return add_months(local, count);
    case Unit::quarter:
      return add_months(local, 3 * count);
    case Unit::year:
      return add_months(local, 12 * count);
  }
  std::unreachable();
}

}  // namespace claribi
