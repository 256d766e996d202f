// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "net/sse.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

// What came back for the POST of one request.
struct Reply {
  net::ReplyHead head = {};
  json::Value response = {};  // The JSON-RPC response; null if none came.
  std::string body = {};      // What came if it was no response; 64 KiB of it.
  std::string fault = {};     // What the body is instead: "not valid JSON".
};

// Picks the response to one request out of the reply to its POST, be that
// JSON or a stream of events. Other messages before it are passed by, but for
// requests of the server, which are handed on as they come.
class ReplyReader {
 public:
  using OnRequest = std::function<void(const json::Value& request)>;

  ReplyReader(int64_t id, OnRequest on_request)
      : id_(id), on_request_(std::move(on_request)) {}

  // The sink of the exchange. False once the response is here.
  [[nodiscard]] bool take(const net::ReplyHead& head, std::string_view bytes);
  // After the exchange, with its head.
  [[nodiscard]] Reply finish(net::ReplyHead head);

 private:
  void take_event(const net::SseEvent& event);
  void take_message(json::Value message);
  void take_document();

  int64_t id_ = 0;
  OnRequest on_request_;
  net::SseParser events_;
  std::string body_;
  json::Value response_;
  std::string fault_;
};

// The result in a reply, or the error that it amounts to. `url` and `method`
// are for messages; `with_key` says whether a key was sent.
[[nodiscard]] Result<json::Value> take_result(Reply reply, std::string_view url,
                                              std::string_view method,
                                              bool with_key);

}  // namespace claribi::mcp
