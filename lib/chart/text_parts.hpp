// SPDX-License-Identifier: MIT
// What the drawings of text.cpp have in common.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "chart/chart.hpp"
#include "chart/text.hpp"

namespace claribi::chart {

// One drawing per mark. Each gives lines ended by line feeds, none wider than
// the options say; title and notes are added by to_text().
std::string draw_number(const Chart& chart, const TextOptions& options);
std::string draw_lines(const Chart& chart, const TextOptions& options);
std::string draw_stacked(const Chart& chart, const TextOptions& options);
std::string draw_heat_map(const Chart& chart, const TextOptions& options);
// For bars, ranking and funnel.
std::string draw_bars(const Chart& chart, const TextOptions& options);

enum class Ink { plain, bold, faint };

// With the escape sequences of a colour around it, if there is colour.
std::string painted(std::string_view text, Ink ink, const TextOptions& options);
// In the colour of that series: a previous period is grey.
std::string painted(std::string_view text, const Chart& chart, size_t series,
                    const TextOptions& options);

// A time as people read it, anything else as it is; safe for a terminal.
std::string x_words(const Chart& chart, const std::string& x,
                    const TextOptions& options);

}  // namespace claribi::chart
