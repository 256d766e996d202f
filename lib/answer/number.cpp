// SPDX-License-Identifier: MIT
#include "answer/number.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::answer {
namespace {

constexpr Wide million = 1'000'000;
constexpr size_t million_places = 6;
constexpr size_t most_digits = 15;  // Before the point.

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i)
    power *= 10;
  return power;
}

Wide divide_half_even(Wide top, Wide bottom) {
  const bool negative = top < 0;
  if (negative) top = -top;
  Wide quotient = top / bottom;
  const Wide twice = top % bottom * 2;
  if (twice > bottom || (twice == bottom && quotient % 2 == 1)) ++quotient;
  return negative ? -quotient : quotient;
}

std::string digits_of(Wide number) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(number % 10));
    number /= 10;
  } while (number > 0);
  std::ranges::reverse(digits);
  return digits;
}

// The millionths of "1234.567", half to even where it has more places.
std::optional<Amount> read_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const size_t point = std::min(text.find('.'), text.size());
  if (point == 0 || point > most_digits) return std::nullopt;
  Wide top = 0;
  int places = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    // What comes after 20 places cannot change the sixth in earnest.
    if (places == 20) break;
    top = top * 10 + (text[i] - '0');
    if (i > point) ++places;
  }
  const int more = places - static_cast<int>(million_places);
  const Wide millionths = more > 0 ? divide_half_even(top, power_of_ten(more))
                                   : top * power_of_ten(-more);
  return Amount{negative ? -millionths : millionths};
}

// Places that leave so many significant figures; never more than six.
int places_for(Ratio ratio, int figures) {
  const double size = std::abs(to_double(ratio));
  if (size == 0) return 0;
  const int magnitude = static_cast<int>(std::floor(std::log10(size)));
  return std::min(figures - 1 - magnitude, static_cast<int>(million_places));
}

bool at_least(Ratio ratio, int64_t size) {
  const Wide top = ratio.top < 0 ? -ratio.top : ratio.top;
  return top >= ratio.bottom * size;
}

}  // namespace

Amount operator+(Amount a, Amount b) {
  return {a.millionths + b.millionths};
}

Amount operator-(Amount a, Amount b) {
  return {a.millionths - b.millionths};
}

Amount whole(int64_t count) {
  return {count * million};
}

std::optional<Amount> read_amount(const json::Value& cell) {
  const auto text = cell.number_text();
  if (!text) return std::nullopt;
  if (text->find_first_of("eE") == std::string_view::npos) {
    return read_decimal(*text);
  }
  const auto number = cell.number();
  if (!number || !std::isfinite(*number)) return std::nullopt;
  return read_decimal(fmt::format("{:.12f}", *number));
}

Ratio exactly(Amount amount) {
  return {amount.millionths, million};
}

Ratio mean(Amount sum, size_t count) {
  return {sum.millionths, million * static_cast<Wide>(count)};
}

Ratio percentage(Amount part, Amount whole) {
  const bool negative = whole.millionths < 0;
  return {(negative ? -100 : 100) * part.millionths,
          negative ? -whole.millionths : whole.millionths};
}

double to_double(Amount amount) {
  return to_double(exactly(amount));
}

double to_double(Ratio ratio) {
  return static_cast<double>(ratio.top) / static_cast<double>(ratio.bottom);
}

std::string rounded(Ratio ratio, int places) {
  const Wide scaled =
      places >= 0
          ? divide_half_even(ratio.top * power_of_ten(places), ratio.bottom)
          : divide_half_even(ratio.top, ratio.bottom * power_of_ten(-places)) *
                power_of_ten(-places);
  const bool negative = scaled < 0;
  std::string digits = digits_of(negative ? -scaled : scaled);
  if (places > 0) {
    const auto fraction = static_cast<size_t>(places);
    if (digits.size() <= fraction) {
      digits.insert(0, fraction + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - fraction, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
  }
  return negative && digits != "0" ? "-" + digits : digits;
}

json::Value number_value(Ratio ratio) {
  return json::Number{rounded(ratio, static_cast<int>(million_places))};
}

std::string quantity_text(Ratio ratio) {
  const int places = at_least(ratio, 1) ? 2 : places_for(ratio, 3);
  return group_digits(rounded(ratio, places));
}

std::string average_text(Ratio ratio) {
  const int places = at_least(ratio, 100) ? 0 : places_for(ratio, 3);
  return group_digits(rounded(ratio, places));
}

bool large_enough(Amount base) {
  return base >= whole(smallest_base);
}

std::string percent_text(Ratio percent, Amount base) {
  const int figures = base >= whole(1000) ? 3 : 2;
  const std::string number =
      rounded(percent, std::min(places_for(percent, figures), 1));
  if (number == "0" && percent.top != 0) return "under 0.1 %";
  return group_digits(number) + " %";
}

std::string duration_text(Ratio seconds) {
  const int64_t whole_seconds =
      static_cast<int64_t>(divide_half_even(seconds.top, seconds.bottom));
  if (whole_seconds < 10) return rounded(seconds, 1) + " s";
  if (whole_seconds < 60) return fmt::format("{} s", whole_seconds);
  if (whole_seconds < 3600) {
    const int64_t rest = whole_seconds % 60;
    const std::string minutes = fmt::format("{} min", whole_seconds / 60);
    return rest == 0 ? minutes : fmt::format("{} {} s", minutes, rest);
  }
  // Below 23.95 hours, so that no duration reads "24 h".
  if (whole_seconds < 86'220) {
    return rounded({seconds.top, seconds.bottom * 3600}, 1) + " h";
  }
  const std::string days = rounded({seconds.top, seconds.bottom * 86'400}, 1);
  return group_digits(days) + (days == "1" ? " day" : " days");
}

}  // namespace claribi::answer
