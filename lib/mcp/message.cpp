// SPDX-License-Identifier: MIT
#include "mcp/message.hpp"

#include <utility>

#include <fmt/core.h>

#include "mcp/refusal.hpp"

namespace claribi::mcp {
namespace {

json::Value envelope() {
  return json::Object{{"jsonrpc", "2.0"}};
}

MessageKind classify_response(const json::Value& message, int64_t id) {
  const json::Value& its_id = message["id"];
  if (its_id.is_null() || its_id.integer() == id) return MessageKind::response;
  if (const auto text = its_id.string()) {
    // Our ids are integers, so a text is nobody else's: some servers turn the
    // id into one, others invent one ("server-error") for a refusal.
    const bool is_ours = *text == std::to_string(id) || message.has("error");
    return is_ours ? MessageKind::response : MessageKind::other;
  }
  return MessageKind::other;
}

}  // namespace

json::Value request_message(int64_t id, std::string_view method,
                            json::Value params) {
  json::Value message = envelope();
  message.set("id", id);
  message.set("method", method);
  message.set("params", std::move(params));
  return message;
}

json::Value notification_message(std::string_view method, json::Value params) {
  json::Value message = envelope();
  message.set("method", method);
  if (!params.is_null()) message.set("params", std::move(params));
  return message;
}

json::Value result_message(json::Value id, json::Value result) {
  json::Value message = envelope();
  message.set("id", std::move(id));
  message.set("result", std::move(result));
  return message;
}

json::Value error_message(json::Value id, int64_t code,
                          std::string_view message) {
  json::Value reply = envelope();
  reply.set("id", std::move(id));
  reply.set("error", json::Object{{"code", code}, {"message", message}});
  return reply;
}

MessageKind classify(const json::Value& message, int64_t id) {
  if (!message.is_object()) return MessageKind::other;
  if (message["method"].is_string()) {
    return message["id"].is_null() ? MessageKind::notification
                                   : MessageKind::server_request;
  }
  if (message.has("result") || message["error"].is_object()) {
    return classify_response(message, id);
  }
  return MessageKind::other;
}

std::optional<RpcError> rpc_error(const json::Value& response) {
  const json::Value& error = response["error"];
  if (!error.is_object()) return std::nullopt;
  return RpcError{.code = error["code"].integer().value_or(0),
                  .message = error["message"].text_or(""),
                  .data = error["data"]};
}

bool is_misunderstanding(const RpcError& error) {
  return error.code == rpc_code::method_not_found ||
         error.code == rpc_code::invalid_params;
}

std::unexpected<Error> fail_rpc(const RpcError& error,
                                std::string_view method) {
  std::string words = server_words(error.message);
  if (words.empty()) words = "no reason given";
  std::vector<std::string> hints;
  if (error.code == rpc_code::capability_missing) {
    hints.emplace_back(
        "it wants to ask a person: run this on a terminal, without --no-input");
  }
  // Only a call can fail for what the user asked.
  return fail(
      method == "tools/call" ? ErrorKind::tool_error : ErrorKind::protocol,
      fmt::format("the server refused {}: {} ({})", method, words, error.code),
      std::move(hints));
}

}  // namespace claribi::mcp
