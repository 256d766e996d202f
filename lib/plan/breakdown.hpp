// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// "by browser", "per country", "top 5 countries", "which plan". Takes the
// words. A "top N" gives plan.limit and one total for each value. Fails
// (not_answerable) for "by x" when x is neither a property nor an event.
[[nodiscard]] Result<void> take_breakdown(Question& question,
                                          const source::Schema& schema,
                                          Plan& plan);

}  // namespace claribi::plan
