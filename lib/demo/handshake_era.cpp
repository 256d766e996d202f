// SPDX-License-Identifier: MIT
#include "demo/handshake_era.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "demo/methods.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view session_header = "mcp-session-id";
constexpr std::string_view version_header = "mcp-protocol-version";
constexpr size_t most_messages = 100;

// The newest first. Only the last one knows batches, and it sends no header.
constexpr std::array<std::string_view, 3> versions = {
    "2025-11-25", "2025-06-18", "2025-03-26"};

bool is_known(std::string_view version) {
  return std::ranges::find(versions, version) != versions.end();
}

json::Value initialize(const json::Value& params) {
  const auto wanted = params["protocolVersion"].text_or("");
  json::Value result;
  result.set("protocolVersion", is_known(wanted) ? wanted : versions.front());
  result.set("capabilities", capabilities());
  result.set("serverInfo", server_info());
  return result;
}

MethodResult run_method(const World& world, std::string_view method,
                        const json::Value& params) {
  if (method == "initialize") return initialize(params);
  if (method == "ping") return json::Object();
  if (method == "tools/list") return list_tools(params);
  if (method == "tools/call") return call_tool(world, params);
  return std::unexpected(
      mcp::RpcError{.code = method_not_found, .message = "Method not found"});
}

// The answer to one message; null where none is due.
json::Value answer(const World& world, const json::Value& message) {
  const auto method = message["method"].string();
  const auto& id = message["id"];
  if (message.is_object() && !method &&
      (message.has("result") || message.has("error"))) {
    return nullptr;  // A response, though nothing was asked.
  }
  const bool valid_id = !message.has("id") || id.is_string() || id.is_number();
  if (message["jsonrpc"].text_or("") != "2.0" || !method || !valid_id) {
    return mcp::error_message(nullptr, invalid_request, "Invalid Request");
  }
  if (!message.has("id")) return nullptr;
  auto result = run_method(world, *method, message["params"]);
  if (result) return mcp::result_message(id, std::move(*result));
  return mcp::error_message(id, static_cast<int>(result.error().code),
                            result.error().message);
}

HttpReply answer_batch(const World& world, const json::Array& messages) {
  const auto opens = [](const json::Value& message) {
    return message["method"].text_or("") == "initialize";
  };
  if (messages.empty() || messages.size() > most_messages ||
      std::ranges::any_of(messages, opens)) {
    return error_reply(200, nullptr, invalid_request, "Invalid Request");
  }
  json::Array answers;
  for (const auto& message : messages) {
    auto one = answer(world, message);
    if (!one.is_null()) answers.push_back(std::move(one));
  }
  return answers.empty() ? empty_reply(202) : json_reply(answers);
}

HttpReply no_session() {
  return error_reply(404, nullptr, session_not_found, "Session not found");
}

std::optional<HttpReply> refuse(const Sessions& sessions,
                                const net::Request& request,
                                const json::Value& body) {
  const auto version = header_of(request, version_header);
  if (!version.empty() && !is_known(version)) {
    return error_reply(
        400, nullptr, refused_by_http,
        fmt::format("Bad Request: Unsupported protocol version (supported "
                    "versions: {})",
                    fmt::join(versions, ", ")));
  }
  if (body.is_array() && !version.empty() && version != versions.back()) {
    return error_reply(400, nullptr, invalid_request,
                       "Invalid Request: this version has no batches");
  }
  const auto session = header_of(request, session_header);
  if (!session.empty() && !sessions.is_open(session)) {
    return no_session();
  }
  return std::nullopt;
}

}  // namespace

HttpReply answer_handshake_era(const World& world, Sessions& sessions,
                               const net::Request& request,
                               const json::Value& body) {
  if (auto refused = refuse(sessions, request, body)) {
    return std::move(*refused);
  }
  if (body.is_array()) return answer_batch(world, body.items());
  const auto message = answer(world, body);
  if (message.is_null()) return empty_reply(202);
  auto reply = json_reply(message);
  if (body["method"].text_or("") == "initialize" && message.has("result")) {
    reply.head.headers.push_back(
        {std::string(session_header), sessions.open()});
  }
  return reply;
}

HttpReply end_session(Sessions& sessions, const net::Request& request) {
  const auto session = header_of(request, session_header);
  if (session.empty()) {
    return error_reply(400, nullptr, refused_by_http,
                       "Bad Request: no session is named");
  }
  return sessions.close(session) ? empty_reply(204) : no_session();
}

}  // namespace claribi::demo
