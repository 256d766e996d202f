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
#include "plan/time_parts.hpp"

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
  static constexpr std::array<std::pair<std::string_view, Unit>, 21> letters{{
      {"h", Unit::hour},     {"hr", Unit::hour},    {"hrs", Unit::hour},
      {"hour", Unit::hour},  {"hours", Unit::hour}, {"d", Unit::day},
      {"day", Unit::day},    {"days", Unit::day},   {"w", Unit::week},
      {"wk", Unit::week},    {"wks", Unit::week},   {"week", Unit::week},
      {"weeks", Unit::week}, {"m", Unit::month},    {"mo", Unit::month},
      {"mos", Unit::month},  {"mth", Unit::month},  {"months", Unit::month},
      {"y", Unit::year},     {"yr", Unit::year},    {"yrs", Unit::year},
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

// "7 days", "two weeks", "couple of weeks", "few days" (three), "fortnight",
// "half a year".
std::optional<Amount> amount_at(const Question& question, size_t at) {
  const Token* token = token_at(question, at);
  if (token == nullptr) return std::nullopt;
  if (const auto compact = compact_amount(*token)) return compact;
  if (token->folded == "fortnight") {
    return Amount{.count = 2, .unit = Unit::week, .tokens = 1};
  }
  if (word_at(question, at, "=half =year")) {
    return Amount{.count = 6, .unit = Unit::month, .tokens = 2};
  }
  if (word_at(question, at, "=half =a =year")) {
    return Amount{.count = 6, .unit = Unit::month, .tokens = 3};
  }
  size_t next = at + 1;
  auto count = count_in(*token);
  if (token->folded == "couple" || token->folded == "few") {
    count = token->folded == "few" ? 3 : 2;
    if (word_at(question, next, "of")) ++next;
  }
  if (word_at(question, next, "=full|=complete|=whole|=calendar")) ++next;
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
  static constexpr std::array<Row, 9> rows{
      {{"=day before yesterday", -2},
       {"=today", 0},
       {"=tonight", 0},
       {"=yesterday", -1},
       {"=yday", -1},
       {"=yesterdays", -1},
       {"=todays", 0},
       {"=last =night", -1},
       {"this =morning|=afternoon|=evening", 0}}};
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
  if (!word_at(question, at, "=this|=current|=the")) return std::nullopt;
  const auto unit = unit_at(question, at + 1);
  // "The week" alone may be anything.
  if (word_at(question, at, "=the") &&
      !word_at(question, at + 2, "=so =far|to =date")) {
    return std::nullopt;
  }
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
  if (!unit || !word_at(question, at + 1, "=before|=earlier|=prior")) {
    return std::nullopt;
  }
  // "The week before last" is a period of its own.
  const bool last = word_at(question, at + 2, "=last");
  if (last) return TimePhrase{calendar(*unit, -2), 3};
  const size_t that = word_at(question, at + 2, "=that|=this|=last") ? 1 : 0;
  return TimePhrase{calendar(*unit, -1), 2 + that, true};
}

Reading read_ago(const Question& question, size_t at) {
  auto amount = amount_at(question, at);
  if (!amount && word_at(question, at, "=a|=an|=one")) {
    const auto unit = unit_at(question, at + 1);
    if (unit) amount = Amount{.count = 1, .unit = *unit, .tokens = 2};
  }
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
         (at > 0 && word_at(question, at - 1,
                            "in|during|since|of|last|for|=to|=through|=until|"
                            "=from|=between|=-|=till"));
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

// "2026-10".
Reading read_iso_month(const Token& token) {
  const std::string& text = token.text;
  if (token.quoted || text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = year_in({.text = text.substr(0, 4)});
  const auto month = count_in({.text = text.substr(5)});
  if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
  return TimePhrase{months_of(*year, *month, *month), 1};
}

Reading read_month(const Question& question, size_t at) {
  if (auto iso = read_iso_month(question.tokens[at])) return iso;
  if (word_at(question, at, "=month =of")) {
    auto month = at + 2 < question.tokens.size() ? read_month(question, at + 2)
                                                 : std::nullopt;
    if (month) month->tokens += 2;
    return month;
  }
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
  if (!year) return std::nullopt;
  const bool led =
      at > 0 && word_at(question, at - 1, "in|during|of|for|since|=from|=to");
  // Alone it is a year only if it looks like one of ours.
  const bool compared =
      at > 0 && word_at(question, at - 1,
                        "=over|=than|=above|=under|=below|=least|=most|=top|"
                        "=last|=first|=is");
  const bool after_mark = at > 0 && is_separator(question.tokens[at - 1]);
  const bool alone = *year >= 2015 && *year <= 2049 && !compared &&
                     !after_mark && !unit_at(question, at + 1);
  if (!led && !alone) return std::nullopt;
  return TimePhrase{months_of(*year, 1, 12), 1};
}

// "tue", "thurs": words of their own unless something leads to them.
std::optional<int> short_weekday(const Token& token) {
  static constexpr std::array<std::pair<std::string_view, int>, 10> names{
      {{"mon", 1},
       {"tue", 2},
       {"tues", 2},
       {"wed", 3},
       {"weds", 3},
       {"thu", 4},
       {"thur", 4},
       {"thurs", 4},
       {"fri", 5},
       {"sat", 6}}};
  if (token.quoted) return std::nullopt;
  for (const auto& [name, day] : names) {
    if (token.folded == name) return day;
  }
  if (token.folded == "sun") return 7;
  return std::nullopt;
}

Reading read_weekday(const Question& question, size_t at) {
  const size_t last =
      word_at(question, at, "=last|=on|=this|=past|=previous") ? 1 : 0;
  const Token* token = token_at(question, at + last);
  if (token == nullptr) return std::nullopt;
  auto weekday = weekday_named(*token);
  const bool led =
      last == 1 || (at > 0 && word_at(question, at - 1,
                                      "=since|=from|=to|=until|=till|"
                                      "=through|=and|=between|=after"));
  if (!weekday && led) weekday = short_weekday(*token);
  if (!weekday) return std::nullopt;
  return TimePhrase{{.kind = Kind::weekday, .count = *weekday}, last + 1};
}

Reading read_always(const Question& question, size_t at) {
  static constexpr std::array<std::string_view, 7> rows{
      "=all time",
      "=all-time",
      "=ever",
      "=since =ever",
      "=of =all =time",
      "=since =the =beginning|=start",
      "=from =the =beginning|=start"};
  for (const auto words : rows) {
    if (const auto span = words_at(question, words, at)) {
      return TimePhrase{{.kind = Kind::since, .from = "2015-01-01"},
                        span->size()};
    }
  }
  return std::nullopt;
}

constexpr std::array<Reading (*)(const Question&, size_t), 13> plain_readers{
    read_part,   read_weekend, read_day_word, read_to_date, read_this,
    read_before, read_last,    read_ago,      read_quarter, read_month,
    read_year,   read_weekday, read_always};

Reading read_plain(const Question& question, size_t at) {
  if (at >= question.tokens.size()) return std::nullopt;
  for (const auto& reader : plain_readers) {
    if (auto phrase = reader(question, at)) return phrase;
  }
  return std::nullopt;
}

constexpr std::string_view range_words =
    "to|until|till|through|thru|and|=-|=up";

// Days before or after a date of which they have the month: "2 - 5 November",
// "Nov 3 to 9".
Result<Reading> read_days(const Question& question, size_t at) {
  const bool lead = word_at(question, at, "=from|=between|=on");
  size_t next = at + (lead ? 1 : 0);
  if (word_at(question, next, "=the")) ++next;
  const auto day = [&](size_t place) {
    const Token* token = token_at(question, place);
    return token != nullptr ? day_in(*token) : std::nullopt;
  };
  CLARIBI_TRY_ASSIGN(const auto date, date_at(question, next));
  if (date) {
    const size_t middle = next + date->tokens;
    if (!word_at(question, middle, range_words)) return std::nullopt;
    const size_t the = word_at(question, middle + 1, "=the") ? 1 : 0;
    const auto last = day(middle + 1 + the);
    CLARIBI_TRY_ASSIGN(const auto whole, date_at(question, middle + 1 + the));
    if (whole || !last || unit_at(question, middle + 2 + the))
      return std::nullopt;
    return TimePhrase{{.kind = Kind::absolute,
                       .from = date->date,
                       .to = with_day(date->date, *last)},
                      middle + 2 + the - at};
  }
  const auto first = day(next);
  if (!first || !word_at(question, next + 1, range_words)) return std::nullopt;
  const size_t the = word_at(question, next + 2, "=the") ? 1 : 0;
  CLARIBI_TRY_ASSIGN(const auto last, date_at(question, next + 2 + the));
  if (!last) return std::nullopt;
  return TimePhrase{{.kind = Kind::absolute,
                     .from = with_day(last->date, *first),
                     .to = last->date},
                    next + 2 + the + last->tokens - at};
}

// "Since the beginning of the year", "since the start of October".
Reading read_since_start(const Question& question, size_t at) {
  const auto lead =
      words_at(question, "=since|=from =the =beginning|=start =of", at);
  if (!lead) return std::nullopt;
  size_t next = lead->end;
  if (word_at(question, next, "=the|=this")) ++next;
  const auto unit = unit_at(question, next);
  TimePhrase phrase{{.kind = Kind::calendar, .to_now = true}, next + 1 - at};
  if (unit) {
    phrase.range.unit = *unit;
    return phrase;
  }
  const Token* token = token_at(question, next);
  auto month = token != nullptr ? read_month(question, next) : std::nullopt;
  if (!month) return std::nullopt;
  month->range.to_now = true;
  month->tokens += next - at;
  return month;
}

// A date, or two with a word between them, after "from", "since" or nothing.
Result<Reading> read_dates(const Question& question, size_t at) {
  const bool since = word_at(question, at, "since|after");
  const bool lead = since || word_at(question, at, "from|between|on");
  size_t first_at = at + (lead ? 1 : 0);
  if (lead && word_at(question, first_at, "=the")) ++first_at;
  CLARIBI_TRY_ASSIGN(const auto first, date_at(question, first_at));
  if (!first) return std::nullopt;
  size_t next = first_at + first->tokens;
  if (word_at(question, next, range_words)) {
    const size_t the = word_at(question, next + 1, "=the") ? 1 : 0;
    CLARIBI_TRY_ASSIGN(auto last, date_at(question, next + 1 + the));
    if (last) last->tokens += the;
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

// "From Monday to yesterday", "between September and October": two periods
// that are no dates, or one of them.
Result<Reading> read_span(const Question& question, size_t at) {
  const bool lead = word_at(question, at, "=from|=between|=since");
  // "Compare this month to last month" has two periods.
  if (!lead && has_words(question, "compare|compared|=vs|=versus|=relative")) {
    return std::nullopt;
  }
  const auto point = [&](size_t place) -> Result<Reading> {
    const size_t the = word_at(question, place, "=the") ? 1 : 0;
    CLARIBI_TRY_ASSIGN(const auto date, date_at(question, place + the));
    if (date) {
      return TimePhrase{
          {.kind = Kind::absolute, .from = date->date, .to = date->date},
          the + date->tokens};
    }
    auto phrase = read_plain(question, place + the);
    if (!phrase || phrase->relative) return std::nullopt;
    phrase->tokens += the;
    return phrase;
  };
  const size_t first_at = at + (lead ? 1 : 0);
  CLARIBI_TRY_ASSIGN(const auto first, point(first_at));
  if (!first) return std::nullopt;
  const size_t middle = first_at + first->tokens;
  const bool until = word_at(question, middle, range_words);
  // "September and October" without a lead may be two periods.
  if (!until || (!lead && word_at(question, middle, "=and"))) {
    return std::nullopt;
  }
  if (word_at(question, middle + 1, "=now")) {
    auto range = first->range;
    range.to_now = true;
    return TimePhrase{std::move(range), middle + 2 - at};
  }
  CLARIBI_TRY_ASSIGN(const auto last, point(middle + 1));
  if (!last) return std::nullopt;
  return TimePhrase{{.kind = Kind::span, .ends = {first->range, last->range}},
                    middle + 1 + last->tokens - at};
}

// "Until 10 November since 1 November".
Result<Reading> read_backwards(const Question& question, size_t at) {
  if (!word_at(question, at, "=until|=till|=to|=through")) return std::nullopt;
  CLARIBI_TRY_ASSIGN(const auto last, date_at(question, at + 1));
  if (!last) return std::nullopt;
  const size_t middle = at + 1 + last->tokens;
  if (!word_at(question, middle, "=since|=from")) return std::nullopt;
  CLARIBI_TRY_ASSIGN(const auto first, date_at(question, middle + 1));
  if (!first) return std::nullopt;
  return TimePhrase{
      {.kind = Kind::absolute, .from = first->date, .to = last->date},
      middle + 1 + first->tokens - at};
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

// "Come back the next day": the one after something else, not after today.
bool is_later_period(const Question& question, size_t at) {
  return at > 0 && word_at(question, at - 1, "=the|=very") &&
         has_words(question,
                   "retention|=back|=return|=returns|=returned|=again");
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
  const bool upcoming = word_at(question, at, "=next|=upcoming|=coming") &&
                        !is_later_period(question, at);
  if ((upcoming &&
       (unit_at(question, at + 1) || amount_at(question, at + 1))) ||
      tomorrow) {
    return fail(ErrorKind::not_answerable,
                fmt::format("'{}' has not happened yet",
                            text_of(question, {at, at + (tomorrow ? 1 : 2)})),
                {"ask about a period that has begun, such as \"last 30 days\""},
                {.slot = "period", .reason = "forecast"});
  }
  CLARIBI_TRY_ASSIGN(auto backwards, read_backwards(question, at));
  if (backwards) return backwards;
  CLARIBI_TRY_ASSIGN(auto week, read_week_of(question, at));
  if (week) return week;
  if (auto start = read_since_start(question, at)) return start;
  CLARIBI_TRY_ASSIGN(auto days, read_days(question, at));
  if (days) return days;
  CLARIBI_TRY_ASSIGN(auto dates, read_dates(question, at));
  CLARIBI_TRY_ASSIGN(auto span, read_span(question, at));
  // Whatever explains more words is meant.
  if (span && (!dates || span->tokens > dates->tokens)) return span;
  if (dates) return dates;
  if (auto since = read_since(question, at)) return since;
  return read_plain(question, at);
}

}  // namespace claribi::plan
