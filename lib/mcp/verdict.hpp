// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "mcp/session.hpp"

namespace claribi::mcp {

enum class Era { stateless, legacy };

// What a server was found to speak.
struct Verdict {
  Era era = Era::legacy;
  // Of the stateless era: who answers and the version. Empty for the other:
  // its handshake tells.
  ServerInfo server = {};
  // Holds for later runs too. False if it was only a guess, as after a silence.
  bool lasting = true;
};

// For the cache, under this name.
inline constexpr std::string_view verdict_name = "protocol.json";
std::string verdict_text(const Verdict& verdict, Instant seen_at);
// Nothing if the text is damaged, older than a week, or from the future.
std::optional<Verdict> read_verdict(std::string_view text, Instant now);

}  // namespace claribi::mcp
