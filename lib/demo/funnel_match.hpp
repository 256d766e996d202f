// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace claribi::demo {

enum class FunnelOrder {
  ordered,    // The steps in their order, anything in between.
  unordered,  // The steps in any order.
  strict,     // The steps in their order, nothing in between.
};

struct FunnelEvent {
  int64_t at = 0;      // Milliseconds.
  uint64_t steps = 0;  // Bit i: the event is one of step i.
  size_t value = 0;    // Of the breakdown; an index that the caller knows.
};

struct FunnelRule {
  size_t steps = 1;    // At most 64.
  int64_t window = 0;  // Milliseconds from the first step, inclusive.
  FunnelOrder order = FunnelOrder::ordered;
};

// How far a person came: the time at which each step was reached, first to
// last, and the value of the event that began it. Empty: no first step.
struct Attempt {
  std::vector<int64_t> times = {};
  size_t value = 0;
};

// The attempt that came furthest, of equal ones the first. `events` are those
// of one person, by time; for `strict` all of them, else those with a step.
// A step that is repeated before the next one starts over from its later
// event, as in PostHog.
Attempt furthest_attempt(std::span<const FunnelEvent> events,
                         const FunnelRule& rule);

}  // namespace claribi::demo
