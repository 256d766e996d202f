// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "net/system_timer.hpp"
#include "net/transport.hpp"

namespace claribi::net {

struct CurlOptions {
  std::string user_agent;
  std::string ca_file = {};  // Replaces the system's certificates if set.
  uint64_t max_reply = 256ULL << 20;  // Bytes of body, counted as they come.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  // The longest silence once a reply has begun. A stream of events may be
  // silent for as long as the request may last: the tool is at work.
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(30);
  // Asked while an exchange waits, after each signal and at least once a
  // second: it then fails with that kind, unless it is a farewell.
  EndWanted end_wanted = {};
  // Told as often that the exchange is still waiting.
  std::function<void()> waiting = {};
};

// HTTP over libcurl, which is loaded at the first exchange and not before.
// TLS 1.2 or later, always verified; no redirects, no netrc, no cookies, no
// compression. One connection is kept for all exchanges of the process; a
// request whose body has left is never sent a second time.
std::unique_ptr<Transport> make_curl_transport(CurlOptions options);

}  // namespace claribi::net
