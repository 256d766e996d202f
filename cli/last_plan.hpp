// SPDX-License-Identifier: MIT
// The last plan of each source, for questions that go on from it.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "plan/plan.hpp"

namespace claribi::cli {

// Remembers the plan, as far as the disk allows.
void remember_plan(const Context& context, std::string_view source,
                   const plan::Plan& plan);
// Nothing if there is none, or if it is damaged.
[[nodiscard]] std::optional<plan::Plan> last_plan(const Context& context,
                                                  std::string_view source);

}  // namespace claribi::cli
