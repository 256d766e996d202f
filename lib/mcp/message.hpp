// SPDX-License-Identifier: MIT
// JSON-RPC 2.0 as MCP uses it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::mcp {

// Codes of errors that have a meaning to a client.
namespace rpc_code {
inline constexpr int64_t method_not_found = -32601;
inline constexpr int64_t invalid_params = -32602;
inline constexpr int64_t header_mismatch = -32020;
inline constexpr int64_t capability_missing = -32021;
inline constexpr int64_t version_unknown = -32022;
}  // namespace rpc_code

json::Value request_message(int64_t id, std::string_view method,
                            json::Value params);
// Without params if they are null.
json::Value notification_message(std::string_view method, json::Value params);
// An answer to a request that the server sent.
json::Value result_message(json::Value id, json::Value result);
json::Value error_message(json::Value id, int64_t code,
                          std::string_view message);

// The error object of a JSON-RPC response.
struct RpcError {
  int64_t code = 0;
  std::string message = {};
  json::Value data = {};
};

// What a message from the server is to the request with `id`.
enum class MessageKind {
  response,        // Ours: it has our id, or none although one was due.
  server_request,  // Wants an answer.
  notification,    // Progress, log, list changed.
  other,           // Somebody else's, or no JSON-RPC at all.
};
MessageKind classify(const json::Value& message, int64_t id);

// The error of a response, if it is one.
std::optional<RpcError> rpc_error(const json::Value& response);

// Whether it says that the method, the tool or its parameters are unknown.
bool is_misunderstanding(const RpcError& error);

// The error in plain words: kind tool_error for a call, else protocol.
[[nodiscard]] std::unexpected<Error> fail_rpc(const RpcError& error,
                                              std::string_view method);

}  // namespace claribi::mcp
