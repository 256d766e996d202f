// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "chart/lines_data.hpp"
#include "chart/numbers.hpp"
#include "chart/series.hpp"
#include "chart/stamp.hpp"
#include "chart/text_parts.hpp"

namespace claribi::chart {
namespace {

// The characters of one line. Series differ by them, not by colour alone.
struct Style {
  std::string_view flat, upright, rise_from, rise_to, fall_from, fall_to;
};

constexpr Style same(std::string_view glyph) {
  return {glyph, glyph, glyph, glyph, glyph, glyph};
}

constexpr std::array<Style, 7> styles{{
    {"─", "│", "╯", "╭", "╮", "╰"},
    {"━", "┃", "┛", "┏", "┓", "┗"},
    {"═", "║", "╝", "╔", "╗", "╚"},
    same("•"),
    same("+"),
    same("×"),
    same("∘"),
}};
constexpr std::array<Style, 7> ascii_styles{{same("*"), same("+"), same("x"),
                                             same("#"), same("@"), same("%"),
                                             same("=")}};

const Style& style_of(const Chart& chart, size_t series, bool unicode) {
  static constexpr Style dots = same("·");
  static constexpr Style ascii_dots = same(".");
  if (chart.series[series].previous) return unicode ? dots : ascii_dots;
  return (unicode ? styles : ascii_styles).at(series % styles.size());
}

struct Cell {
  std::string_view glyph = " ";
  size_t series = 0;
};

// What stands where. Row 0 is the lowest.
struct Plot {
  size_t columns = 0;
  size_t rows = 0;
  Ticks ticks;
  std::vector<std::vector<Cell>> cells = {};

  [[nodiscard]] size_t row_of(double y) const {
    const double share = (y - ticks.low) / (ticks.high() - ticks.low);
    const double row = std::round(share * static_cast<double>(rows - 1));
    return static_cast<size_t>(
        std::clamp(row, 0.0, static_cast<double>(rows - 1)));
  }
  [[nodiscard]] size_t column_of(double place) const {
    return static_cast<size_t>(
        std::round(place * static_cast<double>(columns - 1)));
  }
};

// The row of a curve in each column; nothing in a gap.
struct Trace {
  std::vector<std::optional<size_t>> row;
  std::vector<bool> partial;
};

// How the width is shared out between labels and plot.
struct Frame {
  size_t y_labels = 0;
  size_t columns = 0;
  size_t end_labels = 0;  // 0: a legend below names the series.
};

constexpr size_t narrowest_plot = 30;

Ticks ticks_of(const Chart& chart, size_t height) {
  double low = 0;
  double high = 0;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      low = std::min(low, point.y.value_or(0));
      high = std::max(high, point.y.value_or(0));
    }
  }
  return round_ticks(low, high, std::clamp<size_t>(height / 2, 2, 5),
                     all_whole(chart.series));
}

size_t widest_label(const Ticks& ticks) {
  size_t width = 0;
  for (size_t i = 0; i <= ticks.steps; ++i)
    width = std::max(width, short_number(ticks.at(i)).size());
  return width;
}

Frame frame_of(const Chart& chart, const Ticks& ticks, size_t width,
               size_t height) {
  Frame frame{.y_labels = widest_label(ticks)};
  // A blank and the axis stand between the labels and the plot.
  const size_t rest = width - std::min(width, frame.y_labels + 2);
  size_t name = 0;
  for (const Series& series : chart.series)
    name = std::max(name, display_width(show(series.name, true)));
  const size_t wanted = name + 3;
  const bool beside = chart.series.size() > 1 && name <= width / 4 &&
                      chart.series.size() <= height / 2 + 1 &&
                      rest >= wanted + narrowest_plot;
  frame.end_labels = beside ? wanted : 0;
  frame.columns = std::max<size_t>(rest - frame.end_labels, 2);
  return frame;
}

// An unfinished bucket is a hollow point at the end of a dotted line.
void draw_open_points(Plot& plot, const LineData& data, size_t series,
                      bool unicode) {
  const LineData::Curve& curve = data.curves[series];
  for (size_t i = 0; i < data.x.size(); ++i) {
    const std::optional<double> y = curve.y[i];
    if (!y || !curve.partial[i]) continue;
    plot.cells[plot.row_of(*y)][plot.column_of(data.place[i])] = {
        unicode ? "◌" : "o", series};
  }
}

// Straight from point to point.
Trace trace_of(const LineData& data, const LineData::Curve& curve,
               const Plot& plot) {
  Trace trace{std::vector<std::optional<size_t>>(plot.columns),
              std::vector<bool>(plot.columns)};
  for (size_t i = 0; i < data.x.size(); ++i) {
    const std::optional<double> y = curve.y[i];
    if (!y) continue;
    const size_t here = plot.column_of(data.place[i]);
    trace.row[here] = plot.row_of(*y);
    trace.partial[here] = curve.partial[i];
    const std::optional<double> last = i == 0 ? std::nullopt : curve.y[i - 1];
    if (!last) continue;
    const size_t before = plot.column_of(data.place[i - 1]);
    for (size_t column = before + 1; column < here; ++column) {
      const double share = static_cast<double>(column - before) /
                           static_cast<double>(here - before);
      trace.row[column] = plot.row_of(std::lerp(*last, *y, share));
      trace.partial[column] = curve.partial[i];
    }
  }
  return trace;
}

void draw_trace(Plot& plot, const Trace& trace, const Style& style,
                const Style& open, size_t series) {
  const auto put = [&](size_t row, size_t column, std::string_view glyph) {
    plot.cells[row][column] = {glyph, series};
  };
  for (size_t column = 0; column < plot.columns; ++column) {
    const std::optional<size_t> here = trace.row[column];
    if (!here) continue;
    const Style& use = trace.partial[column] ? open : style;
    const size_t to = *here;
    const size_t from = column > 0 ? trace.row[column - 1].value_or(to) : to;
    if (from == to) {
      put(to, column, use.flat);
      continue;
    }
    for (size_t row = std::min(from, to) + 1; row < std::max(from, to); ++row)
      put(row, column, use.upright);
    put(from, column, to > from ? use.rise_from : use.fall_from);
    put(to, column, to > from ? use.rise_to : use.fall_to);
  }
}

Plot plot_of(const Chart& chart, const LineData& data, const Ticks& ticks,
             const Frame& frame, const TextOptions& options) {
  static constexpr Style open{"┈", "┊", "┊", "┊", "┊", "┊"};
  static constexpr Style ascii_open = same(":");
  // Every tick gets a row of its own, at the same distance from the next.
  const size_t apart = std::max<size_t>(
      (std::max<size_t>(options.height, 2) - 1) / ticks.steps, 1);
  Plot plot{frame.columns, (apart * ticks.steps) + 1, ticks};
  plot.cells.assign(plot.rows, std::vector<Cell>(plot.columns));
  // The first series last, so that it lies on top.
  for (size_t i = chart.series.size(); i-- > 0;) {
    draw_trace(plot, trace_of(data, data.curves[i], plot),
               style_of(chart, i, options.unicode),
               options.unicode ? open : ascii_open, i);
    draw_open_points(plot, data, i, options.unicode);
  }
  return plot;
}

// The series to be named at the end of each row of the plot.
std::vector<std::optional<size_t>> end_labels(const LineData& data,
                                              const Plot& plot) {
  std::vector<std::pair<size_t, size_t>> wanted;  // Row and series.
  for (size_t i = 0; i < data.curves.size(); ++i) {
    size_t row = 0;
    for (const auto& y : data.curves[i].y) {
      if (y) row = plot.row_of(*y);
    }
    wanted.emplace_back(row, i);
  }
  std::ranges::stable_sort(
      wanted, [](const auto& a, const auto& b) { return a.first > b.first; });
  // From the top each goes below the one before, then from the bottom those
  // that were pushed out come up again.
  for (size_t i = 1; i < wanted.size(); ++i) {
    const size_t above = wanted[i - 1].first;
    wanted[i].first = std::min(wanted[i].first, above > 0 ? above - 1 : 0);
  }
  for (size_t i = wanted.size() - 1; i-- > 0;)
    wanted[i].first = std::max(wanted[i].first, wanted[i + 1].first + 1);
  std::vector<std::optional<size_t>> labels(plot.rows);
  for (const auto& [row, series] : wanted) {
    if (row < labels.size()) labels[row] = series;
  }
  return labels;
}

// Neighbours in one colour share their escape sequences.
std::string painted_row(const std::vector<Cell>& cells, const Chart& chart,
                        const TextOptions& options) {
  size_t end = cells.size();
  while (end > 0 && cells[end - 1].glyph == " ")
    --end;
  std::string out;
  for (size_t i = 0; i < end;) {
    std::string run;
    const size_t series = cells[i].series;
    const bool blank = cells[i].glyph == " ";
    for (; i < end && cells[i].series == series &&
           (cells[i].glyph == " ") == blank;
         ++i) {
      run += cells[i].glyph;
    }
    out += blank ? run : painted(run, chart, series, options);
  }
  return out;
}

size_t row_width(const std::vector<Cell>& cells) {
  size_t end = cells.size();
  while (end > 0 && cells[end - 1].glyph == " ")
    --end;
  return end;
}

std::string series_label(const Chart& chart, size_t series, size_t width,
                         const TextOptions& options) {
  const std::string name = show(chart.series[series].name, options.unicode);
  const auto glyph = style_of(chart, series, options.unicode).flat;
  return painted(
      std::string(glyph) + " " + fit_middle(name, width - 2, options.unicode),
      chart, series, options);
}

std::string plot_rows(const Chart& chart, const LineData& data,
                      const Plot& plot, const Frame& frame,
                      const TextOptions& options) {
  const size_t apart = (plot.rows - 1) / plot.ticks.steps;
  std::vector<std::optional<size_t>> labels(plot.rows);
  if (frame.end_labels > 0) labels = end_labels(data, plot);
  std::string out;
  for (size_t row = plot.rows; row-- > 0;) {
    const bool tick = row % apart == 0;
    const std::string text =
        tick ? short_number(plot.ticks.at(row / apart)) : "";
    out += pad_left(text, frame.y_labels) + " ";
    out += options.unicode ? (tick ? "┤" : "│") : (tick ? "+" : "|");
    out += painted_row(plot.cells[row], chart, options);
    if (const std::optional<size_t> label = labels[row]) {
      out += std::string(plot.columns - row_width(plot.cells[row]) + 1, ' ') +
             series_label(chart, *label, frame.end_labels - 1, options);
    }
    out += '\n';
  }
  return out;
}

// Labels under the axis and the columns that they point at.
struct XTicks {
  std::string labels;
  std::vector<bool> marked;
};

// Puts a label where it does not touch another; false if there is no room.
bool put_label(XTicks& ticks, size_t column, const std::string& label) {
  const size_t width = label.size();
  const size_t columns = ticks.labels.size();
  if (width > columns) return false;
  const size_t centred = column - std::min(column, width / 2);
  const size_t start = std::min(centred, columns - width);
  const size_t from = start - std::min<size_t>(start, 2);
  if (ticks.labels.substr(from, width + (start - from) + 2)
          .find_first_not_of(' ') != std::string::npos) {
    return false;
  }
  ticks.labels.replace(start, width, label);
  ticks.marked[column] = true;
  return true;
}

// The ends first, then where months (or days) start, then whatever fits.
XTicks x_ticks(const Chart& chart, const LineData& data, const Plot& plot,
               const TextOptions& options) {
  XTicks ticks{std::string(plot.columns, ' '), std::vector<bool>(plot.columns)};
  const auto put = [&](size_t index, const std::string& label) {
    return put_label(ticks, plot.column_of(data.place[index]), label);
  };
  const size_t last = data.x.size() - 1;
  const auto end_text = [&](size_t index) {
    const std::string words = x_words(chart, data.x[index], options);
    return fit_width(show(words, false), plot.columns / 2, false);
  };
  put(0, end_text(0));
  if (last > 0) put(last, end_text(last));
  size_t between = 0;
  for (size_t i = 1; i < last; ++i) {
    const auto stamp = read_stamp(data.x[i]);
    if (!stamp || !starts_a_unit(*stamp)) continue;
    if (put(i, stamp_short(*stamp))) ++between;
  }
  for (size_t part = 1; part < 4 && between < 2; ++part) {
    const size_t index = last * part / 4;
    const auto stamp = read_stamp(data.x[index]);
    if (index > 0 && stamp) put(index, stamp_short(*stamp));
  }
  return ticks;
}

std::string x_axis(const Chart& chart, const LineData& data, const Plot& plot,
                   const Frame& frame, const TextOptions& options) {
  const XTicks ticks = x_ticks(chart, data, plot, options);
  std::string out(frame.y_labels + 1, ' ');
  out += options.unicode ? "└" : "+";
  for (const bool marked : ticks.marked) {
    out += options.unicode ? (marked ? "┬" : "─") : (marked ? "+" : "-");
  }
  out += '\n' + std::string(frame.y_labels + 2, ' ');
  const size_t end = ticks.labels.find_last_not_of(' ');
  return out + ticks.labels.substr(0, end + 1) + '\n';
}

std::string legend(const Chart& chart, const TextOptions& options) {
  std::string out;
  size_t used = 0;
  for (size_t i = 0; i < chart.series.size(); ++i) {
    const size_t name =
        display_width(show(chart.series[i].name, options.unicode));
    const size_t width = std::min(name + 2, options.width);
    if (used > 0 && used + 3 + width > options.width) {
      out += '\n';
      used = 0;
    }
    if (used > 0) out += "   ";
    out += series_label(chart, i, width, options);
    used += width + (used > 0 ? 3 : 0);
  }
  return out + '\n';
}

}  // namespace

std::string draw_lines(const Chart& chart, const TextOptions& options) {
  // From every bucket, so that the scale is the same at each width.
  const Ticks ticks = ticks_of(chart, options.height);
  const Frame frame = frame_of(chart, ticks, options.width, options.height);
  const LineData data = line_data(chart, frame.columns);
  const Plot plot = plot_of(chart, data, ticks, frame, options);
  std::string out = plot_rows(chart, data, plot, frame, options) +
                    x_axis(chart, data, plot, frame, options);
  if (chart.series.size() > 1 && frame.end_labels == 0) {
    out += legend(chart, options);
  }
  if (data.merged > 1) {
    const auto note =
        fmt::format("each point is the average of {} buckets", data.merged);
    out += wrap(note, options.width) + "\n";
  }
  return out;
}

}  // namespace claribi::chart
