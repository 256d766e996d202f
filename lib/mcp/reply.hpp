// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/refusal.hpp"
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
// JSON or a stream of events. Requests and notifications of the server before
// it are handed on as they come.
class ReplyReader {
 public:
  using OnRequest = std::function<void(const json::Value& request)>;
  using OnNotification = std::function<void(const json::Value& notification)>;

  ReplyReader(int64_t id, OnRequest on_request,
              OnNotification on_notification = {})
      : id_(id),
        on_request_(std::move(on_request)),
        on_notification_(std::move(on_notification)) {}

  // The sink of the exchange. False once the response is here.
  [[nodiscard]] bool take(const net::ReplyHead& head, std::string_view bytes);
  // After the exchange, with its head.
  [[nodiscard]] Reply finish(net::ReplyHead head);

  // Whether the response has come.
  [[nodiscard]] bool answered() const { return !response_.is_null(); }
  // The newest id and retry time of all streams so far. With an id, the rest
  // of a stream that broke off can be asked for.
  [[nodiscard]] const std::string& last_event_id() const { return last_id_; }
  [[nodiscard]] std::optional<long> retry() const { return retry_; }
  // Gets ready for the stream that goes on where the last one ended.
  void start_stream();

 private:
  void take_event(const net::SseEvent& event);
  void take_message(json::Value message);
  void take_document(bool success);

  int64_t id_ = 0;
  OnRequest on_request_;
  OnNotification on_notification_;
  net::SseParser events_;
  std::string last_id_;
  std::optional<long> retry_;
  std::string body_;
  json::Value response_;
  std::string fault_;
};

// The result in a reply, or the error that it amounts to.
[[nodiscard]] Result<json::Value> take_result(Reply reply, const Asked& asked);

}  // namespace claribi::mcp
