// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "answer/facts.hpp"
#include "base/calendar.hpp"
#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::answer {

// At most four sentences made of facts and of words of the plan: the answer,
// the comparison if it holds, the peak or the largest loss, the caveats. No
// number appears that is not a fact, a date or said in the question; no cause
// is ever named.
std::vector<std::string> summarise(const plan::Plan& plan,
                                   const table::Table& table,
                                   const std::vector<Fact>& facts,
                                   const Moment& moment);

}  // namespace claribi::answer
