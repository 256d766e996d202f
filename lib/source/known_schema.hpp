// SPDX-License-Identifier: MIT
// The names of a project as they are kept in a cache.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "source/dialect.hpp"

namespace claribi::source {

inline constexpr std::string_view known_schema_name = "schema.json";

struct KnownSchema {
  Schema schema = {};
  SchemaNeeds parts = {};  // Which parts of it are known.
  Instant received_at = {};
};

// Whether every part that is needed is known.
bool covers(const SchemaNeeds& known, const SchemaNeeds& needed);
// `later` with the parts that only `earlier` knows, as old as the older.
KnownSchema merged(KnownSchema earlier, KnownSchema later);

std::string known_schema_text(const KnownSchema& known);
// Nothing if the text is damaged or from the future.
std::optional<KnownSchema> read_known_schema(std::string_view text,
                                             Instant now);

}  // namespace claribi::source
