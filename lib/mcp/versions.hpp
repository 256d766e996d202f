// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::mcp {

// The protocol versions of each era, newest first. The oldest, 2024-11-05, has
// another transport and is not spoken.
inline constexpr std::array<std::string_view, 1> stateless_versions{
    "2026-07-28"};
inline constexpr std::array<std::string_view, 3> legacy_versions{
    "2025-11-25", "2025-06-18", "2025-03-26"};

// Whether that is one of `ours`.
bool speaks(std::span<const std::string_view> ours, std::string_view version);

// The first of `ours` in a server's list of versions.
std::optional<std::string> common_version(
    std::span<const std::string_view> ours, const json::Value& list);

// The error for a server that speaks only `theirs`, a list or a text.
[[nodiscard]] std::unexpected<Error> fail_version(std::string_view host,
                                                  const json::Value& theirs);

}  // namespace claribi::mcp
