// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::json {

// How deep arrays and objects may nest in what claribi reads.
inline constexpr size_t max_depth = 128;

// Reads one JSON document and nothing after it. Fails (protocol) naming what
// is wrong; the caller says which text it was. Numbers keep their spelling.
[[nodiscard]] Result<Value> parse(std::string_view text);

}  // namespace claribi::json
