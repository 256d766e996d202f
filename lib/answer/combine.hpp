// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::answer {

// One table made of those that all the calls of a plan brought, in their
// order, for questions whose answer is in no single one of them. Nothing for
// other questions. Pure.
std::optional<table::Table> combine(const plan::Plan& plan,
                                    std::span<const table::Table> tables);

}  // namespace claribi::answer
