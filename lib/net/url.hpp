// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace claribi::net {

// Scheme, host and port: whom a key may be sent to.
struct Origin {
  std::string scheme;  // "https" or "http"
  std::string host;    // Lower case; an IPv6 address keeps its brackets.
  uint16_t port = 0;

  friend bool operator==(const Origin&, const Origin&) = default;
};

// "https://mcp.posthog.com", with the port where it is not the usual one.
std::string to_string(const Origin& origin);

struct Url {
  Origin origin;
  std::string path;   // Begins with a slash.
  std::string query;  // Without the question mark; may be empty.
};

std::string to_string(const Url& url);

// Whether http is allowed: never, or for 127.0.0.1, [::1] and localhost.
enum class PlainHttp { never, loopback };

// Reads an endpoint. Fails (usage) for a scheme other than https (or http on
// loopback where allowed), user info, a fragment, an empty host, blanks and
// control characters. A URL without a path gets "/".
[[nodiscard]] Result<Url> parse_url(std::string_view text, PlainHttp http);

// Adds name=value to the query, percent-encoded, replacing one of that name.
void set_query(Url& url, std::string_view name, std::string_view value);

}  // namespace claribi::net
