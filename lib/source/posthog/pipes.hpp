// SPDX-License-Identifier: MIT
// The tables with a bar between cells that PostHog's backend writes. Nothing
// in them is escaped: a line with another number of cells than the header
// means that a value holds a bar or a line break, and then nothing is guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

// The answer of execute-sql. Types are inferred from the cells.
[[nodiscard]] Result<table::Table> decode_sql_text(std::string_view text);

// The text forms of a trend and of a funnel, in the shapes of the same
// results from JSON. Times of a funnel are as exact as the text.
[[nodiscard]] Result<table::Table> decode_trends_text(std::string_view text);
[[nodiscard]] Result<table::Table> decode_funnel_text(std::string_view text);

}  // namespace claribi::source::posthog
