// SPDX-License-Identifier: MIT
// The grammar of time. Each reader looks at one token of the question and says
// how many tokens its phrase takes from there; the first that fits wins.
#include "plan/time_phrase.hpp"

#include <array>
#include <chrono>
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

struct Amount {
  int count = 0;
  Unit unit = Unit::day;
  size_t tokens = 0;
};

// "24h", "7d", "12w", "6mo", "1y".
std::optional<Amount> compact_amount(const Token& token) {
  static constexpr std::array<std::pair<std::string_view, Unit>, 6> letters{{
      {"h", Unit::hour},
      {"d", Unit::day},
      {"w", Unit::week},
      {"m", Unit::month},
      {"mo", Unit::month},
      {"y", Unit::year},
  }};
  const size_t end = token.folded.find_first_not_of("0123456789");
  if (end == 0 || end == std::string::npos || token.quoted) return std::nullopt;
  const auto count = count_in({.text = token.folded.substr(0, end)});
  for (const auto& [letter, unit] : letters) {
    if (count && std::string_view(token.folded).substr(end) == letter) {
      return Amount{.count = *count, .unit = unit, .tokens = 1};
    }
  }
  return std::nullopt;
}

// "7 days", "two weeks", "couple of weeks", "few" is too vague, "fortnight".
std::optional<Amount> amount_at(const Question& question, size_t at) {
  const Token* token = token_at(question, at);
  if (token == nullptr) return std::nullopt;
  if (const auto compact = compact_amount(*token)) return compact;
  if (token->folded == "fortnight") {
    return Amount{.count = 2, .unit = Unit::week, .tokens = 1};
  }
  size_t next = at + 1;
  auto count = count_in(*token);
  if (token->folded == "couple") {
    count = 2;
    if (word_at(question, next, "of")) ++next;
  }
  const auto unit = unit_at(question, next);
  if (!count || !unit) return std::nullopt;
  return Amount{.count = *count, .unit = *unit, .tokens = next + 1 - at};
}

TimeRange rolling(Unit unit, int count) {
  return {.kind = Kind::rolling, .unit = unit, .count = count};
}
TimeRange calendar(Unit unit, int offset) {
  return {.kind = Kind::calendar, .unit = unit, .offset = offset};
}

Reading read_day_word(const Question& question, size_t at) {
  struct Row {
    std::string_view words;
    int offset;
  };
  static constexpr std::array<Row, 4> rows{{{"=day before yesterday", -2},
                                            {"=today", 0},
                                            {"=yesterday", -1},
                                            {"this =morning", 0}}};
  for (const auto& row : rows) {
    if (const auto span = words_at(question, row.words, at)) {
      return TimePhrase{calendar(Unit::day, row.offset), span->size()};
    }
  }
  return std::nullopt;
}

Reading read_to_date(const Question& question, size_t at) {
  static constexpr std::array<std::pair<std::string_view, Unit>, 4> letters{
      {{"wtd", Unit::week},
       {"mtd", Unit::month},
       {"qtd", Unit::quarter},
       {"ytd", Unit::year}}};
  for (const auto& [word, unit] : letters) {
    if (question.tokens[at].folded == word) {
      return TimePhrase{calendar(unit, 0), 1};
    }
  }
  const auto unit = unit_at(question, at);
  if (unit && word_at(question, at + 1, "to date")) {
    return TimePhrase{calendar(*unit, 0), 3};
  }
  return std::nullopt;
}

Reading read_this(const Question& question, size_t at) {
  if (!word_at(question, at, "=this|=current")) return std::nullopt;
  const auto unit = unit_at(question, at + 1);
  if (!unit) return std::nullopt;
  TimePhrase phrase{calendar(*unit, 0), 2};
  if (word_at(question, at + 2, "so far|to date")) phrase.tokens = 4;
  if (word_at(question, at + 2, "to date")) phrase.tokens = 4;
  return phrase;
}

// One unit back. "In the last month" and "past month" reach up to now; "last
// month" is the calendar's.
TimePhrase one_back(const Question& question, size_t at, Unit unit) {
  const bool span_said =
      at >= 2 && word_at(question, at - 2, "in|over|during|within|for =the");
  const bool past = word_at(question, at, "=past");
  const bool short_unit = unit == Unit::hour || unit == Unit::minute;
  if (past || short_unit || (span_said && word_at(question, at, "=last"))) {
    if (unit == Unit::week) return {rolling(Unit::day, 7), 2};
    if (unit == Unit::month) return {rolling(Unit::day, 30), 2};
    return {rolling(unit, 1), 2};
  }
  return {calendar(unit, -1), 2};
}

Reading read_last(const Question& question, size_t at) {
  if (!word_at(question, at,
               "=last|=past|=previous|=prior|=trailing|=latest")) {
    return std::nullopt;
  }
  if (const auto amount = amount_at(question, at + 1)) {
    return TimePhrase{rolling(amount->unit, amount->count), amount->tokens + 1};
  }
  if (word_at(question, at + 1, "period")) {
    return TimePhrase{{}, 2, true};
  }
  const auto unit = unit_at(question, at + 1);
  if (!unit) return std::nullopt;
  return one_back(question, at, *unit);
}

Reading read_before(const Question& question, size_t at) {
  if (word_at(question, at, "=period before")) return TimePhrase{{}, 2, true};
  if (word_at(question, at, "=same =period last")) {
    const auto unit = unit_at(question, at + 3);
    if (unit) return TimePhrase{calendar(*unit, -1), 4, true};
  }
  const auto unit = unit_at(question, at);
  if (!unit || !word_at(question, at + 1, "=before|=earlier")) {
    return std::nullopt;
  }
  const size_t that = word_at(question, at + 2, "=that|=this|=last") ? 1 : 0;
  return TimePhrase{calendar(*unit, -1), 2 + that, true};
}

Reading read_ago(const Question& question, size_t at) {
  const auto amount = amount_at(question, at);
  if (!amount || !word_at(question, at + amount->tokens, "=ago")) {
    return std::nullopt;
  }
  return TimePhrase{calendar(amount->unit, -amount->count), amount->tokens + 1};
}

// "May" and "march" are months only after a preposition or before a year.
bool surely_month(const Question& question, size_t at) {
  const std::string& word = question.tokens[at].folded;
  if (word != "may" && word != "march" && word != "mar") return true;
  const Token* after = token_at(question, at + 1);
  return (after != nullptr && year_in(*after)) ||
         (at > 0 && word_at(question, at - 1, "in|during|since|of|last|for"));
}

std::string last_day_of(int year, int month) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace)
  const year_month_day last{std::chrono::year{year} /
                            std::chrono::month{static_cast<unsigned>(month)} /
                            std::chrono::last};
  return fmt::format("{:04}-{:02}-{:02}", year, month,
                     static_cast<unsigned>(last.day()));
}

TimeRange months_of(int year, int first, int last) {
  return {.kind = Kind::absolute,
          .from = fmt::format("{:04}-{:02}-01", year, first),
          .to = last_day_of(year, last)};
}

Reading read_month(const Question& question, size_t at) {
  const auto month = month_named(question.tokens[at]);
  if (!month || !surely_month(question, at)) return std::nullopt;
  const Token* after = token_at(question, at + 1);
  const auto year = after != nullptr ? year_in(*after) : std::nullopt;
  if (year) return TimePhrase{months_of(*year, *month, *month), 2};
  return TimePhrase{{.kind = Kind::month, .count = *month}, 1};
}

Reading read_quarter(const Question& question, size_t at) {
  const std::string& word = question.tokens[at].folded;
  if (word.size() != 2 || word[0] != 'q' || word[1] < '1' || word[1] > '4') {
    return std::nullopt;
  }
  const int quarter = word[1] - '0';
  const Token* after = token_at(question, at + 1);
  const auto year = after != nullptr ? year_in(*after) : std::nullopt;
  if (!year) return TimePhrase{{.kind = Kind::quarter, .count = quarter}, 1};
  return TimePhrase{months_of(*year, 3 * quarter - 2, 3 * quarter), 2};
}

Reading read_year(const Question& question, size_t at) {
  const auto year = year_in(question.tokens[at]);
  if (!year || at == 0 ||
      !word_at(question, at - 1, "in|during|of|for|since")) {
    return std::nullopt;
  }
  return TimePhrase{months_of(*year, 1, 12), 1};
}

Reading read_weekday(const Question& question, size_t at) {
  const size_t last = word_at(question, at, "=last|=on|=this") ? 1 : 0;
  const Token* token = token_at(question, at + last);
  const auto weekday = token != nullptr ? weekday_named(*token) : std::nullopt;
  if (!weekday) return std::nullopt;
  return TimePhrase{{.kind = Kind::weekday, .count = *weekday}, last + 1};
}

Reading read_always(const Question& question, size_t at) {
  if (!word_at(question, at, "=all time") &&
      !word_at(question, at, "=all-time")) {
    return std::nullopt;
  }
  const bool hyphen = question.tokens[at].folded == "all-time";
  return TimePhrase{{.kind = Kind::since, .from = "2015-01-01"},
                    hyphen ? size_t{1} : size_t{2}};
}

constexpr std::array<Reading (*)(const Question&, size_t), 11> plain_readers{
    read_day_word, read_to_date, read_this, read_before,  read_last,  read_ago,
    read_quarter,  read_month,   read_year, read_weekday, read_always};

Reading read_plain(const Question& question, size_t at) {
  if (at >= question.tokens.size()) return std::nullopt;
  for (const auto& reader : plain_readers) {
    if (auto phrase = reader(question, at)) return phrase;
  }
  return std::nullopt;
}

// A date, or two with a word between them, after "from", "since" or nothing.
Result<Reading> read_dates(const Question& question, size_t at) {
  const bool since = word_at(question, at, "since|after");
  const bool lead = since || word_at(question, at, "from|between|on");
  const size_t first_at = at + (lead ? 1 : 0);
  CLARIBI_TRY_ASSIGN(const auto first, date_at(question, first_at));
  if (!first) return std::nullopt;
  size_t next = first_at + first->tokens;
  if (!since && word_at(question, next, "to|until|till|through|and|=-")) {
    CLARIBI_TRY_ASSIGN(const auto last, date_at(question, next + 1));
    if (last) {
      next += 1 + last->tokens;
      return TimePhrase{
          {.kind = Kind::absolute, .from = first->date, .to = last->date},
          next - at};
    }
  }
  if (since || word_at(question, at, "from")) {
    return TimePhrase{{.kind = Kind::since, .from = first->date}, next - at};
  }
  return TimePhrase{
      {.kind = Kind::absolute, .from = first->date, .to = first->date},
      next - at};
}

// "since yesterday", "since last month", "since October".
Reading read_since(const Question& question, size_t at) {
  if (!word_at(question, at, "since")) return std::nullopt;
  const size_t the = word_at(question, at + 1, "=the") ? 1 : 0;
  auto phrase = read_plain(question, at + 1 + the);
  if (!phrase) return std::nullopt;
  phrase->range.to_now = true;
  phrase->tokens += 1 + the;
  return phrase;
}

}  // namespace

std::optional<Unit> unit_at(const Question& question, size_t at) {
  const Token* token = token_at(question, at);
  if (token == nullptr || token->quoted) return std::nullopt;
  std::string_view word = token->folded;
  if (word == "hrs" || word == "hr") return Unit::hour;
  if (word == "mins" || word == "min") return Unit::minute;
  if (word == "wk" || word == "wks") return Unit::week;
  if (word.ends_with('s')) word.remove_suffix(1);
  return unit_named(word);
}

Result<std::optional<TimePhrase>> time_phrase_at(const Question& question,
                                                 size_t at) {
  if (question.tokens[at].quoted || question.tokens[at].used) {
    return std::nullopt;
  }
  const bool tomorrow = word_at(question, at, "=tomorrow");
  const bool upcoming = word_at(question, at, "=next|=upcoming|=coming");
  if ((upcoming &&
       (unit_at(question, at + 1) || amount_at(question, at + 1))) ||
      tomorrow) {
    return fail(ErrorKind::not_answerable,
                fmt::format("'{}' has not happened yet",
                            text_of(question, {at, at + (tomorrow ? 1 : 2)})),
                {"ask about a period that has begun, such as \"last 30 days\""},
                {.slot = "period", .reason = "forecast"});
  }
  CLARIBI_TRY_ASSIGN(auto dates, read_dates(question, at));
  if (dates) return dates;
  if (auto since = read_since(question, at)) return since;
  return read_plain(question, at);
}

}  // namespace claribi::plan
