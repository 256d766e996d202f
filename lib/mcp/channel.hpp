// SPDX-License-Identifier: MIT
// The way of one message to the server and of its reply back: what both eras
// share.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/reply.hpp"
#include "mcp/session.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

// Parameters of one try: each try has its own id, and a progress token made
// from it, so neither is ever used twice.
using MakeParams = std::function<json::Value(int64_t id)>;

// Until when an operation may take, with all its tries.
class Deadline {
 public:
  Deadline(const net::Timer& timer, std::chrono::milliseconds timeout)
      : timer_(timer), at_(timer.elapsed() + timeout) {}
  // Never below one millisecond.
  [[nodiscard]] std::chrono::milliseconds left() const;

 private:
  const net::Timer& timer_;
  std::chrono::milliseconds at_;
};

// A request on its way.
struct Question {
  std::string method;
  MakeParams params = {};
  std::vector<net::Header> headers = {};  // Of this request only.
};

class Channel {
 public:
  Channel(net::Transport& transport, Endpoint endpoint,
          Surroundings surroundings)
      : transport_(transport),
        endpoint_(std::move(endpoint)),
        around_(std::move(surroundings)) {}

  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
  [[nodiscard]] const Surroundings& around() const { return around_; }
  [[nodiscard]] Deadline deadline() const {
    return {around_.timer, endpoint_.timeout};
  }

  // Sends the question and reads the reply, through `exchange` if the era has
  // more to it than one exchange. Waits and asks again, with a new id, while
  // the server refuses to begin for now: 429, or 503 for what is no call.
  using Exchange =
      std::function<Result<Reply>(const net::Request&, ReplyReader&)>;
  [[nodiscard]] Result<Reply> ask(const Question& question,
                                  const Deadline& deadline,
                                  const ReplyReader::OnRequest& on_request,
                                  const Exchange& exchange);
  // One exchange, whatever comes of it.
  [[nodiscard]] Result<Reply> send(const net::Request& request,
                                   ReplyReader& reader);

  // The same where nobody waits for the outcome.
  void send_and_forget(const net::Request& request);

  // A message with MCP's headers, those given and the endpoint's own.
  [[nodiscard]] net::Request request(std::vector<net::Header> headers,
                                     std::chrono::milliseconds timeout) const;

  // The result in the reply, or the error that it amounts to.
  [[nodiscard]] Result<json::Value> result_of(Reply reply,
                                              std::string_view method) const;
  void note(std::string_view line) const;

 private:
  void take_progress(const json::Value& notification,
                     const json::Value& token) const;

  net::Transport& transport_;
  Endpoint endpoint_;
  Surroundings around_;
  int64_t last_id_ = 0;
};

}  // namespace claribi::mcp
