// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "base/error.hpp"
#include "mcp/channel.hpp"
#include "mcp/verdict.hpp"

namespace claribi::mcp {

// What the reply to a probe means.
struct Finding {
  std::optional<Verdict> verdict = {};
  // Without a verdict: the version to ask with once more.
  std::optional<std::string> version = {};
  // With a verdict that is a guess: what to report if it proves wrong.
  std::optional<Error> doubt = {};
};

// Reads the reply to server/discover. Fails where no verdict can be had: the
// key is refused, the server is out of order or throttles, speaks only
// versions that are unknown, or is no MCP endpoint.
[[nodiscard]] Result<Finding> read_discovery(const Reply& reply,
                                             const Asked& asked);

// Asks the server which versions it speaks, without waiting longer than 10 s:
// servers of the handshake are known to be silent at an unknown method.
[[nodiscard]] Result<Finding> probe(Channel& channel);

}  // namespace claribi::mcp
