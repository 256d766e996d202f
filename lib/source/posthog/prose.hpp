// SPDX-License-Identifier: MIT
// Results that are text or names.
#pragma once

#include <string_view>

#include "json/value.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

// {"tables": {name: {"fields": {name: {"type"}}}}}: one row per field.
table::Table decode_tables(const json::Value& payload);
// Sections that begin with "# Title" and may have a "URL: ..." line.
table::Table decode_docs(std::string_view markdown);

}  // namespace claribi::source::posthog
