// SPDX-License-Identifier: MIT
#include "net/system_timer.hpp"

#include <poll.h>

#include <algorithm>

namespace claribi::net {

std::chrono::milliseconds SystemTimer::elapsed() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

Result<void> SystemTimer::wait(std::chrono::milliseconds time) {
  const auto end = elapsed() + time;
  // A signal ends the call early; one that comes just before it is seen within
  // a second.
  constexpr std::chrono::milliseconds longest_nap{1000};
  while (true) {
    if (const auto kind = end_wanted_ ? end_wanted_() : std::nullopt) {
      return fail(*kind, "stopped while waiting");
    }
    const auto left = end - elapsed();
    if (left <= std::chrono::milliseconds(0)) return {};
    (void)::poll(nullptr, 0,
                 static_cast<int>(std::min(left, longest_nap).count()));
  }
}

}  // namespace claribi::net
