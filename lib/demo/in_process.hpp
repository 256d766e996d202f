// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "demo/dataset.hpp"
#include "demo/server.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// The address that stands for the demo in a request.
inline constexpr std::string_view demo_url = "demo://local/mcp";

// The demo server over the data that open_dataset() opens, for whoever puts it
// on a socket. The clock must outlive the server. Fails (file, usage).
[[nodiscard]] Result<Server> open_demo(
    const DemoOptions& options, const Clock& clock,
    const std::function<void(std::string_view)>& progress);

// A transport that reaches the demo server without a network. The data are
// opened, or made, at the first exchange.
std::unique_ptr<net::Transport> make_demo_transport(
    DemoOptions options, const Clock& clock,
    std::function<void(std::string_view)> progress);

}  // namespace claribi::demo
