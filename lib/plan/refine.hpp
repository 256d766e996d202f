// SPDX-License-Identifier: MIT
#pragma once

#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::plan {

// What the plan asks of the rows that no tool can be asked for: flags with at
// least `minimum_rollout`, by the column "rollout". A table without that
// column is returned as it is.
table::Table refine(const Plan& plan, table::Table table);

}  // namespace claribi::plan
