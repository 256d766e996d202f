// SPDX-License-Identifier: MIT
// Who gets which feature flag, made ready for drawing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// A property filter on a trait.
struct FlagCondition {
  size_t trait = 0;
  bool part = false;     // The trait contains one of the texts, in any case.
  bool negated = false;  // It is or contains none of them.
  std::vector<std::string> texts = {};
};

// A release condition.
struct FlagGroup {
  std::vector<FlagCondition> conditions = {};
  double share = 1;
  std::string variant = {};  // Empty: drawn, or "true".
};

struct FlagPlan {
  std::string key;
  Instant since;  // When it was made.
  std::vector<FlagGroup> groups = {};
  std::vector<std::string> variants = {};
  std::vector<double> shares = {};  // Of the variants, as running sums.
  // That share of the people for whom it is off never comes to the event.
  std::optional<size_t> helps = {};
  double held_back = 0;

  // "true", "false" or a variant. Always the same for the same person, which
  // `person` tells apart; `traits` are JSON texts.
  [[nodiscard]] std::string value_for(
      uint64_t person, std::span<const std::string> traits) const;
  // Whether that person needs the flag to come to the event.
  [[nodiscard]] bool needed_by(uint64_t person) const;
};

// The flags that are on. `traits` and `events` are names by their numbers. A
// release condition on something else than those traits lets nobody in.
std::vector<FlagPlan> compile_flags(const json::Array& flags,
                                    std::span<const std::string> traits,
                                    std::span<const std::string> events);

}  // namespace claribi::demo
