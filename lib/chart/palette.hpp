// SPDX-License-Identifier: MIT
// The colours of drawn charts. They can be told apart with every common kind
// of colour blindness, and nothing is told by colour alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "chart/chart.hpp"

namespace claribi::chart {

inline constexpr std::string_view hue = "#0072B2";
inline constexpr std::string_view ink = "#333333";
inline constexpr std::string_view pale_ink = "#595959";
inline constexpr std::string_view grey = "#767676";
inline constexpr std::string_view grid_ink = "#E5E5E5";
inline constexpr std::string_view axis_ink = "#999999";
inline constexpr std::string_view neutral = "#F0F0F0";
// Of a heat map: nothing, half of the largest value, and the largest. On the
// middle one black and white words have the same contrast (4.5), so that words
// change there.
inline constexpr std::string_view heat_low = "#F7FBFF";
inline constexpr std::string_view heat_middle = "#3C78B3";
inline constexpr std::string_view heat_high = "#08306B";
inline constexpr std::string_view heat_ink = "#000000";
inline constexpr double heat_flip = 0.5;

// The colour of that share of the largest value, 0 to 1.
std::string heat_colour(double share);
// The largest finished value that has a colour; 1 if all are zero.
double largest_share(const Chart& chart);

// The colour of a series; of the period before grey.
std::string_view hue_of(const Chart& chart, size_t series);
// How long its dashes and the gaps between them are; (1, 0) is a solid line.
std::pair<int, int> dash_of(const Chart& chart, size_t series);

}  // namespace claribi::chart
