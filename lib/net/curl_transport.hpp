// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "net/transport.hpp"

namespace claribi::net {

struct CurlOptions {
  std::string user_agent;
  std::string ca_file = {};  // Replaces the system's certificates if set.
  uint64_t max_reply = 256ULL << 20;  // Bytes of body, counted as they come.
};

// HTTP over libcurl, which is loaded at the first exchange and not before.
// TLS 1.2 or later, always verified; no redirects, no netrc, no cookies, no
// compression. One connection is kept for all exchanges of the process.
std::unique_ptr<Transport> make_curl_transport(CurlOptions options);

}  // namespace claribi::net
