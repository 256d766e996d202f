// SPDX-License-Identifier: MIT
// Which flags are compared, and where in a plan's tables the funnels of theirs
// are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::plan {

inline constexpr std::string_view flag_effect_name = "flag_effect";

struct ComparedFlag {
  std::string key;
  std::optional<int64_t> rollout = {};  // 0 to 100; nothing: to some people.
  bool variants = false;                // More than on and off.
};

// The flags that some people have and others have not, most recently changed
// first, `plan.limit` at most; or the one that the plan names. `earlier`: the
// list of flags, and then their definitions if the list has no rollouts.
struct Comparison {
  std::vector<ComparedFlag> flags = {};
  // How many tables come before the first funnel; one funnel for each flag.
  size_t lookups = 1;
};
Comparison compared_flags(const Plan& plan,
                          std::span<const table::Table> earlier);

}  // namespace claribi::plan
