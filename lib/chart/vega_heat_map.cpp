// SPDX-License-Identifier: MIT
#include <utility>

#include "chart/palette.hpp"
#include "chart/vega_parts.hpp"

namespace claribi::chart {

using json::Array;
using json::Object;
using json::Value;

namespace {

// Cells whose fields have these values.
Value cells(bool base, bool partial) {
  return Array{Object{{"filter", Object{{"field", "o"}, {"equal", base}}}},
               Object{{"filter", Object{{"field", "p"}, {"equal", partial}}}},
               Object{{"filter", Object{{"field", "v"}, {"valid", true}}}}};
}

Value shaded(double most) {
  return Object{
      {"field", "v"},
      {"type", "quantitative"},
      {"scale", Object{{"domain", Array{0, most * heat_flip, most}},
                       {"range", Array{heat_low, heat_middle, heat_high}},
                       {"interpolate", "rgb"}}},
      {"legend", nullptr}};
}

Value plain(std::string_view fill) {
  return Object{{"type", "rect"}, {"color", fill}, {"stroke", "#FFFFFF"}};
}

// White on the darker half; what has no colour keeps dark words.
Value words(double most) {
  Value text = label_text();
  Value dark =
      Object{{"and", Array{Object{{"field", "v"}, {"gt", most * heat_flip}},
                           Object{{"field", "o"}, {"equal", false}},
                           Object{{"field", "p"}, {"equal", false}}}}};
  text.set("color", Object{{"condition", Object{{"test", std::move(dark)},
                                                {"value", "#FFFFFF"}}},
                           {"value", heat_ink}});
  return text;
}

}  // namespace

Value vega_heat_map(const Chart& chart) {
  const double most = largest_share(chart);
  Value unfinished = Object{{"type", "rect"},
                            {"color", "#FFFFFF"},
                            {"stroke", axis_ink},
                            {"strokeDash", Array{2, 2}}};
  return Array{
      Object{{"transform", cells(true, false)}, {"mark", plain(neutral)}},
      Object{{"transform", cells(false, false)},
             {"mark", plain(hue)},
             {"encoding", Object{{"color", shaded(most)}}}},
      Object{
          {"transform",
           Array{Object{{"filter", Object{{"field", "p"}, {"equal", true}}}},
                 Object{{"filter", Object{{"field", "v"}, {"valid", true}}}}}},
          {"mark", std::move(unfinished)}},
      Object{{"mark", Object{{"type", "text"}, {"fontSize", 11}}},
             {"encoding", words(most)}}};
}

}  // namespace claribi::chart
