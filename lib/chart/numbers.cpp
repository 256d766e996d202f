// SPDX-License-Identifier: MIT
#include "chart/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::chart {
namespace {

// Rounded to that many decimals, without zeros at the end and without "-0".
std::string rounded(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.contains('.')) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

// 1, 2, 5, 10, ... times a power of ten: the first that is not below `least`.
double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (double factor : {1.0, 2.0, 5.0}) {
    // A step of 0.3 / 3 must not become 0.2 for the last bit of a double.
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

Ticks ticks_of_step(double low, double high, double step) {
  const double first = std::floor((low / step) + 1e-9);
  const double last = std::ceil((high / step) - 1e-9);
  return {first * step, step,
          static_cast<size_t>(std::max(std::round(last - first), 1.0))};
}

}  // namespace

std::string short_number(double value) {
  static constexpr std::array<std::pair<double, std::string_view>, 4> units{{
      {1e3, "K"},
      {1e6, "M"},
      {1e9, "B"},
      {1e12, "T"},
  }};
  const double size = std::abs(value);
  // 999,995 is shown as 1M, not as 1000K.
  constexpr double rounds_up = 0.999995;
  for (size_t i = units.size(); i-- > 0;) {
    const auto& [unit, letter] = units[i];
    if (size < unit * rounds_up) continue;
    if (size >= 1e15) return fmt::format("{:.3g}", value);
    return rounded(value / unit, 2) + std::string(letter);
  }
  if (size > 0 && size < 0.01) return fmt::format("{:.3g}", value);
  return rounded(value, 2);
}

std::string full_number(double value) {
  const double size = std::abs(value);
  if (size > 0 && size < 0.01) return fmt::format("{:.2g}", value);
  if (size >= 1e15) return fmt::format("{:.6g}", value);
  return group_digits(rounded(value, 2));
}

std::string full_number(const json::Value& value) {
  const auto text = value.number_text();
  if (!text) return "";
  if (text->find_first_of(".eE") == std::string_view::npos) {
    return group_digits(*text);
  }
  const auto number = value.number();
  return number ? full_number(*number) : std::string(*text);
}

std::string percent(double share) {
  const double value = share * 100;
  if (value == 100) return "100 %";
  if (value > 0 && value < 0.1) return fmt::format("{:.2g} %", value);
  return fmt::format("{:.1f} %", value);
}

Ticks round_ticks(double low, double high, size_t most, bool whole) {
  low = std::min(low, 0.0);
  high = std::max(high, 0.0);
  if (low == high) high = 1;
  most = std::max<size_t>(most, 2);
  double step = round_step((high - low) / static_cast<double>(most));
  if (whole) step = std::max(step, 1.0);
  Ticks ticks = ticks_of_step(low, high, step);
  // Zero need not lie on the first grid, so rounding outwards may add steps.
  while (ticks.steps > most) {
    step = round_step(step * 1.5);
    ticks = ticks_of_step(low, high, step);
  }
  return ticks;
}

}  // namespace claribi::chart
