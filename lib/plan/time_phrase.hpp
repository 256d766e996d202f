// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"

namespace claribi::plan {

// A period as some words of a question name it.
struct TimePhrase {
  TimeRange range = {};
  size_t tokens = 0;  // How many it took.
  // Said of another period: "the week before", "the previous period".
  bool relative = false;
};

// The phrase that begins at that token, or nothing. Fails as read_time does.
[[nodiscard]] Result<std::optional<TimePhrase>> time_phrase_at(
    const Question& question, size_t at);

// The unit that the token names: "days", "week", "hrs".
std::optional<Unit> unit_at(const Question& question, size_t at);

// Whether those words, as find_words() reads them, stand at that token.
inline bool word_at(const Question& question, size_t at,
                    std::string_view words) {
  return words_at(question, words, at).has_value();
}

}  // namespace claribi::plan
