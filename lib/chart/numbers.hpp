// SPDX-License-Identifier: MIT
// Numbers as charts show them. The same value gives the same text everywhere;
// no locale is asked.
#pragma once

#include <cstddef>
#include <string>

#include "json/value.hpp"

namespace claribi::chart {

// For an axis, short: "950", "1.2K", "3.4M", "0.25".
std::string short_number(double value);

// For a label, in full: "1,234,567", "12.35". At most two decimals, more only
// below 0.01.
std::string full_number(double value);
// The same of a JSON number; a whole one keeps every digit. Empty for
// anything else.
std::string full_number(const json::Value& value);

// A share of 1 as "45.2 %"; "100 %" for the whole.
std::string percent(double share);

// Where an axis has its marks: at low, low + step, ... up to high().
struct Ticks {
  double low = 0;
  double step = 1;
  size_t steps = 1;

  [[nodiscard]] double high() const {
    return low + (step * static_cast<double>(steps));
  }
  [[nodiscard]] double at(size_t index) const {
    return low + (step * static_cast<double>(index));
  }
};

// At most `most` steps (at least 2) of 1, 2 or 5 times a power of ten that
// cover zero, `low` and `high`. With `whole` no step is smaller than 1.
Ticks round_ticks(double low, double high, size_t most, bool whole);

}  // namespace claribi::chart
