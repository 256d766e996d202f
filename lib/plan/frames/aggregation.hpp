// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// "average", "p95", "sum of": fills math and property of the series. Fails
// (needs_clarification) if the property was not named.
[[nodiscard]] Result<void> take_aggregation(Question& question,
                                            const source::Schema& schema,
                                            Plan& plan, Series& series);

}  // namespace claribi::plan
