// SPDX-License-Identifier: MIT
#include "plan/refine.hpp"

namespace claribi::plan {

table::Table refine(const Plan& plan, table::Table table) {
  const auto rollout = table.column("rollout");
  if (!plan.minimum_rollout || !rollout) return table;
  std::erase_if(table.rows, [&](const table::Row& row) {
    return row[*rollout].integer().value_or(0) < *plan.minimum_rollout;
  });
  return table;
}

}  // namespace claribi::plan
