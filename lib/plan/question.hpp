// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace claribi::plan {

// A word of the question. Quoted and `back-quoted` texts, $names, e-mail
// addresses, ids and numbers with separators stay whole.
struct Token {
  std::string text;    // As it was written.
  std::string folded;  // Lower case.
  std::string stem;    // Without the ending: "signups" and "signup" agree.
  bool quoted = false;
  bool used = false;  // A cue, a time phrase or a name took it.
};

struct Question {
  std::string text;
  std::vector<Token> tokens;
};

Question read_question(std::string_view text);

// The stem of a folded word, for comparing; not a word of the language.
std::string stem(std::string_view folded);

}  // namespace claribi::plan
