// SPDX-License-Identifier: MIT
// What a question says of time as a whole: its period, the one that it is
// compared with, and the interval.
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/time.hpp"
#include "plan/time_phrase.hpp"

namespace claribi::plan {
namespace {

using Kind = TimeRange::Kind;

TimeRange calendar(Unit unit, int offset) {
  return {.kind = Kind::calendar, .unit = unit, .offset = offset};
}

struct Placed {
  TimePhrase phrase;
  Span span;
};

Result<std::vector<Placed>> all_phrases(Question& question) {
  std::vector<Placed> found;
  for (size_t at = 0; at < question.tokens.size();) {
    CLARIBI_TRY_ASSIGN(auto phrase, time_phrase_at(question, at));
    if (!phrase) {
      ++at;
      continue;
    }
    const Span span{at, at + phrase->tokens};
    take(question, span);
    phrase->range.phrase = text_of(question, span);
    found.push_back({std::move(*phrase), span});
    at = span.end;
  }
  return found;
}

constexpr std::string_view compare_words =
    "vs|vs.|versus|compare|compared|comparing|against|than|relative|=to";

// Whether the phrase is the other side of a comparison.
bool is_compared(const Question& question, const Placed& placed) {
  if (placed.phrase.relative) return true;
  for (size_t back = 1; back <= 4 && back <= placed.span.begin; ++back) {
    const Token& token = question.tokens[placed.span.begin - back];
    if (token.used) return false;
    if (word_at(question, placed.span.begin - back,
                "=vs|=vs.|=versus|=compared|=against|=than|=relative")) {
      return true;
    }
    if (!is_filler(token) && token.folded != "same" &&
        token.folded != "period") {
      return false;
    }
  }
  return false;
}

std::string_view letter(Unit unit) {
  switch (unit) {
    case Unit::minute:
    case Unit::hour:
      return "h";
    case Unit::day:
      return "d";
    case Unit::week:
      return "w";
    case Unit::month:
    case Unit::quarter:
      return "m";
    case Unit::year:
      return "y";
  }
  std::unreachable();
}

std::string shift(Unit unit, int count) {
  if (unit == Unit::quarter) count *= 3;
  if (unit == Unit::day && count % 7 == 0) {
    unit = Unit::week;
    count /= 7;
  }
  return fmt::format("-{}{}", count, letter(unit));
}

// How far the other period lies back. Also settles the period itself when only
// the other one was said: "vs last week" is about this week.
Result<std::string> distance(TimeRange& main, const TimePhrase& other) {
  const TimeRange& range = other.range;
  if (main.kind == Kind::unsaid && range.kind == Kind::calendar) {
    main = calendar(range.unit, range.offset + 1);
    main.phrase = "compared with " + range.phrase;
  }
  if (other.relative && range.kind == Kind::calendar) {
    return shift(range.unit, 1);
  }
  if (range.kind == Kind::calendar) {
    const bool same = main.kind == Kind::calendar && main.unit == range.unit;
    const int count = same ? main.offset - range.offset : -range.offset;
    if (count > 0) return shift(range.unit, count);
  }
  if (range.kind == Kind::rolling) {
    if (main.kind == Kind::unsaid) main = range;
    return shift(range.unit, range.count);
  }
  if (other.relative && main.kind == Kind::rolling) {
    return shift(main.unit, main.count);
  }
  if (other.relative && main.kind == Kind::calendar) {
    return shift(main.unit, 1);
  }
  if (other.relative && main.kind == Kind::month) return shift(Unit::month, 1);
  return fail(ErrorKind::not_answerable,
              fmt::format("cannot compare with '{}': only with an earlier "
                          "period of the same length",
                          range.phrase),
              {"say \"compared to last week\" or \"vs the previous month\""});
}

// "week over week", "wow".
std::optional<Unit> read_over(Question& question) {
  static constexpr std::array<std::pair<std::string_view, Unit>, 20> rows{{
      {"=w/w", Unit::week},
      {"=m/m", Unit::month},
      {"=y/y", Unit::year},
      {"=week on week", Unit::week},
      {"=month on month", Unit::month},
      {"=year on year", Unit::year},
      {"=quarter-over-quarter|=qoq", Unit::quarter},
      {"=day over day", Unit::day},
      {"=week over week", Unit::week},
      {"=month over month", Unit::month},
      {"=quarter over quarter", Unit::quarter},
      {"=year over year", Unit::year},
      {"=day-over-day", Unit::day},
      {"=week-over-week", Unit::week},
      {"=month-over-month", Unit::month},
      {"=year-over-year", Unit::year},
      {"=dod", Unit::day},
      {"=wow", Unit::week},
      {"=mom", Unit::month},
      {"=yoy", Unit::year},
  }};
  for (const auto& [words, unit] : rows) {
    if (const auto span = find_words(question, words)) {
      take(question, *span);
      return unit;
    }
  }
  return std::nullopt;
}

// "Week by week", "on a daily basis", "every single day".
std::optional<Unit> read_wordy_interval(Question& question) {
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    const auto unit = unit_at(question, at);
    if (!unit || question.tokens[at].used) continue;
    if (word_at(question, at + 1, "=by|=after|=for") &&
        unit_at(question, at + 2) == unit) {
      take(question, {at, at + 3});
      return unit;
    }
    if (at > 1 && word_at(question, at - 2,
                          "=per|=every|=each =single|=calendar|=full")) {
      take(question, {at - 2, at + 1});
      return unit;
    }
  }
  return std::nullopt;
}

std::optional<Unit> read_interval(Question& question) {
  static constexpr std::array<std::pair<std::string_view, Unit>, 6> rows{{
      {"=hourly", Unit::hour},
      {"=daily", Unit::day},
      {"=weekly", Unit::week},
      {"=monthly", Unit::month},
      {"=quarterly", Unit::quarter},
      {"=yearly|=annual|=annually", Unit::year},
  }};
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (question.tokens[at].used) continue;
    for (const auto& [words, unit] : rows) {
      if (!word_at(question, at, words)) continue;
      take(question, {at, at + 1});
      return unit;
    }
    const auto unit = unit_at(question, at + 1);
    const bool there = at + 1 < question.tokens.size();
    if (!unit || !there) continue;
    const Token& token = question.tokens[at + 1];
    const bool plural = token.folded.ends_with('s');
    const std::string_view leads =
        plural ? "=by|=in" : "=per|=each|=every|=by|=a|=an";
    if (token.used || !word_at(question, at, leads)) continue;
    // "within a week" is a funnel's window.
    if (at > 0 && word_at(question, at - 1, "=within|=in|=inside")) continue;
    take(question, {at, at + 2});
    return unit;
  }
  return read_wordy_interval(question);
}

void take_words_of_comparing(Question& question) {
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (word_at(question, at, "=same =period|time"))
      take(question, {at, at + 2});
    if (word_at(question, at, compare_words) &&
        !word_at(question, at, "=to|compare")) {
      take(question, {at, at + 1});
    }
  }
}

}  // namespace

Result<SaidTime> read_time(Question& question) {
  SaidTime said;
  const auto over = read_over(question);
  CLARIBI_TRY_ASSIGN(auto phrases, all_phrases(question));
  said.interval = read_interval(question);
  const Placed* other = nullptr;
  for (const auto& placed : phrases) {
    const bool second = said.range.kind != Kind::unsaid &&
                        has_words(question, "=compare|=compared|=vs|=versus");
    if (is_compared(question, placed) || second) {
      if (other == nullptr) other = &placed;
    } else if (said.range.kind == Kind::unsaid) {
      said.range = placed.phrase.range;
    }
  }
  if (other != nullptr) {
    CLARIBI_TRY_ASSIGN(said.compare_to, distance(said.range, other->phrase));
    take_words_of_comparing(question);
  } else if (over) {
    if (said.range.kind == Kind::unsaid) said.range = calendar(*over, 0);
    said.compare_to = shift(*over, 1);
  }
  return said;
}

}  // namespace claribi::plan
