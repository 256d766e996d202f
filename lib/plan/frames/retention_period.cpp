// SPDX-License-Identifier: MIT
#include "plan/frames/retention_period.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "plan/time_phrase.hpp"

namespace claribi::plan {
namespace {

struct Place {
  Unit unit;
  int number;
  size_t tokens = 1;
};

std::optional<Unit> period_named(std::string_view word) {
  static constexpr auto rows = std::to_array<std::pair<std::string_view, Unit>>(
      {{"d", Unit::day},
       {"day", Unit::day},
       {"w", Unit::week},
       {"wk", Unit::week},
       {"week", Unit::week},
       {"m", Unit::month},
       {"month", Unit::month}});
  const auto* const row =
      std::ranges::find(rows, word, &std::pair<std::string_view, Unit>::first);
  return row == rows.end() ? std::nullopt : std::optional(row->second);
}

// "d7", "day-7", "w4", "7d".
std::optional<Place> place_in(std::string_view word) {
  static constexpr std::string_view digits = "0123456789";
  const size_t number = word.find_first_of(digits);
  if (number == std::string_view::npos) return std::nullopt;
  const size_t end = word.find_first_not_of(digits, number);
  std::string_view name = word.substr(0, number);
  if (name.ends_with('-')) name.remove_suffix(1);
  if (number == 0 && end != std::string_view::npos) name = word.substr(end);
  const bool tail = number > 0 && end != std::string_view::npos;
  const auto unit = period_named(name);
  const size_t length = end == std::string_view::npos ? end : end - number;
  const auto count =
      count_in({.text = std::string(word.substr(number, length))});
  if (!unit || !count || tail) return std::nullopt;
  return Place{*unit, *count};
}

std::optional<Unit> period_at(const Question& question, size_t at) {
  const auto unit = unit_at(question, at);
  const bool fits =
      unit == Unit::day || unit == Unit::week || unit == Unit::month;
  return fits ? unit : std::nullopt;
}

// "day 7", "7 day retention", "7 days later", "within 7 days".
std::optional<Place> place_with_number(const Question& question, size_t at) {
  const auto& tokens = question.tokens;
  if (at + 1 >= tokens.size() || tokens[at + 1].used) return std::nullopt;
  if (const auto unit = period_at(question, at)) {
    const auto count = count_in(tokens[at + 1]);
    if (count && !tokens[at].folded.ends_with('s')) {
      return Place{*unit, *count, 2};
    }
  }
  const auto unit = period_at(question, at + 1);
  const auto count = count_in(tokens[at]);
  if (!unit || !count) return std::nullopt;
  return Place{*unit, *count, 2};
}

// "the next day", "the following week", "a week later", "next-day".
std::optional<Place> place_beside(const Question& question, size_t at) {
  const std::string_view word = question.tokens[at].folded;
  for (const std::string_view lead : {"next-", "following-"}) {
    if (!word.starts_with(lead)) continue;
    const auto unit = period_named(word.substr(lead.size()));
    if (unit) return Place{*unit, 1};
  }
  if (word_at(question, at, "=next|=following|=subsequent")) {
    const auto unit = period_at(question, at + 1);
    if (unit) return Place{*unit, 1, 2};
  }
  const auto unit = period_at(question, at);
  if (unit && word_at(question, at + 1, "=later|=after|=afterwards")) {
    return Place{*unit, 1, 2};
  }
  return std::nullopt;
}

std::optional<Place> place_at(const Question& question, size_t at) {
  const Token& token = question.tokens[at];
  if (token.used || token.quoted) return std::nullopt;
  if (auto place = place_in(token.folded)) return place;
  if (auto place = place_with_number(question, at)) return place;
  return place_beside(question, at);
}

// "D1/D7/D30" is one token.
std::vector<Place> places_of_list(const Token& token) {
  std::vector<Place> places;
  if (token.used || !token.text.contains('/')) return places;
  for (const auto& part : split(token.folded, '/')) {
    const auto place = place_in(part);
    if (!place) return {};
    places.push_back(*place);
  }
  return places;
}

// "After a week", "a month later": "a week" was taken as an interval.
std::optional<Place> place_after_one(Question& question) {
  struct Row {
    std::string_view words;
    size_t unit;  // Which of the words names it.
  };
  static constexpr std::array<Row, 2> rows{{
      {"=after|=in =a|=an|=one day|week|month", 2},
      {"=a|=an|=one day|week|month =later|=after|=afterwards", 1},
  }};
  for (const auto& row : rows) {
    const auto span = find_words(question, row.words);
    const auto unit =
        span ? period_at(question, span->begin + row.unit) : std::nullopt;
    if (!unit) continue;
    take(question, *span);
    return Place{*unit, 1};
  }
  return std::nullopt;
}

std::vector<Place> take_places(Question& question) {
  std::vector<Place> places;
  if (const auto place = place_after_one(question)) places.push_back(*place);
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    auto list = places_of_list(question.tokens[at]);
    if (const auto place = place_at(question, at)) list.push_back(*place);
    if (list.empty()) continue;
    take(question, {at, at + list.front().tokens});
    places.insert(places.end(), list.begin(), list.end());
  }
  return places;
}

std::optional<Unit> period_of(Unit interval) {
  if (interval == Unit::week || interval == Unit::day) return interval;
  if (interval == Unit::hour || interval == Unit::minute) return Unit::day;
  return Unit::month;
}

// "Month over month", "week after week".
std::optional<Unit> repeated_unit(Question& question) {
  struct Row {
    std::string_view words;
    Unit unit;
  };
  static constexpr std::array<Row, 9> rows{{
      {"=day =over|=after|=to|=by =day", Unit::day},
      {"=week =over|=after|=to|=by|=on =week", Unit::week},
      {"=month =over|=after|=to|=by|=on =month", Unit::month},
      {"=day-over-day|=day-by-day|=dod", Unit::day},
      {"=week-over-week|=week-by-week|=wow", Unit::week},
      {"=month-over-month|=month-by-month|=mom", Unit::month},
      {"=by =days|=day", Unit::day},
      {"=by =weeks|=week", Unit::week},
      {"=by =months|=month", Unit::month},
  }};
  for (const auto& row : rows) {
    const auto span = find_words(question, row.words);
    if (!span) continue;
    take(question, *span);
    return row.unit;
  }
  return std::nullopt;
}

constexpr int days_in(Unit unit) {
  switch (unit) {
    case Unit::minute:
    case Unit::hour:
    case Unit::day:
      return 1;
    case Unit::week:
      return 7;
    case Unit::month:
      return 30;
    case Unit::quarter:
      return 91;
    case Unit::year:
      return 365;
  }
  std::unreachable();
}

// About how many days, or nothing for what reaches up to now from a date.
std::optional<int> length_of(const TimeRange& range) {
  switch (range.kind) {
    case TimeRange::Kind::rolling:
      return range.count * days_in(range.unit);
    case TimeRange::Kind::calendar:
      return range.to_now ? days_in(range.unit) * (1 - range.offset)
                          : days_in(range.unit);
    case TimeRange::Kind::unsaid:
    case TimeRange::Kind::weekday:
      return 1;
    case TimeRange::Kind::month:
      if (range.to_now) return std::nullopt;
      return days_in(Unit::month);
    case TimeRange::Kind::quarter:
      if (range.to_now) return std::nullopt;
      return days_in(Unit::quarter);
    case TimeRange::Kind::weekend:
      return 2;
    case TimeRange::Kind::week_of:
      return days_in(Unit::week);
    case TimeRange::Kind::since:
    case TimeRange::Kind::span:
      return std::nullopt;
    case TimeRange::Kind::absolute: {
      const auto from = parse_instant(range.from);
      const auto to = parse_instant(range.to);
      if (!from || !to) return std::nullopt;
      return static_cast<int>((*to - *from) / std::chrono::hours{24});
    }
  }
  std::unreachable();
}

}  // namespace

SaidPeriod take_period(Question& question, const Plan& plan) {
  SaidPeriod said;
  const auto places = take_places(question);
  for (const auto& place : places) {
    said.unit = place.unit;
    said.furthest = std::max(said.furthest, place.number);
  }
  if (places.size() == 1) said.asked = places.front().number;
  const auto repeated = repeated_unit(question);
  if (said.unit) return said;
  if (repeated) {
    said.unit = repeated;
  } else if (plan.interval) {
    said.unit = period_of(*plan.interval);
  }
  return said;
}

PeriodDefaults defaults_of(Unit period) {
  switch (period) {
    case Unit::week:
      return {.range = 8, .intervals = 8};
    case Unit::month:
      return {.range = 6, .intervals = 7};
    default:
      return {.range = 7, .intervals = 8};
  }
}

Unit period_for(const TimeRange& range) {
  const auto length = length_of(range);
  if (!length) return Unit::week;
  if (*length <= 31) return Unit::day;
  return *length <= 26 * 7 ? Unit::week : Unit::month;
}

}  // namespace claribi::plan
