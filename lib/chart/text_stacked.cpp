// SPDX-License-Identifier: MIT
// One line per bucket, its parts one behind the other; what is below zero
// stands left of the axis.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "chart/numbers.hpp"
#include "chart/series.hpp"
#include "chart/text_parts.hpp"

namespace claribi::chart {
namespace {

constexpr size_t most_rows = 31;
constexpr size_t shortest_bar = 6;
constexpr std::array<std::string_view, 7> blocks{"█", "▓", "▒", "░",
                                                 "▞", "╱", "·"};
constexpr std::array<std::string_view, 7> ascii_blocks{"#", "+", "=", "-",
                                                       "o", "x", "."};

std::string_view block_of(size_t series, bool unicode) {
  return (unicode ? blocks : ascii_blocks).at(series % blocks.size());
}

// The parts of one bucket, one per series.
struct Stack {
  std::string name;
  std::vector<double> parts = {};
  double above = 0;
  double below = 0;  // As a positive number.
  std::string text = {};
};

Stack stack_of(const Chart& chart, const std::string& x,
               const TextOptions& options) {
  Stack stack{.name = x_words(chart, x, options)};
  bool partial = false;
  for (const Series& series : chart.series) {
    const auto point = std::ranges::find(series.points, x, &Point::x);
    const bool there = point != series.points.end();
    const double value = there ? point->y.value_or(0) : 0;
    partial = partial || (there && point->partial);
    stack.parts.push_back(value);
    (value < 0 ? stack.below : stack.above) += std::abs(value);
  }
  if (partial) stack.name += "*";
  stack.text = full_number(stack.above);
  if (stack.below > 0) {
    stack.text = "+" + stack.text + " -" + full_number(stack.below);
  }
  return stack;
}

struct Widths {
  size_t name = 0;
  size_t text = 0;
  size_t below = 0;
  size_t above = 0;
};

double largest(const std::vector<Stack>& stacks, double Stack::* side) {
  double most = 0;
  for (const Stack& stack : stacks)
    most = std::max(most, stack.*side);
  return most;
}

Widths share_out(std::vector<Stack>& stacks, size_t width) {
  Widths widths;
  for (const Stack& stack : stacks) {
    widths.name = std::max(widths.name, display_width(stack.name));
    widths.text = std::max(widths.text, display_width(stack.text));
  }
  // A bar says more than the numbers behind it.
  if (widths.name + widths.text + 3 + shortest_bar > width) {
    for (Stack& stack : stacks)
      stack.text.clear();
    widths.text = 0;
  }
  // Blanks behind the name and before the number, and the axis.
  const size_t taken = widths.name + widths.text + 3;
  const size_t rest = width - std::min(width, taken);
  const double below = largest(stacks, &Stack::below);
  const double all = below + largest(stacks, &Stack::above);
  if (all <= 0) return widths;
  widths.below =
      static_cast<size_t>(std::round(below / all * static_cast<double>(rest)));
  if (below > 0) widths.below = std::max<size_t>(widths.below, 1);
  widths.above = rest - std::min(rest, widths.below);
  return widths;
}

// The parts of one side, each up to where it ends on the common scale.
std::string side_text(const Stack& stack, bool above, double columns,
                      const Chart& chart, const TextOptions& options) {
  std::string out;
  double sum = 0;
  size_t drawn = 0;
  for (size_t i = 0; i < stack.parts.size(); ++i) {
    const double part = stack.parts[i];
    if (part == 0 || (part > 0) != above) continue;
    sum += std::abs(part);
    const auto end = static_cast<size_t>(std::round(sum * columns));
    std::string blocks_of_part;
    for (; drawn < end; ++drawn)
      blocks_of_part += block_of(i, options.unicode);
    out += painted(blocks_of_part, chart, i, options);
  }
  return out;
}

size_t columns_of(double amount, double columns) {
  return static_cast<size_t>(std::round(amount * columns));
}

std::string legend(const Chart& chart, const TextOptions& options) {
  std::string out;
  size_t used = 0;
  for (size_t i = 0; i < chart.series.size(); ++i) {
    const std::string name = fit_middle(
        chart.series[i].name,
        options.width - std::min<size_t>(options.width, 4), options.unicode);
    const size_t size = 2 + display_width(name);
    if (used > 0 && used + 3 + size > options.width) {
      out += '\n';
      used = 0;
    }
    if (used > 0) out += "   ";
    out +=
        painted(block_of(i, options.unicode), chart, i, options) + " " + name;
    used += (used > 0 ? 3 : 0) + size;
  }
  return out + "\n";
}

}  // namespace

std::string draw_stacked(const Chart& chart, const TextOptions& options) {
  std::vector<std::string> xs = all_x(chart);
  const size_t all = xs.size();
  if (all > most_rows) xs.erase(xs.begin(), xs.end() - most_rows);
  std::vector<Stack> stacks;
  stacks.reserve(xs.size());
  for (const std::string& x : xs)
    stacks.push_back(stack_of(chart, x, options));
  const Widths widths = share_out(stacks, options.width);
  const double above = largest(stacks, &Stack::above);
  const double below = largest(stacks, &Stack::below);
  // One scale for both sides, in columns per unit.
  const double scale = std::min(
      above > 0 ? static_cast<double>(widths.above) / above : HUGE_VAL,
      below > 0 ? static_cast<double>(widths.below) / below : HUGE_VAL);
  std::string out;
  for (const Stack& stack : stacks) {
    const size_t left = columns_of(stack.below, scale);
    out += pad_right(stack.name, widths.name) + " " +
           std::string(widths.below - std::min(widths.below, left), ' ') +
           side_text(stack, false, scale, chart, options) +
           (options.unicode ? "│" : "|") +
           side_text(stack, true, scale, chart, options) +
           (stack.text.empty() ? "" : " ") + stack.text + "\n";
  }
  out += legend(chart, options);
  if (all > most_rows) {
    out += fmt::format("the {} newest of {} are drawn\n", most_rows, all);
  }
  return out;
}

}  // namespace claribi::chart
