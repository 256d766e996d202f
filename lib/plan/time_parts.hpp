// SPDX-License-Identifier: MIT
// Phrases that name a part of a longer period, for the grammar of
// time_phrase.cpp: "weekend", "first half of October", "the week of 2
// November", "H1 2026".
#pragma once

#include <cstddef>
#include <optional>

#include "base/error.hpp"
#include "plan/question.hpp"
#include "plan/time_phrase.hpp"

namespace claribi::plan {

[[nodiscard]] std::optional<TimePhrase> read_weekend(const Question& question,
                                                     size_t at);
// Halves of a month or a year, the first or last days and weeks of a month.
[[nodiscard]] std::optional<TimePhrase> read_part(const Question& question,
                                                  size_t at);
// "The week of 2 November". Fails as date_at() does.
[[nodiscard]] Result<std::optional<TimePhrase>> read_week_of(
    const Question& question, size_t at);

}  // namespace claribi::plan
