// SPDX-License-Identifier: MIT
#include "plan/question.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.hpp"

namespace claribi::plan {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
         c == '\v';
}

// Typographic quotes and arrows, and the plain ones of the same meaning.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> plain{{
    {"\u2019", "'"},
    {"\u2018", "'"},
    {"\u201c", "\""},
    {"\u201d", "\""},
    {"\u2192", "->"},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2265", ">="},
    {"\u2264", "<="},
}};

std::string to_plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto row = std::ranges::find_if(
        plain, [&](const auto& pair) { return text.starts_with(pair.first); });
    if (row != plain.end()) {
      out += row->second;
      text.remove_prefix(row->first.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

// "3-9", as in "Nov 3-9".
bool is_day_range(std::string_view word, size_t hyphen) {
  if (hyphen == std::string_view::npos) return false;
  const auto day = [](std::string_view text) {
    return !text.empty() && text.size() <= 2 &&
           std::ranges::all_of(text, is_digit);
  };
  return day(word.substr(0, hyphen)) && day(word.substr(hyphen + 1));
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Token> tokens() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (!quoted() && !symbol()) {
        word();
      }
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : ' ';
  }

  void add(std::string_view text, size_t at, size_t length, bool is_quoted) {
    if (text.empty()) return;
    Token token{.text = std::string(text),
                .folded = lower(text),
                .at = at,
                .length = length,
                .quoted = is_quoted};
    token.stem = stem(token.folded);
    tokens_.push_back(std::move(token));
  }

  bool quoted() {
    const char quote = text_[at_];
    if (quote != '"' && quote != '`' && quote != '\'') return false;
    size_t end = text_.find(quote, at_ + 1);
    // An apostrophe inside a quoted text does not end it.
    while (quote == '\'' && end != std::string_view::npos &&
           end + 1 < text_.size() && is_letter(text_[end + 1])) {
      end = text_.find(quote, end + 1);
    }
    if (end == std::string_view::npos || end == at_ + 1) {
      ++at_;
      return true;
    }
    add(text_.substr(at_ + 1, end - at_ - 1), at_, end + 1 - at_, true);
    at_ = end + 1;
    return true;
  }

  bool symbol() {
    static constexpr std::array<std::string_view, 11> symbols{
        "->", "=>", "!=", ">=", "<=", "=", "<", ">", ",", ";", ":"};
    for (const auto symbol : symbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      const bool arrow = symbol == "->" || symbol == "=>";
      const bool comma = symbol == ";" || symbol == ":";
      add(arrow ? "->" : (comma ? "," : symbol), at_, symbol.size(), false);
      at_ += symbol.size();
      return true;
    }
    if (text_[at_] == '(' || text_[at_] == ')' || text_[at_] == '[' ||
        text_[at_] == ']' || text_[at_] == '?' || text_[at_] == '!' ||
        text_[at_] == '.') {
      ++at_;
      return true;
    }
    return false;
  }

  [[nodiscard]] bool ends_word() const {
    const char c = text_[at_];
    if (is_space(c) || std::string_view("\"`()[]=<>;").contains(c)) return true;
    if (c == ',') return !is_digit(peek(1)) || !is_digit(text_[at_ - 1]);
    if (c == '-') return peek(1) == '>';
    if (c == '!') return is_space(peek(1)) || peek(1) == '=';
    if (c == '?' || c == ':' || c == '.') return is_space(peek(1));
    return false;
  }

  void word() {
    const size_t begin = at_;
    ++at_;
    while (at_ < text_.size() && !ends_word())
      ++at_;
    std::string_view word = text_.substr(begin, at_ - begin);
    while (!word.empty() && std::string_view("?!.'").contains(word.back())) {
      word.remove_suffix(1);
    }
    if (word.ends_with("'s")) word.remove_suffix(2);
    split_word(word, begin);
  }

  // "7-day" is a number and a unit, "signup-to-payment" a funnel; any other
  // hyphen is part of a name.
  void split_word(std::string_view word, size_t at) {
    const size_t hyphen = word.find('-');
    const size_t to = word.find("-to-");
    if (to != std::string_view::npos && to > 0) {
      add(word.substr(0, to), at, to, false);
      add("to", at + to + 1, 2, false);
      split_word(word.substr(to + 4), at + to + 4);
    } else if (hyphen != std::string_view::npos && hyphen > 0 &&
               hyphen + 1 < word.size() &&
               std::ranges::all_of(word.substr(0, hyphen), is_digit) &&
               std::ranges::all_of(word.substr(hyphen + 1), is_letter)) {
      add(word.substr(0, hyphen), at, hyphen, false);
      add(word.substr(hyphen + 1), at + hyphen + 1, word.size() - hyphen - 1,
          false);
    } else if (is_day_range(word, hyphen)) {
      add(word.substr(0, hyphen), at, hyphen, false);
      add("-", at + hyphen, 1, false);
      add(word.substr(hyphen + 1), at + hyphen + 1, word.size() - hyphen - 1,
          false);
    } else if (word.size() > 1 && word[0] == '$' && is_digit(word[1])) {
      add(word.substr(1), at, word.size(), false);
    } else {
      add(word, at, word.size(), false);
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<Token> tokens_ = {};
};

bool is_email(std::string_view word) {
  const size_t at = word.find('@');
  return at != std::string_view::npos && at > 0 &&
         word.find('.', at) != std::string_view::npos && word.back() != '.';
}

bool is_uuid(std::string_view word) {
  if (word.size() != 36) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? word[i] != '-'
               : !std::string_view("0123456789abcdef").contains(word[i])) {
      return false;
    }
  }
  return true;
}

bool is_id(std::string_view word) {
  return std::ranges::any_of(word, is_digit) &&
         std::ranges::any_of(word, is_letter) &&
         std::ranges::all_of(word, [](char c) {
           return is_digit(c) || is_letter(c) || c == '_' || c == '-';
         });
}

// "new-onboarding", "newHomeScreen", "dark_mode": a name made by a programmer.
bool is_key(std::string_view word) {
  if (word.size() < 4 || !is_letter(word.front())) return false;
  bool letters_only = true;
  bool inner_capital = false;
  bool joined = false;
  for (size_t i = 1; i < word.size(); ++i) {
    const char c = word[i];
    joined = joined || c == '-' || c == '_';
    letters_only = letters_only && (is_letter(c) || is_digit(c));
    inner_capital = inner_capital || (c >= 'A' && c <= 'Z' &&
                                      word[i - 1] >= 'a' && word[i - 1] <= 'z');
  }
  return joined || (letters_only && inner_capital);
}

// What the people of a product are called.
bool is_people(std::string_view word) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"people",   "person",   "persons",   "user",    "users",    "visitor",
       "visitors", "customer", "customers", "shopper", "shoppers", "learner",
       "learners", "player",   "players",   "member",  "members",  "reader",
       "readers",  "viewer",   "viewers",   "buyer",   "buyers",   "client",
       "clients",  "student",  "students",  "guest",   "guests",   "folks"});
  return std::ranges::find(words, word) != words.end();
}

bool is_kind(const Token& token, std::string_view kind) {
  if (kind == "#email") return is_email(token.folded);
  if (kind == "#uuid") return is_uuid(token.folded);
  if (kind == "#id") return is_id(token.folded);
  if (kind == "#number") return number_in(token).has_value();
  if (kind == "#key") return is_key(token.text);
  if (kind == "#people") return is_people(token.folded);
  return kind == "#percent" && token.folded.size() > 1 &&
         token.folded.ends_with('%') && is_digit(token.folded.front());
}

bool word_fits(const Token& token, std::string_view alternatives) {
  if (token.quoted) return false;
  for (const auto& word : split(alternatives, '|')) {
    if (word.starts_with('#') ? is_kind(token, word)
        : word.starts_with('=') && word.size() > 1
            ? token.folded == std::string_view(word).substr(1)
            : token.folded == word || token.stem == stem(word)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Question read_question(std::string_view text) {
  Question question{.text = std::string(trim(to_plain(text)))};
  question.tokens = Scanner(question.text).tokens();
  return question;
}

std::optional<Span> words_at(const Question& question, std::string_view pattern,
                             size_t at) {
  size_t next = at;
  for (const auto& word : split(pattern, ' ')) {
    if (next >= question.tokens.size() ||
        !word_fits(question.tokens[next], word)) {
      return std::nullopt;
    }
    ++next;
  }
  return Span{at, next};
}

std::optional<Span> find_words(const Question& question,
                               std::string_view pattern, size_t from) {
  for (size_t at = from; at < question.tokens.size(); ++at) {
    if (const auto span = words_at(question, pattern, at)) return span;
  }
  return std::nullopt;
}

void take(Question& question, Span span) {
  for (size_t i = span.begin; i < span.end; ++i)
    question.tokens[i].used = true;
}

std::string text_of(const Question& question, Span span) {
  if (span.begin >= span.end) return {};
  const Token& first = question.tokens[span.begin];
  const Token& last = question.tokens[span.end - 1];
  return question.text.substr(first.at, last.at + last.length - first.at);
}

bool is_separator(const Token& token) {
  static constexpr std::array<std::string_view, 8> separators{
      ",", "->", "=", "!=", "<", ">", "<=", ">="};
  return !token.quoted &&
         std::ranges::find(separators, token.text) != separators.end();
}

bool is_explicit_name(const Token& token) {
  return token.quoted || token.text.contains('_') ||
         (token.text.size() > 1 && token.text.front() == '$');
}

std::optional<std::string> number_in(const Token& token) {
  if (token.quoted) return std::nullopt;
  std::string digits = token.text;
  std::erase(digits, ',');
  const bool negative = digits.starts_with('-');
  const std::string_view rest = std::string_view(digits).substr(negative);
  if (!rest.empty() && is_digit(rest.front()) && is_digit(rest.back()) &&
      std::ranges::count(rest, '.') <= 1 &&
      std::ranges::all_of(rest,
                          [](char c) { return is_digit(c) || c == '.'; })) {
    return digits;
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9>
      tens{{{"thirty", "30"},
            {"forty", "40"},
            {"fifty", "50"},
            {"sixty", "60"},
            {"seventy", "70"},
            {"eighty", "80"},
            {"ninety", "90"},
            {"dozen", "12"},
            {"hundred", "100"}}};
  for (const auto& [word, number] : tens) {
    if (token.folded == word) return std::string(number);
  }
  static constexpr std::array<std::string_view, 21> words{
      "zero",     "one",      "two",      "three",   "four",    "five",
      "six",      "seven",    "eight",    "nine",    "ten",     "eleven",
      "twelve",   "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
      "eighteen", "nineteen", "twenty"};
  const auto* const word = std::ranges::find(words, token.folded);
  if (word == words.end()) return std::nullopt;
  return std::to_string(word - words.begin());
}

std::optional<int> count_in(const Token& token) {
  const auto digits = number_in(token);
  if (!digits) return std::nullopt;
  int value = 0;
  const char* const end = digits->data() + digits->size();
  const auto [stop, error] = std::from_chars(digits->data(), end, value);
  // No period is longer; larger numbers would overflow the calendar.
  if (error != std::errc{} || stop != end || value < 0 || value > 10'000) {
    return std::nullopt;
  }
  return value;
}

}  // namespace claribi::plan
