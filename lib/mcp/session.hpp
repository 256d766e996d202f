// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "json/value.hpp"
#include "mcp/cache.hpp"
#include "mcp/elicitation.hpp"
#include "mcp/tool.hpp"
#include "net/timer.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

// Where an MCP server is and how to speak to it.
struct Endpoint {
  std::string url;                        // Query included.
  std::vector<net::Header> headers = {};  // On every request, after MCP's own.
  const Secret* key = nullptr;            // Not owned; null for none.
  // For one operation with all its tries and waits.
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

// How far a call is, as the server tells it.
struct Progress {
  double done = 0;
  std::optional<double> total = {};
  std::string message = {};  // The server's own words.
};

// Who is told what happens meanwhile; each may be empty.
struct Listener {
  std::function<void(const Progress&)> progress = {};
  std::function<void(std::string_view)> note = {};  // A line for a person.
};

// What a session needs beside the server. The clock, the timer and the cache
// must outlive it.
struct Surroundings {
  ClientInfo client;
  const Clock& clock;
  net::Timer& timer;
  Cache* cache = nullptr;  // Null: nothing is remembered between runs.
  Listener listener = {};
  // Answers what a server asks a person during a call; empty: there is nobody,
  // and the server is told so. Of 2026-07-28 only.
  FillForm fill_form = {};
  // "2026-07-28": that version and no other; empty: what the server speaks.
  std::string protocol = {};
};

// A conversation with one MCP server, whichever era it speaks: stateless.cpp
// is 2026-07-28, legacy.cpp the handshake of 2025-03-26 to 2025-11-25. Nothing
// is sent before the first question. Errors in plain words: key_rejected,
// scope_missing, network, protocol ("not an MCP endpoint").
class Session {
 public:
  virtual ~Session() = default;

  // Who answers and which version is spoken.
  [[nodiscard]] virtual Result<ServerInfo> server() = 0;

  // Every page of tools/list, each name once. Tools that this version does
  // not allow are left out, with a note.
  [[nodiscard]] virtual Result<ToolList> list_tools() = 0;

  // Sends the call. It is sent again only after the server refused it before
  // it began. A result that says isError is not an Error here.
  [[nodiscard]] virtual Result<ToolResult> call_tool(
      const Tool& tool, const json::Value& arguments) = 0;

  // Whether the last call failed because the server knows no such tool or
  // cannot read its arguments: it was refused before it began.
  [[nodiscard]] virtual bool misunderstood() const = 0;

  // Ends the session at the server, as well as can be. Never fails.
  virtual void close() = 0;
};

// Every version of MCP that claribi speaks, newest first.
std::vector<std::string> spoken_versions();

// The version is agreed on with the server, or taken from the cache and
// agreed on anew when the server refuses it. Fails (usage) for a protocol that
// claribi does not speak. The transport must outlive the session.
[[nodiscard]] Result<std::unique_ptr<Session>> open_session(
    net::Transport& transport, Endpoint endpoint, Surroundings surroundings);

}  // namespace claribi::mcp
