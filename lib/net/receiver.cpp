// SPDX-License-Identifier: MIT
#include "net/receiver.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::net {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr size_t max_head_bytes = 64UL << 10;
constexpr size_t max_head_lines = 100;

void read_status(std::string_view line, ReplyHead& head) {
  const size_t space = std::min(line.find(' '), line.size());
  const std::string code(trim(line.substr(space)));
  std::from_chars(code.data(), code.data() + code.size(), head.status);
}

// Where a redirect leads, as far as it may be shown: the whole origin and,
// when that is the same one, the path. What follows may hold secrets.
std::string redirect_target(const Origin& origin, std::string_view location) {
  location = location.substr(0, location.find_first_of("?#"));
  std::string shown;
  if (location.starts_with('/') && !location.starts_with("//")) {
    shown = to_string(origin) + std::string(location);
  } else {
    const size_t slashes = location.find("//");
    if (slashes == std::string_view::npos) return "another path";
    const size_t start = slashes + 2;
    const size_t end = std::min(location.find('/', start), location.size());
    const std::string_view authority = location.substr(start, end - start);
    const size_t at = authority.rfind('@');
    shown = std::string(location.substr(0, start)) +
            std::string(authority.substr(at + 1));  // npos + 1 is 0.
    if (shown == to_string(origin)) shown = location;
  }
  return escape_terminal_line(shown.substr(0, 200));
}

}  // namespace

std::string host_text(const Origin& origin) {
  return to_string(origin).substr(origin.scheme.size() + 3);
}

std::string duration_text(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return fmt::format("{} s", time.count() / 1000);
  return fmt::format("{} ms", time.count());
}

bool Receiver::take_head_line(std::string_view line) {
  last_byte_ = SteadyClock::now();
  head_bytes_ += line.size();
  ++head_lines_;
  if (head_bytes_ > max_head_bytes || head_lines_ > max_head_lines) {
    return refuse(ErrorKind::limit_reached,
                  fmt::format("the headers of {} are too long (more than 64 "
                              "KiB or 100 lines)",
                              host_text(origin_)));
  }
  if (head_complete_) return true;  // A trailer: nothing that is used.
  const std::string_view text = trim(line);
  if (line.starts_with("HTTP/")) {
    head_ = {};
    read_status(text, head_);
    return true;
  }
  // A head below 200 announces another one.
  if (text.empty()) return head_.status < 200 || finish_head();
  const size_t colon = text.find(':');
  const bool is_folded = line.front() == ' ' || line.front() == '\t';
  if (colon != std::string_view::npos && !is_folded) {
    head_.headers.push_back({std::string(trim(text.substr(0, colon))),
                             std::string(trim(text.substr(colon + 1)))});
  }
  return true;
}

bool Receiver::finish_head() {
  head_complete_ = true;
  is_event_stream_ = head_.media_type() == "text/event-stream";
  if (head_.status >= 300 && head_.status < 400) {
    return refuse(
        ErrorKind::protocol,
        fmt::format("{} redirects to {}", to_string(origin_),
                    redirect_target(origin_, head_.header("Location"))),
        {"redirects are not followed: give that address as the URL if you "
         "trust it"});
  }
  const std::string encoding = lower(head_.header("Content-Encoding"));
  if (!encoding.empty() && encoding != "identity") {
    return refuse(
        ErrorKind::protocol,
        fmt::format("{} sent an encoded reply ({}) though none was asked for",
                    host_text(origin_),
                    escape_terminal_line(encoding.substr(0, 40))));
  }
  return true;
}

bool Receiver::take_body(std::string_view bytes) {
  last_byte_ = SteadyClock::now();
  body_bytes_ += bytes.size();
  if (body_bytes_ > limits_.body_bytes) {
    return refuse(ErrorKind::limit_reached,
                  fmt::format("the reply of {} is larger than {} bytes",
                              host_text(origin_), limits_.body_bytes),
                  {"ask for less: a shorter time range or a lower limit"});
  }
  try {
    enough_ = sink_ && !sink_(head_, bytes);
  } catch (...) {
    // It must not pass through a C library; finish() throws it on.
    thrown_ = std::current_exception();
    return false;
  }
  return !enough_;
}

bool Receiver::check_idle() {
  // A stream of events is silent while the tool works: only the time of the
  // whole exchange ends it.
  if (!last_byte_ || is_event_stream_) return true;
  if (SteadyClock::now() - *last_byte_ < limits_.idle) return true;
  return refuse(ErrorKind::network,
                fmt::format("{} stopped in the middle of its reply: nothing "
                            "came for {}",
                            host_text(origin_), duration_text(limits_.idle)));
}

Result<ReplyHead> Receiver::finish() {
  if (thrown_) std::rethrow_exception(thrown_);
  if (refusal_) return std::unexpected(std::move(*refusal_));
  return std::move(head_);
}

bool Receiver::refuse(ErrorKind kind, std::string message,
                      std::vector<std::string> hints) {
  refusal_ = Error{kind, std::move(message), std::move(hints)};
  return false;
}

}  // namespace claribi::net
