// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "demo/server.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// Where the demo's data are and how they are made.
struct DemoOptions {
  std::filesystem::path folder = {};  // Of the database; made if missing.
  std::filesystem::path project_file =
      {};  // A description; empty: the built-in.
  uint64_t seed = 1;
  int days = 180;
  // About how many events the built-in project gets. A description says it by
  // its volumes, which are scaled down if they come to more than this.
  uint64_t events = 200000;
};

// The address that stands for the demo in a request.
inline constexpr std::string_view demo_url = "demo://local/mcp";

// The demo server over the data that the options describe: generated if there
// are none for this description, seed and UTC day yet, reused otherwise. For
// whoever puts it on a socket. The clock must outlive the server. `progress`
// is told what takes long, and may be empty. Fails (file, usage).
[[nodiscard]] Result<Server> open_demo(
    const DemoOptions& options, const Clock& clock,
    const std::function<void(std::string_view)>& progress);

// A transport that reaches the demo server without a network. The database is
// generated at the first exchange if there is none for this description, seed
// and day yet, and reused afterwards; data end at `clock.now()`. `progress` is
// told what takes long, and may be empty.
std::unique_ptr<net::Transport> make_demo_transport(
    DemoOptions options, const Clock& clock,
    std::function<void(std::string_view)> progress);

}  // namespace claribi::demo
