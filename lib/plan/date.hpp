// SPDX-License-Identifier: MIT
// Calendar dates as people write them, kept as "2026-11-03" or, without a
// year, as "--11-03".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time_zone.hpp"
#include "plan/question.hpp"

namespace claribi::plan {

struct SaidDate {
  std::string date;
  size_t tokens = 0;  // How many it took.
};

// The date that begins at that token: "2026-11-03", "3 Nov", "Nov 3rd, 2026",
// "the 3rd of November". Nothing if there is none. Fails (usage) for a day
// that no calendar has, (needs_clarification) for "11/3".
[[nodiscard]] Result<std::optional<SaidDate>> date_at(const Question& question,
                                                      size_t at);

// 1 to 31 for "3", "3rd" or "21st".
std::optional<int> day_in(const Token& token);
// The same date with another day of its month.
std::string with_day(std::string_view date, int day);

// 1 to 12 for "november" or "nov", and for "may" and "march" too.
std::optional<int> month_named(const Token& token);
// 1990 to 2100, written with four digits.
std::optional<int> year_in(const Token& token);
// 1 (Monday) to 7 for "tuesday", "tue" or "tuesdays".
std::optional<int> weekday_named(const Token& token);

// Whether the text is a date in one of the two forms.
bool is_date(std::string_view text);

// Midnight of the date; without a year the latest one that is not after `now`.
LocalTime latest_date(std::string_view date, LocalTime now);
// The same, but without a year the first one that is not before `from`.
LocalTime first_date_from(std::string_view date, LocalTime from, LocalTime now);

}  // namespace claribi::plan
