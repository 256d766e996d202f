// SPDX-License-Identifier: MIT
#include "mcp/reply.hpp"

#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "json/reader.hpp"
#include "mcp/message.hpp"
#include "mcp/refusal.hpp"

namespace claribi::mcp {
namespace {

constexpr size_t max_refusal = 64UL << 10;

bool is_success(const net::ReplyHead& head) {
  return head.status >= 200 && head.status < 300;
}

bool is_event_stream(const net::ReplyHead& head) {
  return is_success(head) && head.media_type() == "text/event-stream";
}

// The error for a 2xx reply in which no response was found.
std::unexpected<Error> fail_no_response(const Reply& reply,
                                        const Asked& asked) {
  const std::string host = endpoint_host(asked.url);
  const std::string type = reply.head.media_type();
  if (is_event_stream(reply.head)) {
    return fail(ErrorKind::protocol,
                fmt::format("the reply of {} ended without an answer to {}",
                            host, asked.method));
  }
  if (trim(reply.body).empty()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} answered {} with nothing ({})", host,
                            asked.method, reply.head.status));
  }
  if (type != "application/json") {
    const std::string shown =
        type.empty() ? "no content type" : server_words(type);
    return fail_no_endpoint(asked.url, "it answered with " + shown);
  }
  return fail(ErrorKind::protocol,
              fmt::format("the answer of {} to {} is {}", host, asked.method,
                          reply.fault));
}

}  // namespace

bool ReplyReader::take(const net::ReplyHead& head, std::string_view bytes) {
  if (!is_event_stream(head)) {
    body_ += bytes;
    return is_success(head) || body_.size() < max_refusal;
  }
  const auto complete = events_.feed(bytes);
  if (!events_.last_event_id().empty()) last_id_ = events_.last_event_id();
  if (events_.retry()) retry_ = events_.retry();
  for (const net::SseEvent& event : complete) {
    take_event(event);
    if (answered()) return false;
  }
  return true;
}

void ReplyReader::start_stream() {
  events_ = {};
  body_.clear();
}

Reply ReplyReader::finish(net::ReplyHead head) {
  if (response_.is_null() && is_event_stream(head)) {
    if (const auto event = events_.finish()) take_event(*event);
  } else if (response_.is_null()) {
    take_document(is_success(head));
  }
  if (body_.size() > max_refusal) {
    body_.resize(max_refusal);
    body_.shrink_to_fit();
  }
  return {.head = std::move(head),
          .response = std::move(response_),
          .body = std::move(body_),
          .fault = std::move(fault_)};
}

// Any type of event may carry a message; what is no JSON carries none.
void ReplyReader::take_event(const net::SseEvent& event) {
  auto message = json::parse(event.data);
  if (message) take_message(std::move(*message));
}

void ReplyReader::take_message(json::Value message) {
  if (message.is_array()) {  // A batch, which 2025-03-26 allows.
    for (json::Value& element : message.mutable_items()) {
      take_message(std::move(element));
    }
    return;
  }
  switch (classify(message, id_)) {
    case MessageKind::response:
      if (response_.is_null()) response_ = std::move(message);
      break;
    case MessageKind::server_request:
      if (on_request_) on_request_(message);
      break;
    case MessageKind::notification:
      if (on_notification_) on_notification_(message);
      break;
    case MessageKind::other:
      break;
  }
}

// A refusal may carry any id: the exchange says what it belongs to.
void ReplyReader::take_document(bool success) {
  auto document = json::parse(body_);
  if (!document) {
    fault_ = document.error().message;
    return;
  }
  if (!success && rpc_error(*document)) {
    response_ = std::move(*document);
    return;
  }
  const bool is_other = (*document)["id"].is_number();
  take_message(std::move(*document));
  fault_ = is_other ? "one to another request" : "no JSON-RPC response";
}

Result<json::Value> take_result(Reply reply, const Asked& asked) {
  if (!is_success(reply.head)) {
    return fail_status(reply.head, reply.body, asked);
  }
  if (reply.response.is_null()) return fail_no_response(reply, asked);
  if (const auto error = rpc_error(reply.response)) {
    return fail_rpc(*error, asked.method);
  }
  return reply.response.remove("result");
}

}  // namespace claribi::mcp
