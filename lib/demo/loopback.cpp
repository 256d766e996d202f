// SPDX-License-Identifier: MIT
#include "demo/loopback.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace claribi::demo {

namespace {

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "localhost" or "127.0.0.1:8080".
bool is_this_machine(std::string_view authority) {
  const auto name = lower(authority);
  for (const std::string_view own : {"localhost", "127.0.0.1", "[::1]"}) {
    if (!name.starts_with(own)) continue;
    const auto rest = std::string_view(name).substr(own.size());
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  return false;
}

bool is_own_origin(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (lower(origin).starts_with(scheme)) {
      return is_this_machine(origin.substr(scheme.size()));
    }
  }
  return false;
}

bool is_foreign(const net::Header& header) {
  const auto name = lower(header.name);
  if (name == "host") return !is_this_machine(trim(header.value));
  return name == "origin" && !is_own_origin(trim(header.value));
}

}  // namespace

std::optional<HttpReply> refuse_foreign(const net::Request& request) {
  if (!header_of(request, "host").empty() &&
      std::ranges::none_of(request.headers, is_foreign)) {
    return std::nullopt;
  }
  return error_reply(403, nullptr, refused_by_http,
                     "Forbidden: Host and Origin must be this machine");
}

}  // namespace claribi::demo
