// SPDX-License-Identifier: MIT
#include "table/shape.hpp"

#include <utility>

namespace claribi::table {

std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::time_series:
      return "time_series";
    case Shape::lifecycle:
      return "lifecycle";
    case Shape::totals:
      return "totals";
    case Shape::funnel:
      return "funnel";
    case Shape::distribution:
      return "distribution";
    case Shape::retention:
      return "retention";
    case Shape::stickiness:
      return "stickiness";
    case Shape::paths:
      return "paths";
    case Shape::rows:
      return "rows";
    case Shape::record:
      return "record";
    case Shape::prose:
      return "prose";
  }
  std::unreachable();
}

}  // namespace claribi::table
