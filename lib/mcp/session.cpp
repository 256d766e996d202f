// SPDX-License-Identifier: MIT
#include "mcp/session.hpp"

#include <utility>

#include "mcp/legacy.hpp"

namespace claribi::mcp {

Result<std::unique_ptr<Session>> open_session(net::Transport& transport,
                                              Endpoint endpoint,
                                              ClientInfo client) {
  // The one place that knows both eras: a server of 2026-07-28 is to be asked
  // first (server/discover), and falls through to the handshake if it is none.
  return open_legacy_session(transport, std::move(endpoint), std::move(client));
}

}  // namespace claribi::mcp
