// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "net/transport.hpp"
#include "net/url.hpp"

namespace claribi::net {

// "mcp.example.com", "localhost:8080": how messages name a server.
std::string host_text(const Origin& origin);

// "10 s", "1500 ms".
std::string duration_text(std::chrono::milliseconds time);

// What one reply may be. It takes the lines of the head and the pieces of the
// body as they come, gives the body to the sink, and says when to hang up:
// redirects, encoded bodies, more than 64 KiB or 100 lines of headers, a body
// beyond the limit, a silence in the middle. Knows no network library.
class Receiver {
 public:
  struct Limits {
    uint64_t body_bytes = 0;
    std::chrono::milliseconds idle = {};
  };

  Receiver(Origin origin, Limits limits, const BodySink& sink)
      : origin_(std::move(origin)), limits_(limits), sink_(sink) {}

  // One line of a head, its line end included; several heads may come one
  // after the other (100 Continue). False: hang up.
  [[nodiscard]] bool take_head_line(std::string_view line);
  // False: hang up.
  [[nodiscard]] bool take_body(std::string_view bytes);
  // To be asked now and then while waiting. False: hang up.
  [[nodiscard]] bool check_idle();

  // Whether the sink has seen enough: hanging up was no failure then.
  [[nodiscard]] bool enough() const { return enough_; }
  // Whether any byte of a reply has come.
  [[nodiscard]] bool began() const { return last_byte_.has_value(); }

  // The head, or why the receiver hung up. Throws what the sink threw.
  [[nodiscard]] Result<ReplyHead> finish();

 private:
  [[nodiscard]] bool finish_head();
  bool refuse(ErrorKind kind, std::string message,
              std::vector<std::string> hints = {});

  Origin origin_;
  Limits limits_;
  const BodySink& sink_;
  ReplyHead head_;
  size_t head_bytes_ = 0;
  size_t head_lines_ = 0;
  uint64_t body_bytes_ = 0;
  bool head_complete_ = false;
  bool is_event_stream_ = false;
  bool enough_ = false;
  std::optional<std::chrono::steady_clock::time_point> last_byte_;
  std::optional<Error> refusal_;
  std::exception_ptr thrown_;
};

}  // namespace claribi::net
