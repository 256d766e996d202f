// SPDX-License-Identifier: MIT
// Numbers on their way into sentences. They stay whole numbers or fractions
// until the one rounding (half to even) that makes them text, so the same
// table gives the same digits on every machine.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "json/value.hpp"

namespace claribi::answer {

// Room for a sum of many large cells in millionths, times a hundred.
using Wide = __int128;

// A cell in millionths. Sums and comparisons are exact.
struct Amount {
  Wide millionths = 0;
  friend auto operator<=>(const Amount&, const Amount&) = default;
};
Amount operator+(Amount a, Amount b);
Amount operator-(Amount a, Amount b);
Amount whole(int64_t count);

// The amount in a cell that is a JSON number; nothing for any other cell and
// for numbers of 10^15 and more.
std::optional<Amount> read_amount(const json::Value& cell);

// A fraction with a positive denominator.
struct Ratio {
  Wide top = 0;
  Wide bottom = 1;
};
Ratio exactly(Amount amount);
Ratio mean(Amount sum, size_t count);
// 100 * part / whole. `whole` is not zero.
Ratio percentage(Amount part, Amount whole);
double to_double(Amount amount);
double to_double(Ratio ratio);

// Rounded half to even to that many places (tens if negative), without
// trailing zeros: "41.2", "-3", "1200".
std::string rounded(Ratio ratio, int places);

// With at most six places, for a fact's value.
json::Value number_value(Ratio ratio);

// Thousands grouped. To two places from 1 on, else to three figures.
std::string quantity_text(Ratio ratio);
// For averages: whole from 100 on, else to three figures.
std::string average_text(Ratio ratio);

// Below this base a percentage says more than the data: counts are given.
inline constexpr int64_t smallest_base = 30;
bool large_enough(Amount base);

// "45.2 %": three figures on a base of 1000 and more, else two; never more
// than one place. "under 0.1 %" where that would read as zero.
std::string percent_text(Ratio percent, Amount base);

// "0.4 s", "38 s", "1 min 15 s", "2.4 h", "3.1 days".
std::string duration_text(Ratio seconds);

}  // namespace claribi::answer
