// SPDX-License-Identifier: MIT
#include "answer/buckets.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "base/clock.hpp"

namespace claribi::answer {
namespace {

using std::chrono::days;

// The line that a row belongs to, made if it is new.
Line& line_of(Lines& lines, const table::Table& table, size_t row) {
  Line wanted;
  wanted.series = table.cell(row, "series").text_or("");
  wanted.breakdown = table.cell(row, "breakdown").text_or("");
  wanted.previous = table.cell(row, "period").string() == "previous";
  size_t known_series = 0;
  bool series_is_new = true;
  for (Line& line : lines.lines) {
    known_series = std::max(known_series, line.series_place + 1);
    if (line.series != wanted.series) continue;
    series_is_new = false;
    wanted.series_place = line.series_place;
    if (line.breakdown == wanted.breakdown &&
        line.previous == wanted.previous) {
      return line;
    }
  }
  if (series_is_new) wanted.series_place = known_series;
  lines.series_count = std::max(known_series, wanted.series_place + 1);
  return lines.lines.emplace_back(std::move(wanted));
}

Unit unit_between(LocalTime first, LocalTime second) {
  const auto apart = second - first;
  if (apart < std::chrono::minutes(30)) return Unit::minute;
  if (apart < std::chrono::hours(12)) return Unit::hour;
  if (apart < days(4)) return Unit::day;
  if (apart < days(20)) return Unit::week;
  if (apart < days(60)) return Unit::month;
  return apart < days(200) ? Unit::quarter : Unit::year;
}

Unit read_interval(const plan::Plan& plan, const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (line.buckets.size() > 1) {
      return unit_between(line.buckets[0].start, line.buckets[1].start);
    }
  }
  return plan.interval.value_or(Unit::day);
}

}  // namespace

std::optional<LocalTime> read_start(std::string_view text) {
  if (text.size() > 19) text = text.substr(0, 19);
  const auto at = parse_instant(text);
  if (!at) return std::nullopt;
  return LocalTime{
      std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch()};
}

std::string bucket_name(Unit interval, LocalTime start) {
  switch (interval) {
    case Unit::minute:
    case Unit::hour:
      return format_date_time(start).substr(0, 16);
    case Unit::week:
      return "the week of " + format_date(start);
    case Unit::month:
      return format_date(start).substr(0, 7);
    case Unit::quarter:
      return "the quarter from " + format_date(start).substr(0, 7);
    case Unit::year:
      return format_date(start).substr(0, 4);
    case Unit::day:
      break;
  }
  return format_date(start);
}

Lines read_lines(const plan::Plan& plan, const table::Table& table,
                 const Moment& moment) {
  Lines lines;
  lines.broken_down = table.column("breakdown").has_value();
  const LocalTime now = moment.local();
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto start = read_start(table.cell(row, "date").text_or(""));
    if (!start) continue;
    Line& line = line_of(lines, table, row);
    lines.compared = lines.compared || line.previous;
    if (*start > now) continue;
    line.buckets.push_back(
        {*start, "", read_amount(table.cell(row, "value")),
         table.cell(row, "partial").boolean().value_or(false)});
  }
  lines.interval = read_interval(plan, lines.lines);
  for (Line& line : lines.lines) {
    for (Bucket& bucket : line.buckets)
      bucket.name = bucket_name(lines.interval, bucket.start);
  }
  return lines;
}

std::vector<const Bucket*> complete_buckets(const Line& line) {
  std::vector<const Bucket*> complete;
  for (const Bucket& bucket : line.buckets) {
    if (bucket.complete()) complete.push_back(&bucket);
  }
  return complete;
}

Amount sum(const std::vector<const Bucket*>& buckets) {
  Amount total;
  for (const Bucket* bucket : buckets)
    total = total + bucket->amount();
  return total;
}

}  // namespace claribi::answer
