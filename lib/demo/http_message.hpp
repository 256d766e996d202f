// SPDX-License-Identifier: MIT
// HTTP as the demo server sees it: a request in, a whole reply out.
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"
#include "mcp/message.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

struct HttpReply {
  net::ReplyHead head = {};
  std::string body = {};
};

// JSON-RPC's own codes, then those that MCP added.
inline constexpr int parse_error = -32700;
inline constexpr int invalid_request = -32600;
inline constexpr int method_not_found = -32601;
inline constexpr int invalid_params = -32602;
inline constexpr int refused_by_http = -32000;
inline constexpr int session_not_found = -32001;
inline constexpr int header_mismatch = -32020;
inline constexpr int unsupported_version = -32022;

// The value without the blanks around it; the name in any case. Empty if
// there is none.
std::string_view header_of(const net::Request& request, std::string_view name);

HttpReply empty_reply(int status);
HttpReply json_reply(const json::Value& message, int status = 200);
// An answer to the request with that id, which is null where none was read.
HttpReply error_reply(int status, const json::Value& id, int code,
                      std::string_view message);
HttpReply error_reply(int status, const json::Value& id,
                      const mcp::RpcError& error);

}  // namespace claribi::demo
