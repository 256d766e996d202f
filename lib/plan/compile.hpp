// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "plan/plan.hpp"
#include "source/dialect.hpp"
#include "table/table.hpp"

namespace claribi::plan {

// The calls to make next, exactly as they will be sent to a server with that
// dialect, given the tables of the calls already made. Empty: done. Pure: the
// same plan, dialect, moment and tables give the same bytes. Dates are sent as
// ISO dates, never as PostHog's relative words.
[[nodiscard]] Result<std::vector<source::Translation>> compile(
    const Plan& plan, const source::Dialect& dialect, const Moment& moment,
    std::span<const table::Table> earlier);

}  // namespace claribi::plan
