// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include "base/error.hpp"

namespace claribi::net {

// Time that passes, for deadlines and for waits between two tries. Unlike a
// Clock it never jumps and means no date.
class Timer {
 public:
  virtual ~Timer() = default;

  // Since some fixed moment.
  [[nodiscard]] virtual std::chrono::milliseconds elapsed() const = 0;
  // Fails (interrupted, terminated) if a signal ends the wait.
  [[nodiscard]] virtual Result<void> wait(std::chrono::milliseconds time) = 0;
};

}  // namespace claribi::net
