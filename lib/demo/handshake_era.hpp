// SPDX-License-Identifier: MIT
// MCP 2025-11-25, 2025-06-18 and 2025-03-26: a handshake opens a session.
#pragma once

#include "demo/http_message.hpp"
#include "demo/sessions.hpp"
#include "demo/tools.hpp"
#include "json/value.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// The reply to a POST with that message or batch. A request need not name a
// session, but one that it names must be open.
HttpReply answer_handshake_era(const World& world, Sessions& sessions,
                               const net::Request& request,
                               const json::Value& body);

// DELETE: ends the session that the request names.
HttpReply end_session(Sessions& sessions, const net::Request& request);

}  // namespace claribi::demo
