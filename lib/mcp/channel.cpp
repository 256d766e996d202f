// SPDX-License-Identifier: MIT
#include "mcp/channel.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"
#include "mcp/message.hpp"
#include "mcp/refusal.hpp"
#include "mcp/retry.hpp"

namespace claribi::mcp {
namespace {

// Headers that MCP or HTTP itself sets; an endpoint's own must not replace
// them.
bool is_reserved(std::string_view header) {
  constexpr std::array<std::string_view, 8> reserved{
      "accept",     "content-type",      "content-length", "authorization",
      "connection", "transfer-encoding", "host",           "accept-encoding"};
  const std::string name = lower(header);
  return name.starts_with("mcp-") ||
         std::ranges::find(reserved, name) != reserved.end();
}

}  // namespace

std::chrono::milliseconds Deadline::left() const {
  return std::max(at_ - timer_.elapsed(), std::chrono::milliseconds(1));
}

Result<Reply> Channel::ask(const Question& question, const Deadline& deadline,
                           const ReplyReader::OnRequest& on_request,
                           const Exchange& exchange) {
  const bool is_call = question.method == "tools/call";
  for (int tries = 1;; ++tries) {
    const int64_t id = ++last_id_;
    json::Value params = question.params(id);
    const json::Value token = params["_meta"]["progressToken"];
    net::Request message = request(question.headers, deadline.left());
    message.body =
        json::compact(request_message(id, question.method, std::move(params)));
    ReplyReader reader(id, on_request, [&](const json::Value& notification) {
      take_progress(notification, token);
    });
    CLARIBI_TRY_ASSIGN(Reply reply, exchange(message, reader));
    const auto pause =
        pause_before_retry(reply.head, is_call, tries, around_.clock.now());
    if (!pause || *pause >= deadline.left()) return reply;
    note(fmt::format("{} takes no request for now; trying again in {} s",
                     endpoint_host(endpoint_.url),
                     (pause->count() + 999) / 1000));
    CLARIBI_TRY(around_.timer.wait(*pause));
  }
}

Result<Reply> Channel::send(const net::Request& request, ReplyReader& reader) {
  CLARIBI_TRY_ASSIGN(
      net::ReplyHead head,
      transport_.exchange(
          request, [&](const net::ReplyHead& its_head, std::string_view bytes) {
            return reader.take(its_head, bytes);
          }));
  return reader.finish(std::move(head));
}

void Channel::send_and_forget(const net::Request& request) {
  (void)transport_.exchange(
      request, [](const net::ReplyHead&, std::string_view) { return false; });
}

net::Request Channel::request(std::vector<net::Header> headers,
                              std::chrono::milliseconds timeout) const {
  net::Request message{.method = "POST",
                       .url = endpoint_.url,
                       .bearer = endpoint_.key,
                       .timeout = timeout};
  message.headers = {{"Content-Type", "application/json"},
                     {"Accept", "application/json, text/event-stream"}};
  std::ranges::move(headers, std::back_inserter(message.headers));
  for (const net::Header& header : endpoint_.headers) {
    if (!is_reserved(header.name)) message.headers.push_back(header);
  }
  return message;
}

Result<json::Value> Channel::result_of(Reply reply,
                                       std::string_view method) const {
  return take_result(std::move(reply), {.url = endpoint_.url,
                                        .method = method,
                                        .with_key = endpoint_.key != nullptr,
                                        .at = around_.clock.now()});
}

void Channel::note(std::string_view line) const {
  if (around_.listener.note) around_.listener.note(line);
}

void Channel::take_progress(const json::Value& notification,
                            const json::Value& token) const {
  const json::Value& params = notification["params"];
  const bool ours =
      notification["method"].string() == "notifications/progress" &&
      !token.is_null() && params["progressToken"] == token;
  if (!ours || !around_.listener.progress) return;
  around_.listener.progress({.done = params["progress"].number().value_or(0),
                             .total = params["total"].number(),
                             .message = params["message"].text_or("")});
}

}  // namespace claribi::mcp
