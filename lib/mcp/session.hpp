// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "json/value.hpp"
#include "mcp/tool.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

// Where an MCP server is and how to speak to it.
struct Endpoint {
  std::string url;                        // Query included.
  std::vector<net::Header> headers = {};  // On every request, after MCP's own.
  const Secret* key = nullptr;            // Not owned; null for none.
  std::chrono::milliseconds timeout = std::chrono::seconds(120);
};

struct ClientInfo {
  std::string name;
  std::string version;
};

struct ServerInfo {
  std::string name = {};
  std::string version = {};
  std::string protocol_version = {};
};

// A conversation with one MCP server, whichever era it speaks. legacy.cpp is
// the era of the handshake (2025-03-26 to 2025-11-25); the stateless era gets
// a file beside it and a choice in open_session().
class Session {
 public:
  virtual ~Session() = default;

  [[nodiscard]] virtual const ServerInfo& server() const = 0;

  // Every page of tools/list, each name once.
  [[nodiscard]] virtual Result<std::vector<Tool>> list_tools() = 0;

  // Sends the call once; it is never repeated on its own. A result that says
  // isError is not an Error here.
  [[nodiscard]] virtual Result<ToolResult> call_tool(
      std::string_view name, const json::Value& arguments) = 0;

  // Ends the session at the server, as well as can be. Never fails.
  virtual void close() = 0;
};

// Opens a session: agrees on a protocol version with the server. Errors in
// plain words: key_rejected, scope_missing, network, protocol ("not an MCP
// endpoint"). The transport must outlive the session.
[[nodiscard]] Result<std::unique_ptr<Session>> open_session(
    net::Transport& transport, Endpoint endpoint, ClientInfo client);

}  // namespace claribi::mcp
