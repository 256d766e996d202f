// SPDX-License-Identifier: MIT
// MCP 2026-07-28: every POST stands alone and says in `_meta` which version it
// speaks and what its client can do.
#pragma once

#include "demo/http_message.hpp"
#include "demo/tools.hpp"
#include "json/value.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// Whether that POST is of this era: its `_meta` names a version, or its header
// names one of ours.
bool is_stateless(const net::Request& request, const json::Value& body);

HttpReply answer_stateless_era(const World& world, const net::Request& request,
                               const json::Value& body);

}  // namespace claribi::demo
