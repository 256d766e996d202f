// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// Where the demo's data are and how they are made.
struct DemoOptions {
  std::filesystem::path folder;        // Of the database; made if missing.
  std::filesystem::path project_file;  // A description; empty: the built-in.
  uint64_t seed = 1;
  int days = 180;
  // About how many events the built-in project gets; a description says it
  // by its volumes.
  uint64_t events = 200000;
};

// The address that stands for the demo in a request.
inline constexpr std::string_view demo_url = "demo://local/mcp";

// A transport that reaches the demo server without a network. The database is
// generated at the first exchange if there is none for this description, seed
// and day yet, and reused afterwards; data end at `clock.now()`. `progress` is
// told what takes long, and may be empty.
std::unique_ptr<net::Transport> make_demo_transport(
    DemoOptions options, const Clock& clock,
    std::function<void(std::string_view)> progress);

}  // namespace claribi::demo
