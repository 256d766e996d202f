// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

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
};

// HTTP over libcurl, which is loaded at the first exchange and not before.
// TLS 1.2 or later, always verified; no redirects, no netrc, no cookies, no
// compression. One connection is kept for all exchanges of the process; a
// request whose body has left is never sent a second time.
std::unique_ptr<Transport> make_curl_transport(CurlOptions options);

}  // namespace claribi::net
