// SPDX-License-Identifier: MIT
// Who belongs to a cohort, computed from what the cohort says.
#pragma once

#include <string>

#include "base/error.hpp"
#include "demo/sql_parts.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// The ids of the members as SQL, "SELECT p.id FROM persons p WHERE ...", for
// `IN (...)`. Nobody who came after the moment is one. A cohort without
// filters is a list kept by hand: as many persons as its `count` says, always
// the same. Fails (tool_error) for filters that the demo cannot compute.
[[nodiscard]] Result<std::string> cohort_members_sql(const World& world,
                                                     const json::Value& cohort,
                                                     Parameters& parameters);

// The same for the cohort of that id, a number or its text. Fails
// (tool_error) if there is none.
[[nodiscard]] Result<std::string> cohort_members_sql_by_id(
    const World& world, const json::Value& id, Parameters& parameters);

}  // namespace claribi::demo
