// SPDX-License-Identifier: MIT
#include "demo/http_message.hpp"

#include <utility>

#include "base/text.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

std::string_view header_of(const net::Request& request, std::string_view name) {
  const auto wanted = lower(name);
  for (const auto& header : request.headers) {
    if (lower(header.name) == wanted) return trim(header.value);
  }
  return {};
}

HttpReply empty_reply(int status) {
  return {.head = {.status = status}};
}

HttpReply json_reply(const json::Value& message, int status) {
  return {.head = {.status = status,
                   .headers = {{"content-type", "application/json"}}},
          .body = json::compact(message)};
}

HttpReply error_reply(int status, const json::Value& id, int code,
                      std::string_view message) {
  return json_reply(mcp::error_message(id, code, message), status);
}

HttpReply error_reply(int status, const json::Value& id,
                      const mcp::RpcError& error) {
  auto message =
      mcp::error_message(id, static_cast<int>(error.code), error.message);
  if (!error.data.is_null()) message.member("error").set("data", error.data);
  return json_reply(message, status);
}

}  // namespace claribi::demo
