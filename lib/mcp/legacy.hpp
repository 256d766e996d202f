// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "mcp/session.hpp"

namespace claribi::mcp {

// Opens a session with the handshake of 2025-03-26 to 2025-11-25. Errors as
// open_session().
[[nodiscard]] Result<std::unique_ptr<Session>> open_legacy_session(
    net::Transport& transport, Endpoint endpoint, ClientInfo client);

}  // namespace claribi::mcp
