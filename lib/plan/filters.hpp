// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// "where plan = pro", "with amount over 100", "from country Germany", "on the
// pro plan", "on Chrome". Takes the words. Fails (not_answerable) for a
// comparison whose property is not in the schema.
[[nodiscard]] Result<void> take_filters(Question& question,
                                        const source::Schema& schema,
                                        Plan& plan);

// Adds the filter, or its values to one that has the same property and
// operator.
void put_filter(Plan& plan, Filter filter);

}  // namespace claribi::plan
