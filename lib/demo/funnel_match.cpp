// SPDX-License-Identifier: MIT
#include "demo/funnel_match.hpp"

#include <algorithm>

namespace claribi::demo {

namespace {

bool has_step(const FunnelEvent& event, size_t step) {
  return ((event.steps >> step) & 1U) != 0;
}

// The attempt that goes on from `before`, if the event comes in time.
bool goes_on(const Attempt& before, const FunnelEvent& event,
             const FunnelRule& rule) {
  return !before.times.empty() &&
         event.at - before.times.front() <= rule.window;
}

Attempt with(const Attempt& before, int64_t at) {
  Attempt after = before;
  after.times.push_back(at);
  return after;
}

void keep_further(Attempt& best, const Attempt& attempt) {
  if (attempt.times.size() > best.times.size()) best = attempt;
}

// `open[i]` is the latest attempt that has reached step i. Later steps are
// looked at first, so that one event does not take two steps at once.
Attempt furthest_in_order(std::span<const FunnelEvent> events,
                          const FunnelRule& rule) {
  std::vector<Attempt> open(rule.steps);
  Attempt best;
  for (const FunnelEvent& event : events) {
    for (size_t step = rule.steps; step-- > 0;) {
      if (!has_step(event, step)) {
        if (rule.order == FunnelOrder::strict) open[step] = {};
        continue;
      }
      if (step == 0) {
        open[0] = {.times = {event.at}, .value = event.value};
      } else if (goes_on(open[step - 1], event, rule)) {
        // Nothing is gained from the same beginning once more.
        const bool again =
            !open[step].times.empty() &&
            open[step].times.front() == open[step - 1].times.front();
        if (!again || rule.order == FunnelOrder::strict) {
          open[step] = with(open[step - 1], event.at);
        }
      } else if (rule.order == FunnelOrder::strict) {
        open[step] = {};
      }
      keep_further(best, open[step]);
    }
    if (best.times.size() == rule.steps) break;
  }
  return best;
}

// The steps that are done within the window of the first event.
Attempt any_order_from(std::span<const FunnelEvent> events,
                       const FunnelRule& rule) {
  Attempt attempt{.value = events.front().value};
  uint64_t done = 0;
  for (const FunnelEvent& event : events) {
    if (event.at - events.front().at > rule.window) break;
    for (size_t step = 0; step < rule.steps; ++step) {
      const uint64_t bit = uint64_t{1} << step;
      if (!has_step(event, step) || (done & bit) != 0) continue;
      done |= bit;
      attempt.times.push_back(event.at);
      break;
    }
    if (attempt.times.size() == rule.steps) break;
  }
  return attempt;
}

Attempt furthest_in_any_order(std::span<const FunnelEvent> events,
                              const FunnelRule& rule) {
  Attempt best;
  for (size_t i = 0; i < events.size(); ++i) {
    keep_further(best, any_order_from(events.subspan(i), rule));
    if (best.times.size() == rule.steps) break;
  }
  return best;
}

}  // namespace

Attempt furthest_attempt(std::span<const FunnelEvent> events,
                         const FunnelRule& rule) {
  if (rule.order == FunnelOrder::unordered) {
    return furthest_in_any_order(events, rule);
  }
  return furthest_in_order(events, rule);
}

}  // namespace claribi::demo
