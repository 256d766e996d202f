// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "demo/http_message.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// A page of a foreign site may have its name resolve to this machine and let
// the browser ask us ("DNS rebinding"). Its requests still carry that name:
// 403 for every request whose Host is not this machine, or whose Origin, if it
// has one, is not.
std::optional<HttpReply> refuse_foreign(const net::Request& request);

}  // namespace claribi::demo
