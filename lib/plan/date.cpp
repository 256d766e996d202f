// SPDX-License-Identifier: MIT
#include "plan/date.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/ask_command.hpp"

namespace claribi::plan {
namespace {

using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> months{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> weekdays{
    "monday", "tuesday",  "wednesday", "thursday",
    "friday", "saturday", "sunday"};

// The place of the name that the word is or shortens to three or four letters.
template <size_t Count>
std::optional<int> place_of(std::string_view word,
                            const std::array<std::string_view, Count>& names) {
  if (word.size() < 3) return std::nullopt;
  for (size_t i = 0; i < Count; ++i) {
    if (word == names[i] || (word.size() <= 4 && names[i].starts_with(word))) {
      return static_cast<int>(i + 1);
    }
  }
  return std::nullopt;
}

std::optional<int> digits(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

std::optional<year_month_day> parse(std::string_view text, int year_if_none) {
  int year = year_if_none;
  if (text.starts_with("--")) {
    text.remove_prefix(2);
  } else {
    if (text.size() != 10 || text[4] != '-') return std::nullopt;
    const auto said = digits(text.substr(0, 4));
    if (!said) return std::nullopt;
    year = *said;
    text.remove_prefix(5);
  }
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const auto month = digits(text.substr(0, 2));
  const auto day = digits(text.substr(3));
  if (!month || !day) return std::nullopt;
  return year_month_day{std::chrono::year{year},
                        std::chrono::month{static_cast<unsigned>(*month)},
                        std::chrono::day{static_cast<unsigned>(*day)}};
}

Result<std::optional<SaidDate>> checked(std::string date, size_t tokens,
                                        const Question& question, size_t at) {
  // A year that leaps: 29 February without a year is a day.
  const auto parsed = parse(date, 2024);
  if (!parsed || !parsed->ok()) {
    return fail(ErrorKind::usage,
                fmt::format("no calendar has the day '{}'",
                            text_of(question, {at, at + tokens})));
  }
  return SaidDate{.date = std::move(date), .tokens = tokens};
}

// What follows day and month: ", 2026", "2026" or nothing.
Result<std::optional<SaidDate>> with_year(int month, int day, size_t tokens,
                                          const Question& question, size_t at) {
  size_t next = at + tokens;
  const auto& all = question.tokens;
  if (next + 1 < all.size() && all[next].text == "," &&
      year_in(all[next + 1])) {
    ++next;
  }
  if (next < all.size()) {
    if (const auto year = year_in(all[next])) {
      return checked(fmt::format("{:04}-{:02}-{:02}", *year, month, day),
                     next + 1 - at, question, at);
    }
  }
  return checked(fmt::format("--{:02}-{:02}", month, day), tokens, question,
                 at);
}

std::optional<std::pair<int, int>> slashed(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto a = digits(text.substr(0, slash));
  const auto b = digits(text.substr(slash + 1));
  if (!a || !b || *a < 1 || *b < 1 || *a > 31 || *b > 31) return std::nullopt;
  return std::pair{*a, *b};
}

Result<std::optional<SaidDate>> slashed_date(const Question& question,
                                             size_t at,
                                             std::pair<int, int> said) {
  auto [month, day] = said;
  if (month > 12) std::swap(month, day);
  if (day > 12 || month == day) {
    return with_year(month, day, 1, question, at);
  }
  const auto reading = [&](int m, int d) {
    std::string text = question.text;
    const Token& token = question.tokens[at];
    text.replace(token.at, token.length,
                 fmt::format("{} {}", d, months[static_cast<size_t>(m - 1)]));
    return ask_command(text);
  };
  return fail(ErrorKind::needs_clarification,
              fmt::format("'{}' can be two dates", question.tokens[at].text),
              {reading(month, day), reading(day, month)},
              {.slot = "date",
               .reason = "ambiguous",
               .readings = {reading(month, day), reading(day, month)}});
}

}  // namespace

std::optional<int> day_in(const Token& token) {
  std::string_view text = token.folded;
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (text.ends_with(ending)) {
      text.remove_suffix(2);
      break;
    }
  }
  const auto day = digits(text);
  if (token.quoted || !day || *day < 1 || *day > 31) return std::nullopt;
  return day;
}

std::string with_day(std::string_view date, int day) {
  return fmt::format("{}-{:02}", date.substr(0, date.size() - 3), day);
}

std::optional<int> month_named(const Token& token) {
  if (token.quoted) return std::nullopt;
  return place_of(token.folded, months);
}

std::optional<int> weekday_named(const Token& token) {
  if (token.quoted) return std::nullopt;
  std::string_view word = token.folded;
  if (word.size() > 6 && word.ends_with('s')) word.remove_suffix(1);
  // "sat" and "sun" and "wed" are words of their own.
  if (word.size() < 4 && token.text == token.folded) return std::nullopt;
  return place_of(word, weekdays);
}

std::optional<int> year_in(const Token& token) {
  if (token.quoted || token.text.size() != 4) return std::nullopt;
  const auto year = digits(token.text);
  return year && *year >= 1990 && *year <= 2100 ? year : std::nullopt;
}

Result<std::optional<SaidDate>> date_at(const Question& question, size_t at) {
  const auto& all = question.tokens;
  if (at >= all.size() || all[at].quoted) return std::nullopt;
  const Token& token = all[at];
  if (token.text.size() == 10 && token.text[4] == '-' && token.text[7] == '-' &&
      year_in({.text = token.text.substr(0, 4)})) {
    return checked(token.text, 1, question, at);
  }
  if (const auto said = slashed(token.text)) {
    return slashed_date(question, at, *said);
  }
  if (const auto month = month_named(token); month && at + 1 < all.size()) {
    if (const auto after = day_in(all[at + 1])) {
      return with_year(*month, *after, 2, question, at);
    }
  }
  size_t next = at + 1;
  if (next < all.size() && all[next].folded == "of") ++next;
  const auto day = day_in(token);
  if (next < all.size() && day) {
    if (const auto month = month_named(all[next])) {
      return with_year(*month, *day, next + 1 - at, question, at);
    }
  }
  return std::nullopt;
}

bool is_date(std::string_view text) {
  const auto date = parse(text, 2024);
  return date && date->ok();
}

LocalTime latest_date(std::string_view date, LocalTime now) {
  const auto today = year_month_day{std::chrono::floor<std::chrono::days>(now)};
  int year = static_cast<int>(today.year());
  for (int tries = 0; tries < 9; ++tries, --year) {
    const auto parsed = parse(date, year);
    if (!parsed) break;
    const bool free_year = date.starts_with("--");
    if (parsed->ok() && (!free_year || LocalDays{*parsed} <= now)) {
      return LocalDays{*parsed};
    }
  }
  return now;
}

LocalTime first_date_from(std::string_view date, LocalTime from,
                          LocalTime now) {
  if (!date.starts_with("--")) return latest_date(date, now);
  const auto start =
      year_month_day{std::chrono::floor<std::chrono::days>(from)};
  int year = static_cast<int>(start.year());
  for (int tries = 0; tries < 9; ++tries, ++year) {
    const auto parsed = parse(date, year);
    if (!parsed) break;
    if (parsed->ok() && LocalDays{*parsed} >= from) return LocalDays{*parsed};
  }
  return from;
}

}  // namespace claribi::plan
