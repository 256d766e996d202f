// SPDX-License-Identifier: MIT
// What a server that does not do as asked is reported as. No vendor's name.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

// What a server said, fit for a message: on one line, about 200 characters at
// most, escaped for a terminal.
std::string server_words(std::string_view text);

// The words in the body of a refusal: the message of a JSON error, a plain
// text as it is, nothing for a page of HTML. Neither cut nor escaped.
std::string words_of_body(std::string_view body);

// How messages name an endpoint: its URL without the query, and its host.
std::string endpoint_name(std::string_view url);
std::string endpoint_host(std::string_view url);

// What was asked of whom, and when: what messages about a reply say.
struct Asked {
  std::string_view url;
  std::string_view method;  // "tools/list"
  bool with_key = false;
  Instant at = {};
};

// The error for a reply whose status is not 2xx.
[[nodiscard]] std::unexpected<Error> fail_status(const net::ReplyHead& head,
                                                 std::string_view body,
                                                 const Asked& asked);

// The error for an address at which something else than MCP answers: "it
// answered with text/html".
[[nodiscard]] std::unexpected<Error> fail_no_endpoint(std::string_view url,
                                                      std::string_view what);

}  // namespace claribi::mcp
