// SPDX-License-Identifier: MIT
// The grammar of time. Each reader looks at one token of the question and says
// how many tokens its phrase takes from there; the first that fits wins.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/date.hpp"
#include "plan/time.hpp"

namespace claribi::plan {
namespace {

using Kind = TimeRange::Kind;

struct Phrase {
  TimeRange range = {};
  size_t tokens = 0;
  // Said of another period: "the week before", "the previous period".
  bool relative = false;
};
using Reading = std::optional<Phrase>;

const Token* token_at(const Question& question, size_t at) {
  return at < question.tokens.size() ? &question.tokens[at] : nullptr;
}

bool word_at(const Question& question, size_t at, std::string_view words) {
  return words_at(question, words, at).has_value();
}

std::optional<Unit> unit_in(const Question& question, size_t at) {
  const Token* token = token_at(question, at);
  if (token == nullptr || token->quoted) return std::nullopt;
  std::string_view word = token->folded;
  if (word == "hrs" || word == "hr") return Unit::hour;
  if (word == "mins" || word == "min") return Unit::minute;
  if (word == "wk" || word == "wks") return Unit::week;
  if (word.ends_with('s')) word.remove_suffix(1);
  return unit_named(word);
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
  const auto unit = unit_in(question, next);
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
      return Phrase{calendar(Unit::day, row.offset), span->size()};
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
      return Phrase{calendar(unit, 0), 1};
    }
  }
  const auto unit = unit_in(question, at);
  if (unit && word_at(question, at + 1, "to date")) {
    return Phrase{calendar(*unit, 0), 3};
  }
  return std::nullopt;
}

Reading read_this(const Question& question, size_t at) {
  if (!word_at(question, at, "=this|=current")) return std::nullopt;
  const auto unit = unit_in(question, at + 1);
  if (!unit) return std::nullopt;
  Phrase phrase{calendar(*unit, 0), 2};
  if (word_at(question, at + 2, "so far|to date")) phrase.tokens = 4;
  if (word_at(question, at + 2, "to date")) phrase.tokens = 4;
  return phrase;
}

// One unit back. "In the last month" and "past month" reach up to now; "last
// month" is the calendar's.
Phrase one_back(const Question& question, size_t at, Unit unit) {
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
    return Phrase{rolling(amount->unit, amount->count), amount->tokens + 1};
  }
  if (word_at(question, at + 1, "period")) {
    return Phrase{{}, 2, true};
  }
  const auto unit = unit_in(question, at + 1);
  if (!unit) return std::nullopt;
  return one_back(question, at, *unit);
}

Reading read_before(const Question& question, size_t at) {
  if (word_at(question, at, "=period before")) return Phrase{{}, 2, true};
  if (word_at(question, at, "=same =period last")) {
    const auto unit = unit_in(question, at + 3);
    if (unit) return Phrase{calendar(*unit, -1), 4, true};
  }
  const auto unit = unit_in(question, at);
  if (!unit || !word_at(question, at + 1, "=before|=earlier")) {
    return std::nullopt;
  }
  const size_t that = word_at(question, at + 2, "=that|=this|=last") ? 1 : 0;
  return Phrase{calendar(*unit, -1), 2 + that, true};
}

Reading read_ago(const Question& question, size_t at) {
  const auto amount = amount_at(question, at);
  if (!amount || !word_at(question, at + amount->tokens, "=ago")) {
    return std::nullopt;
  }
  return Phrase{calendar(amount->unit, -amount->count), amount->tokens + 1};
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
  if (year) return Phrase{months_of(*year, *month, *month), 2};
  return Phrase{{.kind = Kind::month, .count = *month}, 1};
}

Reading read_quarter(const Question& question, size_t at) {
  const std::string& word = question.tokens[at].folded;
  if (word.size() != 2 || word[0] != 'q' || word[1] < '1' || word[1] > '4') {
    return std::nullopt;
  }
  const int quarter = word[1] - '0';
  const Token* after = token_at(question, at + 1);
  const auto year = after != nullptr ? year_in(*after) : std::nullopt;
  if (!year) return Phrase{{.kind = Kind::quarter, .count = quarter}, 1};
  return Phrase{months_of(*year, 3 * quarter - 2, 3 * quarter), 2};
}

Reading read_year(const Question& question, size_t at) {
  const auto year = year_in(question.tokens[at]);
  if (!year || at == 0 ||
      !word_at(question, at - 1, "in|during|of|for|since")) {
    return std::nullopt;
  }
  return Phrase{months_of(*year, 1, 12), 1};
}

Reading read_weekday(const Question& question, size_t at) {
  const size_t last = word_at(question, at, "=last|=on|=this") ? 1 : 0;
  const Token* token = token_at(question, at + last);
  const auto weekday = token != nullptr ? weekday_named(*token) : std::nullopt;
  if (!weekday) return std::nullopt;
  return Phrase{{.kind = Kind::weekday, .count = *weekday}, last + 1};
}

Reading read_always(const Question& question, size_t at) {
  if (!word_at(question, at, "=all time") &&
      !word_at(question, at, "=all-time")) {
    return std::nullopt;
  }
  const bool hyphen = question.tokens[at].folded == "all-time";
  return Phrase{{.kind = Kind::since, .from = "2015-01-01"},
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
      return Phrase{
          {.kind = Kind::absolute, .from = first->date, .to = last->date},
          next - at};
    }
  }
  if (since || word_at(question, at, "from")) {
    return Phrase{{.kind = Kind::since, .from = first->date}, next - at};
  }
  return Phrase{
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

Result<Reading> read_phrase(const Question& question, size_t at) {
  if (question.tokens[at].quoted || question.tokens[at].used) {
    return std::nullopt;
  }
  const bool upcoming = word_at(question, at, "=next|=upcoming|=coming");
  if ((upcoming &&
       (unit_in(question, at + 1) || amount_at(question, at + 1))) ||
      word_at(question, at, "=tomorrow")) {
    return fail(
        ErrorKind::not_answerable,
        fmt::format("'{}' has not happened yet",
                    text_of(question, {at, at + 1})),
        {"ask about a period that has begun, such as \"last 30 days\""});
  }
  CLARIBI_TRY_ASSIGN(auto dates, read_dates(question, at));
  if (dates) return dates;
  if (auto since = read_since(question, at)) return since;
  return read_plain(question, at);
}

struct Placed {
  Phrase phrase;
  Span span;
};

Result<std::vector<Placed>> all_phrases(Question& question) {
  std::vector<Placed> found;
  for (size_t at = 0; at < question.tokens.size();) {
    CLARIBI_TRY_ASSIGN(auto phrase, read_phrase(question, at));
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
                "vs|vs.|versus|compared|against|than|relative")) {
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
Result<std::string> distance(TimeRange& main, const Phrase& other) {
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
  static constexpr std::array<std::pair<std::string_view, Unit>, 13> rows{{
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
    const auto unit = unit_in(question, at + 1);
    const Token* token = token_at(question, at + 1);
    if (!unit || token->used || (token->folded.ends_with('s')) ||
        !word_at(question, at, "=per|=each|=every|=by|=a|=an")) {
      continue;
    }
    // "within a week" is a funnel's window.
    if (at > 0 && word_at(question, at - 1, "=within|=in|=inside")) continue;
    take(question, {at, at + 2});
    return unit;
  }
  return std::nullopt;
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
