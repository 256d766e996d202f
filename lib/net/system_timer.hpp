// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "net/timer.hpp"

namespace claribi::net {

// Says that the user wants an end, and which: interrupted or terminated.
using EndWanted = std::function<std::optional<ErrorKind>()>;

// The system's monotonic clock. A wait ends early when a signal comes and
// `end_wanted`, which may be empty, then names a kind.
class SystemTimer final : public Timer {
 public:
  explicit SystemTimer(EndWanted end_wanted)
      : end_wanted_(std::move(end_wanted)) {}

  [[nodiscard]] std::chrono::milliseconds elapsed() const override;
  [[nodiscard]] Result<void> wait(std::chrono::milliseconds time) override;

 private:
  EndWanted end_wanted_;
};

}  // namespace claribi::net
