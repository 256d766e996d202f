// SPDX-License-Identifier: MIT
#include "demo/hogql_time.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "base/result.hpp"

namespace claribi::demo::hogql {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Cells = std::span<const Cell>;

std::optional<int64_t> integer_in(const Cell& cell) {
  if (const auto* integer = std::get_if<int64_t>(&cell)) return *integer;
  return std::nullopt;
}

// Wall time in the zone, for times between the years 1 and 9999.
std::optional<LocalTime> local_in(const Cell& cell, const Calendar& calendar) {
  constexpr int64_t first = -62135596800000;
  constexpr int64_t last = 253402300799999;
  const auto ms = integer_in(cell);
  if (!ms || *ms < first || *ms > last) return std::nullopt;
  return calendar.zone.to_local(Instant{milliseconds{*ms}});
}

Cell cell_of(LocalTime local, const Calendar& calendar) {
  return int64_t{calendar.zone.to_instant(local).time_since_epoch().count()};
}

// Text without an offset is wall time in the zone, as in PostHog.
Cell read_time(const Cell& cell, const Calendar& calendar) {
  if (integer_in(cell)) return cell;
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr) return std::monostate();
  const auto instant = parse_instant(*text);
  if (!instant) return std::monostate();
  constexpr size_t time_at = std::string_view("2026-09-01T").size();
  const bool zoned = text->size() > time_at &&
                     text->find_first_of("+-Z", time_at) != std::string::npos;
  if (zoned) return int64_t{instant->time_since_epoch().count()};
  return cell_of(TimeZone::utc().to_local(*instant), calendar);
}

std::optional<Unit> unit_in(const Cell& cell) {
  const auto* name = std::get_if<std::string>(&cell);
  return name == nullptr ? std::nullopt : unit_named(*name);
}

Cell start(Cells cells, const Calendar& calendar) {
  const auto unit = unit_in(cells[0]);
  const auto local = local_in(cells[1], calendar);
  if (!unit || !local) return std::monostate();
  return cell_of(start_of(*unit, *local, calendar), calendar);
}

Cell later(Cells cells, const Calendar& calendar) {
  constexpr int64_t most = 1000000;
  const auto unit = unit_in(cells[0]);
  const auto local = local_in(cells[1], calendar);
  const auto count = integer_in(cells[2]);
  const auto at = integer_in(cells[1]);
  if (!local || !at || !count || *count > most || *count < -most) {
    return std::monostate();
  }
  // Seconds, minutes and hours go by the clock of the world.
  const int64_t ms = *at;
  if (!unit) return ms + *count * 1000;
  if (*unit == Unit::minute) return ms + *count * 60000;
  if (*unit == Unit::hour) return ms + *count * 3600000;
  if (*count > 20000 || *count < -20000) return std::monostate();
  return cell_of(add(*local, *unit, static_cast<int>(*count)), calendar);
}

// A number for each unit that goes up by one at each of its boundaries.
int64_t number_of(std::optional<Unit> unit, LocalTime local,
                  const Calendar& calendar) {
  if (!unit) return local.time_since_epoch().count();
  const std::chrono::year_month_day date{std::chrono::floor<days>(local)};
  const int64_t year = static_cast<int>(date.year());
  const int64_t month = static_cast<unsigned>(date.month()) - 1;
  const auto since = start_of(*unit, local, calendar).time_since_epoch();
  switch (*unit) {
    case Unit::minute:
      return since / std::chrono::minutes{1};
    case Unit::hour:
      return since / std::chrono::hours{1};
    case Unit::day:
      return since / days{1};
    case Unit::week:
      // Weeks begin on the same day, so their distance is whole.
      return std::chrono::floor<std::chrono::weeks>(since).count();
    case Unit::month:
      return year * 12 + month;
    case Unit::quarter:
      return year * 4 + month / 3;
    case Unit::year:
      return year;
  }
  return 0;
}

Cell difference(Cells cells, const Calendar& calendar) {
  const auto unit = unit_in(cells[0]);
  const auto from = local_in(cells[1], calendar);
  const auto to = local_in(cells[2], calendar);
  if (!from || !to) return std::monostate();
  return number_of(unit, *to, calendar) - number_of(unit, *from, calendar);
}

Cell part(Cells cells, const Calendar& calendar) {
  const auto unit = unit_in(cells[0]);
  const auto local = local_in(cells[1], calendar);
  if (!local) return std::monostate();
  const auto day = std::chrono::floor<days>(*local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{*local - day};
  if (!unit) return int64_t{time.seconds().count()};
  switch (*unit) {
    case Unit::minute:
      return int64_t{time.minutes().count()};
    case Unit::hour:
      return int64_t{time.hours().count()};
    case Unit::day:
      return int64_t{static_cast<unsigned>(date.day())};
    case Unit::week:
      return int64_t{std::chrono::weekday{day}.iso_encoding()};
    case Unit::month:
      return int64_t{static_cast<unsigned>(date.month())};
    case Unit::quarter:
      return int64_t{(static_cast<unsigned>(date.month()) - 1) / 3 + 1};
    case Unit::year:
      return int64_t{static_cast<int>(date.year())};
  }
  return std::monostate();
}

struct Row {
  std::string_view name;
  int arguments = 0;
  Cell (*run)(Cells, const Calendar&) = nullptr;
};

constexpr std::array<Row, 8> rows = {{
    {.name = "demo_time",
     .arguments = 1,
     .run =
         [](Cells cells, const Calendar& calendar) {
           return read_time(cells[0], calendar);
         }},
    {.name = "demo_date_time",
     .arguments = 1,
     .run =
         [](Cells cells, const Calendar& calendar) {
           return read_time(cells[0], calendar);
         }},
    {.name = "demo_date",
     .arguments = 1,
     .run = [](Cells cells, const Calendar& calendar) -> Cell {
       const auto local = local_in(cells[0], calendar);
       if (!local) return std::monostate();
       return format_date(*local);
     }},
    {.name = "demo_text",
     .arguments = 1,
     .run = [](Cells cells, const Calendar& calendar) -> Cell {
       const auto local = local_in(cells[0], calendar);
       if (!local) return std::monostate();
       return format_date_time(*local);
     }},
    {.name = "demo_start", .arguments = 2, .run = start},
    {.name = "demo_add", .arguments = 3, .run = later},
    {.name = "demo_part", .arguments = 2, .run = part},
    {.name = "demo_diff", .arguments = 3, .run = difference},
}};

}  // namespace

Result<void> define_time_functions(const Store& store,
                                   const Calendar& calendar) {
  for (const Row& row : rows) {
    CLARIBI_TRY(store.define(row.name, row.arguments,
                             [calendar, run = row.run](Cells cells) {
                               return run(cells, calendar);
                             }));
  }
  return {};
}

}  // namespace claribi::demo::hogql
