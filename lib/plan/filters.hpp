// SPDX-License-Identifier: MIT
// The parts of a question that are about properties: what the numbers are
// split by, and what they are restricted to.
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

// "where plan = pro", "with amount over 100", "from country Germany", "on the
// pro plan", "on Chrome". Takes the words. Fails (not_answerable) for a
// comparison whose property is not in the schema.
[[nodiscard]] Result<void> take_filters(Question& question,
                                        const source::Schema& schema,
                                        Plan& plan);

}  // namespace claribi::plan
