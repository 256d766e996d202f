// SPDX-License-Identifier: MIT
#include "source/dialect.hpp"

#include <algorithm>

namespace claribi::source {

const OfferedTool* Dialect::find(std::string_view tool) const {
  const auto found = std::ranges::find(tools, tool, &OfferedTool::name);
  return found == tools.end() ? nullptr : &*found;
}

bool Dialect::offers(std::string_view tool) const {
  return find(tool) != nullptr;
}

bool OfferedTool::takes(std::string_view argument) const {
  return std::ranges::find(arguments, argument) != arguments.end();
}

}  // namespace claribi::source
