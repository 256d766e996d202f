// SPDX-License-Identifier: MIT
#include "demo/time_range.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr std::string_view default_from = "-7d";
constexpr size_t most_buckets = 20000;

// "-3dStart" taken apart: a unit letter, the number before it and the side
// after it.
struct Relative {
  char letter = 0;  // 0: no unit letter was found, which means "now".
  std::optional<int> number = {};
  enum class Side { none, start, end } side = Side::none;
};

enum class Precision { day, moment, relative };

struct Point {
  LocalTime local;
  Precision precision = Precision::moment;
  Relative relative = {};
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// PostHog searches for the first unit letter anywhere in the text, so that
// "this week" is an "h" without a number.
Relative read_relative(std::string_view text) {
  constexpr std::string_view letters = "hdwmqysHDWMQY";
  Relative found;
  for (size_t i = 0; i < text.size(); ++i) {
    size_t end = i;
    while (end < text.size() && is_digit(text[end]))
      ++end;
    if (end == text.size() || !letters.contains(text[end])) {
      i = end > i ? end - 1 : i;
      continue;
    }
    int number = 0;
    const auto [_, error] =
        std::from_chars(text.data() + i, text.data() + end, number);
    if (end > i && error == std::errc()) found.number = std::min(number, 9999);
    found.letter = text[end];
    const auto rest = text.substr(end + 1);
    if (rest.starts_with("Start")) found.side = Relative::Side::start;
    if (rest.starts_with("End")) found.side = Relative::Side::end;
    return found;
  }
  return found;
}

// How far back a relative date goes. A week letter, a quarter letter and an
// upper-case M do what PostHog's do, not what one would expect.
LocalTime go_back(LocalTime local, const Relative& relative) {
  const int count = -relative.number.value_or(0);
  switch (relative.letter) {
    case 'h':
      return add(local, Unit::hour, count);
    case 'd':
      return add(local, Unit::day, count);
    case 'w':
      return add(local, Unit::week, count);
    case 'm':
      return add(local, Unit::month, count);
    case 'q':
      return add(local, Unit::week, 13 * count);
    case 'y':
      return add(local, Unit::year, count);
    case 'M':
      return add(local, Unit::minute, count);
    case 's':
      return local + seconds{count};
    default:
      return local;
  }
}

LocalTime on_day(LocalTime local, std::chrono::year_month_day date) {
  const auto day = std::chrono::floor<days>(local);
  return LocalDays{date} + (local - day);
}

LocalTime take_side(LocalTime local, const Relative& relative) {
  using Side = Relative::Side;
  if (relative.side == Side::none) return local;
  const bool start = relative.side == Side::start;
  const std::chrono::year_month_day date{std::chrono::floor<days>(local)};
  const auto end_of_month = date.year() / date.month() / std::chrono::last;
  switch (relative.letter) {
    case 'h':
      return std::chrono::floor<hours>(local) + seconds{start ? 0 : 3599};
    case 'd':
      return std::chrono::floor<days>(local) + seconds{start ? 0 : 86399};
    case 'm':
      return on_day(local, start ? date.year() / date.month() / 1
                                 : std::chrono::year_month_day{end_of_month});
    case 'y':
      // Its end of the year is the 31st of whatever month it is.
      return on_day(local, start ? date.year() / std::chrono::January / 1
                                 : std::chrono::year_month_day{end_of_month});
    default:
      return local;
  }
}

std::optional<Point> read_exact(std::string_view text, const Moment& moment) {
  const auto instant = parse_instant(text);
  if (!instant) return std::nullopt;
  constexpr size_t time_at = std::string_view("2026-09-01T").size();
  if (text.size() <= time_at) {
    return Point{.local = TimeZone::utc().to_local(*instant),
                 .precision = Precision::day};
  }
  // Without an offset it is wall time in the project's zone.
  const bool zoned = text.find_first_of("+-Z", time_at) != text.npos;
  const TimeZone zone = zoned ? moment.calendar.zone : TimeZone::utc();
  return Point{.local = zone.to_local(*instant)};
}

Point read_point(std::string_view text, const Moment& moment) {
  if (auto exact = read_exact(text, moment)) return *exact;
  const Relative relative = read_relative(text);
  return {.local = take_side(go_back(moment.local(), relative), relative),
          .precision = Precision::relative,
          .relative = relative};
}

bool below_a_day(Unit unit) {
  return unit == Unit::minute || unit == Unit::hour;
}

LocalTime end_of(const Point& point, Unit unit) {
  if (point.precision == Precision::moment) return point.local + seconds{1};
  if (point.precision == Precision::relative && below_a_day(unit)) {
    return std::chrono::floor<hours>(point.local) + hours{1};
  }
  return std::chrono::floor<days>(point.local) + days{1};
}

Result<LocalTime> earliest_event(const World& world) {
  CLARIBI_TRY_ASSIGN(const Rows rows,
                     world.store.query("SELECT min(timestamp) FROM events"));
  const auto* first = std::get_if<int64_t>(&rows.rows.at(0).at(0));
  if (first == nullptr) return world.moment.local();
  return world.moment.calendar.zone.to_local(
      Instant{std::chrono::milliseconds{*first}});
}

Result<std::string> date_text(const json::Value& value, std::string_view name) {
  if (value.is_null()) return std::string();
  if (const auto text = value.string()) return std::string(*text);
  return fail(ErrorKind::tool_error,
              fmt::format("Validation error: Input should be a valid string "
                          "(field: query.dateRange.{})",
                          name));
}

Bucket make_bucket(LocalTime local, LocalTime next, const TimeZone& zone) {
  return {.local = local,
          .start = zone.to_instant(local),
          .end = zone.to_instant(next)};
}

// Hours go by the clock of the world, so that the hour that a change of the
// wall clock repeats is there twice and the one that it skips is not.
std::vector<Bucket> cut_by_duration(const TimeRange& range, Unit unit,
                                    const TimeZone& zone) {
  const auto step = unit == Unit::hour ? seconds{3600} : seconds{60};
  std::vector<Bucket> buckets;
  const Instant end = zone.to_instant(range.to);
  for (Instant at = zone.to_instant(range.from);
       at < end && buckets.size() <= most_buckets; at += step) {
    buckets.push_back(
        {.local = zone.to_local(at), .start = at, .end = at + step});
  }
  return buckets;
}

constexpr std::array<std::string_view, 12> months = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

Result<TimeRange> read_time_range(const World& world,
                                  const json::Value& date_range, Unit unit) {
  const Moment& moment = world.moment;
  CLARIBI_TRY_ASSIGN(std::string from,
                     date_text(date_range["date_from"], "date_from"));
  CLARIBI_TRY_ASSIGN(const std::string to,
                     date_text(date_range["date_to"], "date_to"));
  if (from.empty()) from = default_from;
  TimeRange range;
  if (from == "all") {
    CLARIBI_TRY_ASSIGN(range.from, earliest_event(world));
  } else {
    const Point point = read_point(from, moment);
    range.from = point.local;
    const auto days = point.relative.number.value_or(0);
    range.whole_weeks_back =
        to.empty() && point.relative.letter == 'd' && days > 0 && days % 7 == 0;
  }
  range.from = start_of(unit, range.from, moment.calendar);
  range.to = end_of(to.empty() ? Point{.local = moment.local(),
                                       .precision = Precision::relative}
                               : read_point(to, moment),
                    unit);
  return range;
}

TimeRange previous_range(const TimeRange& range, Unit unit,
                         const Calendar& calendar) {
  if (below_a_day(unit)) {
    const auto length = range.to - range.from;
    return {.from = range.from - length, .to = range.to - length};
  }
  auto length = std::chrono::ceil<days>(range.to - range.from);
  if (unit == Unit::day && range.whole_weeks_back) length -= days{1};
  return {.from = start_of(unit, range.from - length, calendar),
          .to = range.to - length};
}

Result<TimeRange> range_back(const TimeRange& range, std::string_view by,
                             Unit unit, const Calendar& calendar) {
  const Relative relative = read_relative(by);
  if (relative.letter == 0 || relative.number.value_or(0) == 0) {
    return fail(ErrorKind::tool_error,
                fmt::format("Validation error: '{}' is not a relative date "
                            "(field: query.compareFilter.compare_to)",
                            by));
  }
  return TimeRange{
      .from = start_of(unit, go_back(range.from, relative), calendar),
      .to = go_back(range.to, relative)};
}

Result<std::vector<Bucket>> cut(const TimeRange& range, Unit unit,
                                const Calendar& calendar) {
  std::vector<Bucket> buckets;
  if (below_a_day(unit)) {
    buckets = cut_by_duration(range, unit, calendar.zone);
  } else {
    LocalTime local = start_of(unit, range.from, calendar);
    while (local < range.to && buckets.size() <= most_buckets) {
      const LocalTime next = add(local, unit, 1);
      buckets.push_back(make_bucket(local, next, calendar.zone));
      local = next;
    }
  }
  if (buckets.size() > most_buckets) {
    return fail(ErrorKind::tool_error,
                "Validation error: the date range has too many intervals "
                "(field: query.interval)");
  }
  return buckets;
}

std::string day_text(LocalTime local, Unit unit) {
  return below_a_day(unit) ? format_date_time(local) : format_date(local);
}

std::string label_text(LocalTime local, Unit unit) {
  const auto day = std::chrono::floor<days>(local);
  const std::chrono::year_month_day date{day};
  const auto month = months.at(static_cast<unsigned>(date.month()) - 1);
  const auto number = static_cast<unsigned>(date.day());
  const auto year = static_cast<int>(date.year());
  if (below_a_day(unit)) {
    return fmt::format("{}-{} {}", number, month,
                       format_date_time(local).substr(11, 5));
  }
  if (unit == Unit::month) return fmt::format("{} {}", month, year);
  return fmt::format("{}-{}-{}", number, month, year);
}

std::string offset_text(const Bucket& bucket) {
  std::string text = format_date_time(bucket.local);
  text[10] = 'T';
  const auto ahead =
      std::chrono::duration_cast<std::chrono::minutes>(
          bucket.local.time_since_epoch() - bucket.start.time_since_epoch())
          .count();
  if (ahead == 0) return text + "Z";
  const auto size = ahead < 0 ? -ahead : ahead;
  return fmt::format("{}{}{:02}:{:02}", text, ahead < 0 ? '-' : '+', size / 60,
                     size % 60);
}

LocalTime read_wall_time(std::string_view text, const Moment& moment) {
  return read_point(text, moment).local;
}

}  // namespace claribi::demo
