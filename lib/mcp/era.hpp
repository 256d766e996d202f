// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

#include "mcp/session.hpp"

namespace claribi::mcp {

// The protocol versions of each era, newest first. The oldest, 2024-11-05, has
// another transport.
inline constexpr std::array<std::string_view, 1> stateless_versions{
    "2026-07-28"};
inline constexpr std::array<std::string_view, 3> legacy_versions{
    "2025-11-25", "2025-06-18", "2025-03-26"};

// A session in one era.
class EraSession : public Session {
 public:
  // Whether the last request failed in a way that a server of another era
  // would answer it.
  [[nodiscard]] virtual bool refused_era() const = 0;
};

}  // namespace claribi::mcp
