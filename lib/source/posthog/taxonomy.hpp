// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "table/table.hpp"

namespace claribi::source::posthog {

// The text of read-data-schema: events, properties or values, one row each in
// the column `name`. Properties have their `property_type` ("String", ...)
// where the text groups them by it, and what is said of an item is its
// `description`. That there is more than the text shows is a note.
table::Table decode_taxonomy(std::string_view text);

}  // namespace claribi::source::posthog
