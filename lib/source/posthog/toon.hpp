// SPDX-License-Identifier: MIT
// TOON, the indented notation in which PostHog prints most results for models:
// https://toonformat.dev, version 2, two blanks an indent, comma between cells.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::source::posthog {

struct Toon {
  json::Value value;
  std::string_view footer = {};  // What follows after an empty line.
};

// Reads a document and PostHog's deviations from TOON: whatever stands under a
// key `query` is JSON over several lines that begin at the left margin. Fails
// (protocol) naming the line where it is no TOON, also where fewer elements
// follow than were announced.
[[nodiscard]] Result<Toon> read_toon(std::string_view text);

}  // namespace claribi::source::posthog
