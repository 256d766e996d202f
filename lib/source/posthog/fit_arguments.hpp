// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "source/dialect.hpp"

namespace claribi::source::posthog {

// The value of `from` under the name `to`, if there is one and no other.
void rename_argument(json::Value& arguments, std::string_view from,
                     std::string_view to);

// The other name of an argument that was renamed; empty if it was not.
std::string_view other_name(std::string_view tool, std::string_view argument);

// Puts the arguments into the words of the tool that is offered: names that
// changed, and the object `data` that some lists once took. PostHog drops
// silently what it does not know, or refuses the whole call: a page is left
// out here with a note, anything else fails (usage).
[[nodiscard]] Result<void> fit_arguments(Translation& translation,
                                         const OfferedTool& offered);

}  // namespace claribi::source::posthog
