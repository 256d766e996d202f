// SPDX-License-Identifier: MIT
// What the server does, whichever era of MCP asks for it.
#pragma once

#include <expected>

#include "demo/tools.hpp"
#include "json/value.hpp"
#include "mcp/message.hpp"

namespace claribi::demo {

// The result of a JSON-RPC request, or its error.
using MethodResult = std::expected<json::Value, mcp::RpcError>;

// {"name","version"} and {"tools":{...}}.
json::Value server_info();
json::Value capabilities();

// tools/list: all on one page, so every cursor is wrong.
MethodResult list_tools(const json::Value& params);
// tools/call: a tool that fails or is not there is a result with isError.
MethodResult call_tool(const World& world, const json::Value& params);

}  // namespace claribi::demo
