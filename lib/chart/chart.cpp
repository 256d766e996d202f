// SPDX-License-Identifier: MIT
#include "chart/chart.hpp"

#include <string_view>
#include <utility>

namespace claribi::chart {

std::string_view mark_name(Mark mark) {
  switch (mark) {
    case Mark::number:
      return "number";
    case Mark::line:
      return "line";
    case Mark::bars:
      return "bars";
    case Mark::ranking:
      return "ranking";
    case Mark::funnel:
      return "funnel";
  }
  std::unreachable();
}

}  // namespace claribi::chart
