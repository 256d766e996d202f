// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "mcp/channel.hpp"
#include "mcp/era.hpp"

namespace claribi::mcp {

// A session with the handshake of 2025-03-26 to 2025-11-25, which is done
// before the first question. The channel must outlive it.
std::unique_ptr<EraSession> make_legacy_session(Channel& channel);

}  // namespace claribi::mcp
