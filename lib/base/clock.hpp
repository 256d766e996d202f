// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace claribi {

// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// The only source of "now". The program has one, read from the system; tests
// and `--now` have another.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

// Stands still.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  [[nodiscard]] Instant now() const override { return at_; }

 private:
  Instant at_;
};

// "2026-11-18T10:30:00Z"; milliseconds are cut.
std::string format_instant(Instant at);

// Reads ISO 8601: a date (midnight UTC), or date and time with or without
// seconds and a fraction, followed by Z, an offset or nothing (UTC).
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

}  // namespace claribi
