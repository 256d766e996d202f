// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claribi::plan {

// A word of the question. Quoted and `back-quoted` texts, $names, e-mail
// addresses, ids and numbers with separators stay whole. Commas, arrows ("->")
// and comparisons ("=", ">=") are tokens of their own.
struct Token {
  std::string text = {};    // As it was written.
  std::string folded = {};  // Lower case.
  std::string stem = {};    // Without the ending: "signups" and "signup" agree.
  size_t at = 0;            // Where it stands in the question, in bytes, quotes
  size_t length = 0;        // included.
  bool quoted = false;
  bool cue = false;   // It spoke for the frame; still free to be a name.
  bool used = false;  // A time phrase or a name took it.
};

struct Question {
  std::string text = {};
  std::vector<Token> tokens = {};
};

Question read_question(std::string_view text);

// Some tokens that stand next to each other.
struct Span {
  size_t begin = 0;
  size_t end = 0;  // One past the last.
  [[nodiscard]] size_t size() const { return end - begin; }
};

// The first place, from token `from` on, where the word sequence stands. Words
// are compared by stem; "a|b" is one or the other, "=a" is the word as it is
// and not its stem, and these stand for kinds of words: #email, #uuid, #id
// (letters and digits, with hyphens or underscores), #number,
// #percent ("50%"), #people ("users", "shoppers"), #key ("newHomeScreen").
std::optional<Span> find_words(const Question& question,
                               std::string_view pattern, size_t from = 0);
inline bool has_words(const Question& question, std::string_view pattern) {
  return find_words(question, pattern).has_value();
}
// The same at that very token.
std::optional<Span> words_at(const Question& question, std::string_view pattern,
                             size_t at);

void take(Question& question, Span span);  // Marks the tokens as used.
// The words of the question at those tokens, as they were written.
std::string text_of(const Question& question, Span span);

// Commas, arrows and comparisons: no name reaches across them.
bool is_separator(const Token& token);
// Articles, pronouns, auxiliaries, politeness: says nothing about data.
bool is_filler(const Token& token);
// Names nobody would write by chance: quoted, $name, snake_case.
bool is_explicit_name(const Token& token);
// "12", "1,000" or "2.5" as digits; number words up to twenty.
std::optional<std::string> number_in(const Token& token);
std::optional<int> count_in(const Token& token);

// The stem of a folded word, for comparing; not a word of the language.
std::string stem(std::string_view folded);

}  // namespace claribi::plan
