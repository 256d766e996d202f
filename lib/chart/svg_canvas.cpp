// SPDX-License-Identifier: MIT
#include "chart/svg_canvas.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/letters.hpp"

namespace claribi::chart {
namespace {

// Of a column of text, in sizes of the font. Wide enough for most fonts.
constexpr double column_width = 0.62;

std::string_view anchor_name(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      return "end";
  }
  std::unreachable();
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, svg_escape(value));
}

}  // namespace

std::string coordinate(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string svg_escape(std::string_view text) {
  std::string out;
  for (char c : escape_terminal_line(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

double text_width(std::string_view text, double size) {
  return static_cast<double>(display_width(text)) * size * column_width;
}

std::string fit_text(std::string_view text, double width, double size) {
  const double columns = std::max(width / (size * column_width), 1.0);
  return fit_middle(text, static_cast<size_t>(columns), true);
}

void Canvas::element(std::string_view name, const std::string& place,
                     Attributes attributes) {
  out_ += fmt::format("<{}{}", name, place);
  for (const auto& [key, value] : attributes)
    out_ += attribute(key, value);
  if (hint_.empty()) {
    out_ += "/>\n";
    return;
  }
  out_ += fmt::format("><title>{}</title></{}>\n", svg_escape(hint_), name);
  hint_.clear();
}

void Canvas::text(double x, double y, std::string_view text,
                  const Words& words) {
  out_ += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"",
                      coordinate(x), coordinate(y), coordinate(words.size),
                      words.colour);
  if (words.anchor != Anchor::start) {
    out_ += attribute("text-anchor", anchor_name(words.anchor));
  }
  if (words.bold) out_ += attribute("font-weight", "bold");
  if (!words.kind.empty()) out_ += attribute("class", words.kind);
  out_ += fmt::format(">{}</text>\n", svg_escape(text));
}

void Canvas::rect(double x, double y, double width, double height,
                  Attributes attributes) {
  element("rect",
          fmt::format(" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                      coordinate(x), coordinate(y), coordinate(width),
                      coordinate(height)),
          attributes);
}

void Canvas::line(double x1, double y1, double x2, double y2,
                  Attributes attributes) {
  element(
      "line",
      fmt::format(" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", coordinate(x1),
                  coordinate(y1), coordinate(x2), coordinate(y2)),
      attributes);
}

void Canvas::circle(double x, double y, double radius, Attributes attributes) {
  element("circle",
          fmt::format(" cx=\"{}\" cy=\"{}\" r=\"{}\"", coordinate(x),
                      coordinate(y), coordinate(radius)),
          attributes);
}

void Canvas::path(std::string_view d, Attributes attributes) {
  element("path", fmt::format(" d=\"{}\"", d), attributes);
}

}  // namespace claribi::chart
