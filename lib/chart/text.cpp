// SPDX-License-Identifier: MIT
#include "chart/text.hpp"

#include <array>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/describe.hpp"
#include "chart/letters.hpp"
#include "chart/stamp.hpp"
#include "chart/text_parts.hpp"

namespace claribi::chart {
namespace {

std::string draw(const Chart& chart, const TextOptions& options) {
  switch (chart.mark) {
    case Mark::number:
      return draw_number(chart, options);
    case Mark::line:
      return draw_lines(chart, options);
    case Mark::stacked:
      return draw_stacked(chart, options);
    case Mark::heat_map:
      return draw_heat_map(chart, options);
    case Mark::bars:
    case Mark::ranking:
    case Mark::funnel:
      return draw_bars(chart, options);
  }
  std::unreachable();
}

void add_words(std::string& out, std::string_view words, Ink ink,
               const TextOptions& options) {
  if (words.empty()) return;
  const std::string safe = show(words, options.unicode);
  for (const std::string& line : split(wrap(safe, options.width), '\n'))
    out += painted(line, ink, options) + "\n";
}

std::string_view partial_note(const Chart& chart, bool unicode) {
  switch (chart.mark) {
    case Mark::line:
      return unicode ? "◌ the last bucket is not over yet"
                     : "o the last bucket is not over yet";
    case Mark::number:
      return "the bucket is not over yet";
    case Mark::stacked:
      return "* the last bucket is not over yet";
    case Mark::heat_map:
      return "* not over yet: it can only grow";
    case Mark::bars:
    case Mark::ranking:
    case Mark::funnel:
      return unicode ? "░ the last bucket is not over yet"
                     : "- the last bucket is not over yet";
  }
  std::unreachable();
}

}  // namespace

std::string to_text(const Chart& chart, const TextOptions& options) {
  if (chart.series.empty() || chart.series.front().points.empty()) return "";
  std::string out;
  add_words(out, chart.title, Ink::bold, options);
  add_words(out, chart.subtitle, Ink::faint, options);
  if (!out.empty()) out += '\n';
  out += draw(chart, options);
  std::string notes;
  if (has_partial(chart)) {
    add_words(notes, partial_note(chart, options.unicode), Ink::faint, options);
  }
  for (const std::string& note : chart.notes)
    add_words(notes, note, Ink::faint, options);
  return out + notes;
}

std::string painted(std::string_view text, Ink ink,
                    const TextOptions& options) {
  if (!options.colour || ink == Ink::plain || text.empty()) {
    return std::string(text);
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", ink == Ink::bold ? 1 : 2, text);
}

std::string painted(std::string_view text, const Chart& chart, size_t series,
                    const TextOptions& options) {
  if (!options.colour || text.empty()) return std::string(text);
  static constexpr std::array<int, 7> codes{36, 33, 32, 35, 34, 31, 90};
  const int code =
      chart.series[series].previous ? 90 : codes[series % codes.size()];
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string x_words(const Chart& chart, const std::string& x,
                    const TextOptions& options) {
  if (chart.x.scale == Scale::time) {
    if (const auto stamp = read_stamp(x)) return stamp_text(*stamp);
  }
  return show(x, options.unicode);
}

}  // namespace claribi::chart
