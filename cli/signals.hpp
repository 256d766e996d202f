// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <optional>

#include "base/error.hpp"

namespace claribi::cli {

// While one lives, the first SIGINT or SIGTERM is noted instead of ending the
// process, so that a server can be told; a second one ends it as usual.
class NotedSignals {
 public:
  NotedSignals();
  NotedSignals(const NotedSignals&) = delete;
  NotedSignals& operator=(const NotedSignals&) = delete;
  NotedSignals(NotedSignals&&) = delete;
  NotedSignals& operator=(NotedSignals&&) = delete;
  ~NotedSignals();

 private:
  struct sigaction interrupt_ = {};
  struct sigaction terminate_ = {};
};

// What was noted: interrupted or terminated.
std::optional<ErrorKind> noted_signal();

}  // namespace claribi::cli
