// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "mcp/channel.hpp"
#include "mcp/era.hpp"

namespace claribi::mcp {

// `_meta` and headers of a message of 2026-07-28, for the probe too.
json::Value stateless_meta(std::string_view version,
                           const Surroundings& around);
std::vector<net::Header> stateless_headers(std::string_view version,
                                           std::string_view method);

// Name and version in the result of server/discover, without a protocol
// version.
ServerInfo server_of_discovery(const json::Value& result);

// A session of 2026-07-28, in which every request stands alone. The channel
// must outlive it.
std::unique_ptr<EraSession> make_stateless_session(Channel& channel,
                                                   ServerInfo server);

}  // namespace claribi::mcp
