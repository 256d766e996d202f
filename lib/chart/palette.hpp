// SPDX-License-Identifier: MIT
// The colours of drawn charts. They can be told apart with every common kind
// of colour blindness, and nothing is told by colour alone.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "chart/chart.hpp"

namespace claribi::chart {

inline constexpr std::string_view hue = "#0072B2";
inline constexpr std::string_view ink = "#333333";
inline constexpr std::string_view pale_ink = "#595959";
inline constexpr std::string_view grey = "#767676";
inline constexpr std::string_view grid = "#E5E5E5";
inline constexpr std::string_view axis_ink = "#999999";
inline constexpr std::string_view neutral = "#F0F0F0";
// Of a heat map, from nothing to the largest value.
inline constexpr std::string_view heat_low = "#F7FBFF";
inline constexpr std::string_view heat_high = "#08519C";

// The colour of a series; of the period before grey.
std::string_view hue_of(const Chart& chart, size_t series);
// How long its dashes and the gaps between them are; (1, 0) is a solid line.
std::pair<int, int> dash_of(const Chart& chart, size_t series);

}  // namespace claribi::chart
