// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/error.hpp"
#include "source/connection.hpp"

namespace claribi::cli {

// PostHog answers zeros for an event that it has never seen. When a result
// has nothing but zeros, looks whether the events that were asked for exist;
// fails (not_answerable) with the nearest names if one does not.
[[nodiscard]] Result<void> check_event_names(source::Connection& connection,
                                             const source::Outcome& outcome);

}  // namespace claribi::cli
