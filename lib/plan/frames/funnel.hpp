// SPDX-License-Identifier: MIT
#pragma once

#include "base/calendar.hpp"
#include "json/value.hpp"
#include "plan/plan.hpp"

namespace claribi::plan {

// The steps of the plan as a FunnelsQuery, split by its first breakdown.
json::Value funnel_query(const Plan& plan, const Moment& moment);

}  // namespace claribi::plan
