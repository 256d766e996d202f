// SPDX-License-Identifier: MIT
// The elements of an SVG document, one after the other. Every text and every
// attribute is escaped here and nowhere else.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace claribi::chart {

// An attribute's name and value. Names are ours.
using Attribute = std::pair<std::string_view, std::string>;
using Attributes = std::initializer_list<Attribute>;

// At most two decimals, without zeros at the end: "12", "12.5", "-0.25".
std::string coordinate(double value);
// For the text of an element or the value of an attribute. What XML or a
// reader's eyes cannot bear becomes a visible escape.
std::string svg_escape(std::string_view text);
// About how wide a text is in the font of the charts.
double text_width(std::string_view text, double size);
// At most that wide, without its middle if it was longer.
std::string fit_text(std::string_view text, double width, double size);

enum class Anchor { start, middle, end };

struct Words {
  double size = 11;
  Anchor anchor = Anchor::start;
  std::string_view colour = "#333333";
  bool bold = false;
  std::string_view kind = {};  // The class of the element.
};

class Canvas {
 public:
  void text(double x, double y, std::string_view text, const Words& words = {});
  void rect(double x, double y, double width, double height,
            Attributes attributes);
  void line(double x1, double y1, double x2, double y2, Attributes attributes);
  void circle(double x, double y, double radius, Attributes attributes);
  // `d` is made of our own letters and numbers.
  void path(std::string_view d, Attributes attributes);
  // The words that are shown when the next element is pointed at; it has to
  // be a rect or a circle.
  void hint(std::string words) { hint_ = std::move(words); }

  std::string take() { return std::move(out_); }

 private:
  void element(std::string_view name, const std::string& place,
               Attributes attributes);

  std::string out_;
  std::string hint_;
};

}  // namespace claribi::chart
