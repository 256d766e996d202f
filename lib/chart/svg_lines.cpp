// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "chart/lines_data.hpp"
#include "chart/palette.hpp"
#include "chart/series.hpp"
#include "chart/svg_parts.hpp"

namespace claribi::chart {
namespace {

constexpr double label_size = 11;
constexpr double widest_name = 170;
constexpr double sample = 22;  // The piece of line before a name.
constexpr double row = 15;

Ticks ticks_of(const Chart& chart) {
  double low = 0;
  double high = 0;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      low = std::min(low, point.y.value_or(0));
      high = std::max(high, point.y.value_or(0));
    }
  }
  return round_ticks(low, high, 5, all_whole(chart.series));
}

std::string dashes(const Chart& chart, size_t series) {
  const auto [on, off] = dash_of(chart, series);
  return off == 0 ? "none" : fmt::format("{} {}", on, off);
}

struct Spot {
  double x = 0;
  std::optional<double> y = {};
  bool partial = false;
};

std::vector<Spot> spots_of(const LineData& data, size_t curve,
                           const Plot& plot) {
  std::vector<Spot> spots;
  for (size_t i = 0; i < data.x.size(); ++i) {
    Spot spot{.x = plot.left + data.place[i] * plot.width};
    const auto& value = data.curves[curve].y[i];
    if (value) spot.y = plot.y(*value);
    spot.partial = data.curves[curve].partial[i];
    spots.push_back(spot);
  }
  return spots;
}

// A piece from each spot to its neighbour; gaps stay gaps. `open`: the pieces
// that lead to unfinished buckets, else all others.
std::string pieces(const std::vector<Spot>& spots, bool open) {
  std::string d;
  bool pen_down = false;
  for (size_t i = 1; i < spots.size(); ++i) {
    const Spot& from = spots[i - 1];
    const Spot& to = spots[i];
    const bool wanted = from.y && to.y && (to.partial || from.partial) == open;
    if (!wanted) {
      pen_down = false;
      continue;
    }
    if (!pen_down) {
      d += fmt::format("{}M{} {}", d.empty() ? "" : " ", coordinate(from.x),
                       coordinate(*from.y));
    }
    d += fmt::format(" L{} {}", coordinate(to.x), coordinate(*to.y));
    pen_down = true;
  }
  return d;
}

void draw_curve(Canvas& canvas, const Chart& chart, size_t series,
                const std::vector<Spot>& spots,
                const std::vector<std::string>& hints) {
  const std::string colour(hue_of(chart, series));
  const std::string closed = pieces(spots, false);
  const std::string open = pieces(spots, true);
  if (!closed.empty()) {
    canvas.path(closed, {{"class", "line"},
                         {"fill", "none"},
                         {"stroke", colour},
                         {"stroke-width", "2"},
                         {"stroke-dasharray", dashes(chart, series)}});
  }
  if (!open.empty()) {
    canvas.path(open, {{"class", "open"},
                       {"fill", "none"},
                       {"stroke", colour},
                       {"stroke-width", "2"},
                       {"stroke-dasharray", "2 3"}});
  }
  for (size_t i = 0; i < spots.size(); ++i) {
    const Spot& spot = spots[i];
    if (!spot.y) continue;
    canvas.hint(hints[i]);
    canvas.circle(spot.x, *spot.y, spot.partial ? 4 : 2.2,
                  {{"class", "point"},
                   {"fill", spot.partial ? "#FFFFFF" : colour},
                   {"stroke", colour},
                   {"stroke-width", spot.partial ? "1.5" : "1"}});
  }
}

// The names at the ends of their lines, moved apart where they would touch.
void draw_names(Canvas& canvas, const Chart& chart, const Plot& plot,
                const std::vector<std::vector<Spot>>& curves) {
  struct Name {
    size_t series = 0;
    double y = 0;
  };
  std::vector<Name> names;
  for (size_t i = 0; i < curves.size(); ++i) {
    double y = plot.bottom();
    for (const Spot& spot : curves[i])
      y = spot.y.value_or(y);
    names.push_back({i, y});
  }
  std::ranges::stable_sort(names, {}, &Name::y);
  for (size_t i = 1; i < names.size(); ++i)
    names[i].y = std::max(names[i].y, names[i - 1].y + row);
  // What was pushed below the plot moves up again.
  double limit = plot.bottom();
  for (size_t i = names.size(); i-- > 0;) {
    names[i].y = std::min(names[i].y, limit);
    limit = names[i].y - row;
  }
  const double x = plot.right() + 8;
  for (const Name& name : names) {
    const std::string colour(hue_of(chart, name.series));
    canvas.line(x, name.y, x + sample, name.y,
                {{"stroke", colour},
                 {"stroke-width", "2"},
                 {"stroke-dasharray", dashes(chart, name.series)}});
    canvas.text(
        x + sample + 5, name.y + 4,
        fit_text(chart.series[name.series].name, widest_name, label_size));
  }
}

double names_width(const Chart& chart) {
  if (chart.series.size() < 2) return 0;
  double widest = 0;
  for (const Series& series : chart.series)
    widest = std::max(widest, text_width(series.name, label_size));
  return std::min(widest, widest_name) + sample + 14;
}

std::vector<std::string> hints_of(const Chart& chart, const Series& series,
                                  const std::vector<std::string>& xs) {
  std::vector<std::string> hints;
  for (const std::string& x : xs) {
    const auto point = std::ranges::find(series.points, x, &Point::x);
    hints.push_back(
        point == series.points.end() ? "" : svg_hint(chart, series, *point));
  }
  return hints;
}

}  // namespace

Extent svg_lines(Canvas& canvas, const Chart& chart, double top) {
  // Every bucket has its place: nothing is averaged as on a terminal.
  const LineData data = line_data(chart, SIZE_MAX);
  const Plot plot =
      svg_plot(canvas, chart, top, ticks_of(chart), names_width(chart) + 6);
  std::vector<double> places;
  places.reserve(data.place.size());
  for (double place : data.place)
    places.push_back(plot.left + place * plot.width);
  svg_x_labels(canvas, chart, plot, data.x, places);
  std::vector<std::vector<Spot>> curves;
  for (size_t i = 0; i < chart.series.size(); ++i) {
    curves.push_back(spots_of(data, i, plot));
    draw_curve(canvas, chart, i, curves.back(),
               hints_of(chart, chart.series[i], data.x));
  }
  if (chart.series.size() > 1) draw_names(canvas, chart, plot, curves);
  return {.bottom = plot.bottom() + 24};
}

}  // namespace claribi::chart
