// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "mcp/channel.hpp"
#include "mcp/reply.hpp"

namespace claribi::mcp {

// Reads on where the stream of a reply broke off, by GET with the id of the
// last event, until the response has come: after the pause that the server
// asked for, ten times at most, and not beyond the deadline. `get` is a
// message with the session's headers. Gives `broken` back if the server cannot
// go on. Only the era of the handshake has this.
[[nodiscard]] Result<Reply> resume(Channel& channel, const net::Request& get,
                                   ReplyReader& reader, Result<Reply> broken,
                                   const Deadline& deadline);

}  // namespace claribi::mcp
