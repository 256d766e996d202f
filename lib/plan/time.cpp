// SPDX-License-Identifier: MIT
#include "plan/time.hpp"

#include <utility>

#include "plan/date.hpp"

namespace claribi::plan {
namespace {

using std::chrono::days;

LocalTime rolling_start(const TimeRange& range, const Moment& moment) {
  // Hours are real hours: a change of the clock must not add or drop one.
  if (range.unit == Unit::hour) {
    return moment.calendar.zone.to_local(moment.now -
                                         std::chrono::hours{range.count});
  }
  if (range.unit == Unit::minute) {
    return moment.calendar.zone.to_local(moment.now -
                                         std::chrono::minutes{range.count});
  }
  return start_of(Unit::day, add(moment.local(), range.unit, -range.count),
                  moment.calendar);
}

ResolvedRange whole(LocalTime from, Unit unit) {
  return {.from = from, .to = add(from, unit, 1)};
}

ResolvedRange latest_weekday(int weekday, const Moment& moment) {
  auto day = std::chrono::floor<days>(moment.local()) - days{1};
  while (std::chrono::weekday{day}.iso_encoding() !=
         static_cast<unsigned>(weekday)) {
    day -= days{1};
  }
  return whole(day, Unit::day);
}

ResolvedRange latest_part_of_year(Unit unit, int first_month,
                                  const Moment& moment) {
  const LocalTime now = moment.local();
  const LocalTime year = start_of(Unit::year, now, moment.calendar);
  LocalTime from = add(year, Unit::month, first_month - 1);
  if (from > now) from = add(from, Unit::year, -1);
  return whole(from, unit);
}

ResolvedRange between_dates(const TimeRange& range, const Moment& moment) {
  const LocalTime from = latest_date(range.from, moment.local());
  const LocalTime last = first_date_from(range.to, from, moment.local());
  return {.from = from, .to = last + days{1}};
}

// The latest one that has begun, be it not over yet.
ResolvedRange latest_weekend(const Moment& moment) {
  auto day = std::chrono::floor<days>(moment.local());
  while (std::chrono::weekday{day} != std::chrono::Saturday)
    day -= days{1};
  return {.from = day, .to = day + days{2}};
}

ResolvedRange resolve_whole(const TimeRange& range, const Moment& moment);

// Without years the first end may have to lie a year further back.
ResolvedRange between_ends(const TimeRange& range, const Moment& moment) {
  ResolvedRange first = resolve_whole(range.ends.front(), moment);
  const ResolvedRange last = resolve_whole(range.ends.back(), moment);
  const bool by_month = range.ends.front().kind == TimeRange::Kind::month ||
                        range.ends.front().kind == TimeRange::Kind::quarter;
  if (first.from >= last.to && by_month) {
    first.from = add(first.from, Unit::year, -1);
  }
  // "From Friday to Monday": the Friday before that Monday.
  if (first.from >= last.to &&
      range.ends.front().kind == TimeRange::Kind::weekday) {
    first.from -= days{7};
  }
  return {.from = first.from, .to = last.to, .open = last.open};
}

ResolvedRange resolve_whole(const TimeRange& range, const Moment& moment) {
  const LocalTime now = moment.local();
  switch (range.kind) {
    case TimeRange::Kind::unsaid:
      return {.from = now, .to = now};
    case TimeRange::Kind::rolling:
      return {.from = rolling_start(range, moment), .to = now, .open = true};
    case TimeRange::Kind::calendar:
      return whole(add(start_of(range.unit, now, moment.calendar), range.unit,
                       range.offset),
                   range.unit);
    case TimeRange::Kind::weekday:
      return latest_weekday(range.count, moment);
    case TimeRange::Kind::month:
      return latest_part_of_year(Unit::month, range.count, moment);
    case TimeRange::Kind::quarter:
      return latest_part_of_year(Unit::quarter, 3 * range.count - 2, moment);
    case TimeRange::Kind::absolute:
      return between_dates(range, moment);
    case TimeRange::Kind::weekend:
      return latest_weekend(moment);
    case TimeRange::Kind::week_of:
      return whole(
          start_of(Unit::week, latest_date(range.from, now), moment.calendar),
          Unit::week);
    case TimeRange::Kind::span:
      return between_ends(range, moment);
    case TimeRange::Kind::since:
      return {.from = latest_date(range.from, now), .to = now, .open = true};
  }
  std::unreachable();
}

}  // namespace

ResolvedRange resolve(const TimeRange& range, const Moment& moment) {
  ResolvedRange resolved = resolve_whole(range, moment);
  if (range.to_now || resolved.to > moment.local()) {
    resolved.to = moment.local();
    resolved.open = true;
  }
  return resolved;
}

Unit default_interval(const ResolvedRange& range) {
  const auto length = range.to - range.from;
  // A rolling range starts at midnight, so it is up to a day longer than said.
  if (length <= days{2}) return Unit::hour;
  if (length < days{93}) return Unit::day;
  if (length < days{26 * 7 + 1}) return Unit::week;
  return Unit::month;
}

}  // namespace claribi::plan
