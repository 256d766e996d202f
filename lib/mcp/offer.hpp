// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "mcp/reply.hpp"

namespace claribi::mcp {

// How the handshake begins: which version is asked for, and whether the header
// names it already.
struct Offer {
  std::string version;
  bool with_header = false;
};

Offer first_offer();

// What to offer instead, if the server's error says what it would take:
// data.supported, or a text such as "(supported versions: a, b)". Fails
// (protocol) if it would take nothing that claribi speaks.
[[nodiscard]] Result<std::optional<Offer>> second_offer(const Reply& reply,
                                                        std::string_view host);

}  // namespace claribi::mcp
