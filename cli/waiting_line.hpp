// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cli/io.hpp"
#include "mcp/session.hpp"
#include "net/timer.hpp"

namespace claribi::cli {

// The line on a terminal that says what is waited for, from the second second
// on: "waiting for mcp.posthog.com: 4 s, 30 %, reading events".
class WaitingLine {
 public:
  // Both must outlive it. `whom` is the server's host.
  WaitingLine(Io& io, const net::Timer& timer, std::string whom)
      : io_(io), timer_(timer), whom_(std::move(whom)) {}
  WaitingLine(const WaitingLine&) = delete;
  WaitingLine& operator=(const WaitingLine&) = delete;
  WaitingLine(WaitingLine&&) = delete;
  WaitingLine& operator=(WaitingLine&&) = delete;
  ~WaitingLine() { done(); }

  // The wait goes on.
  void tick();
  // The server told how far it is.
  void take(const mcp::Progress& progress);
  // The reply is here.
  void done();

 private:
  Io& io_;
  const net::Timer& timer_;
  std::string whom_;
  std::optional<std::chrono::milliseconds> began_ = {};
  std::optional<mcp::Progress> progress_ = {};
};

}  // namespace claribi::cli
