// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// The last plan with what the words change of it: "now by country", "same for
// last month", "only Chrome", "vs the week before", "per week instead",
// "without the filter". Nothing if the words are a question by themselves, or
// change nothing. Fails as link() does, and as guard() does.
[[nodiscard]] Result<std::optional<Plan>> follow_up(
    std::string_view words, const Plan& last, const source::Schema& schema);

}  // namespace claribi::plan
