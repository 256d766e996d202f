// SPDX-License-Identifier: MIT
#include "plan/time_parts.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/date.hpp"

namespace claribi::plan {
namespace {

using Kind = TimeRange::Kind;
using Reading = std::optional<TimePhrase>;

const Token* token_at(const Question& question, size_t at) {
  return at < question.tokens.size() ? &question.tokens[at] : nullptr;
}

// The month that stands there, with its year if it has one.
struct SaidMonth {
  int month = 0;
  std::optional<int> year = {};
  size_t tokens = 0;
};
std::optional<SaidMonth> month_at(const Question& question, size_t at) {
  const Token* token = token_at(question, at);
  const auto month = token != nullptr ? month_named(*token) : std::nullopt;
  if (!month) return std::nullopt;
  const Token* after = token_at(question, at + 1);
  const auto year = after != nullptr ? year_in(*after) : std::nullopt;
  return SaidMonth{*month, year, year ? size_t{2} : size_t{1}};
}

int length_of(const SaidMonth& said) {
  static constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30,
                                            31, 31, 30, 31, 30, 31};
  const int year = said.year.value_or(1);
  const bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return said.month == 2 && leaps ? 29
                                  : days[static_cast<size_t>(said.month - 1)];
}

std::string date_of(const SaidMonth& said, int day) {
  const std::string year = said.year ? fmt::format("{:04}", *said.year) : "-";
  return fmt::format("{}-{:02}-{:02}", year, said.month, day);
}

TimeRange days_of(const SaidMonth& said, int first, int last) {
  return {.kind = Kind::absolute,
          .from = date_of(said, first),
          .to = date_of(said, last)};
}

TimeRange months_of(std::optional<int> year, int first, int last) {
  return {.kind = Kind::absolute,
          .from = date_of({first, year}, 1),
          .to = date_of({last, year}, length_of({last, year}))};
}

size_t skip_of(const Question& question, size_t at) {
  if (word_at(question, at, "=of|=in")) ++at;
  if (word_at(question, at, "=the|=this")) ++at;
  return at;
}

// "H1", "h2 2026".
Reading read_short_half(const Question& question, size_t at) {
  const std::string& word = question.tokens[at].folded;
  if (word != "h1" && word != "h2") return std::nullopt;
  const Token* after = token_at(question, at + 1);
  const auto year = after != nullptr ? year_in(*after) : std::nullopt;
  const int first = word == "h1" ? 1 : 7;
  return TimePhrase{months_of(year, first, first + 5),
                    year ? size_t{2} : size_t{1}};
}

// "First half of October", "second half of the year", "of 2025".
Reading read_half(const Question& question, size_t at) {
  const bool first = word_at(question, at, "=first|=1st =half");
  const bool second = word_at(question, at, "=second|=2nd|=latter =half") ||
                      word_at(question, at, "=last =half =of");
  if (!first && !second) return std::nullopt;
  const size_t next = skip_of(question, at + 2);
  if (const auto said = month_at(question, next)) {
    return TimePhrase{
        first ? days_of(*said, 1, 15) : days_of(*said, 16, length_of(*said)),
        next + said->tokens - at};
  }
  const Token* token = token_at(question, next);
  const auto year = token != nullptr ? year_in(*token) : std::nullopt;
  if (!year && !word_at(question, next, "=year")) return std::nullopt;
  return TimePhrase{months_of(year, first ? 1 : 7, first ? 6 : 12),
                    next + 1 - at};
}

// "First week of October", "the last 3 days of September".
Reading read_ends_of_month(const Question& question, size_t at) {
  const bool first = word_at(question, at, "=first");
  if (!first && !word_at(question, at, "=last|=final")) return std::nullopt;
  size_t next = at + 1;
  int count = 1;
  if (const Token* token = token_at(question, next)) {
    if (const auto said = count_in(*token)) {
      count = *said;
      ++next;
    }
  }
  const auto unit = unit_at(question, next);
  if (!unit || (*unit != Unit::day && *unit != Unit::week)) return std::nullopt;
  if (!word_at(question, next + 1, "=of|=in")) return std::nullopt;
  const size_t place = skip_of(question, next + 1);
  const auto said = month_at(question, place);
  const int days = *unit == Unit::week ? 7 * count : count;
  if (!said || days < 1 || days > length_of(*said)) return std::nullopt;
  const int length = length_of(*said);
  return TimePhrase{first ? days_of(*said, 1, days)
                          : days_of(*said, length - days + 1, length),
                    place + said->tokens - at};
}

// "The first quarter of 2026", "third quarter".
Reading read_quarter_word(const Question& question, size_t at) {
  static constexpr std::array<std::string_view, 4> words{
      "=first|=1st =quarter", "=second|=2nd =quarter", "=third|=3rd =quarter",
      "=fourth|=4th =quarter"};
  for (size_t i = 0; i < words.size(); ++i) {
    if (!word_at(question, at, words[i])) continue;
    const int quarter = static_cast<int>(i) + 1;
    const size_t next = skip_of(question, at + 2);
    const Token* token = token_at(question, next);
    const auto year = token != nullptr ? year_in(*token) : std::nullopt;
    if (!year) return TimePhrase{{.kind = Kind::quarter, .count = quarter}, 2};
    return TimePhrase{months_of(year, 3 * quarter - 2, 3 * quarter),
                      next + 1 - at};
  }
  return std::nullopt;
}

}  // namespace

Reading read_weekend(const Question& question, size_t at) {
  const size_t lead =
      word_at(question, at, "=last|=past|=this|=previous|=the") ? 1 : 0;
  if (!word_at(question, at + lead, "=weekend|=week-end")) return std::nullopt;
  return TimePhrase{{.kind = Kind::weekend}, lead + 1};
}

Reading read_part(const Question& question, size_t at) {
  if (auto half = read_short_half(question, at)) return half;
  if (auto half = read_half(question, at)) return half;
  if (auto days = read_ends_of_month(question, at)) return days;
  return read_quarter_word(question, at);
}

Result<Reading> read_week_of(const Question& question, size_t at) {
  if (!word_at(question, at, "=week =of|=beginning|=starting|=from")) {
    return std::nullopt;
  }
  const size_t the = word_at(question, at + 2, "=the") ? 1 : 0;
  CLARIBI_TRY_ASSIGN(const auto date, date_at(question, at + 2 + the));
  if (!date) return std::nullopt;
  return TimePhrase{{.kind = Kind::week_of, .from = date->date},
                    2 + the + date->tokens};
}

}  // namespace claribi::plan
