// SPDX-License-Identifier: MIT
// "The first action", "activation": the first thing that a newcomer does with
// the product. No event has that name, so it is read as the one that most
// people do.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plan/link.hpp"
#include "plan/question.hpp"

namespace claribi::plan {

// Where the question speaks of it.
std::optional<Span> find_first_action(const Question& question);

// The most frequent event that is none of `others`, not PostHog's own and not
// about the account. Null if there is none.
const Name* first_action(const std::vector<Name>& names,
                         std::span<const std::string> others);

// "'activation' reads as the most frequent event ..."
std::string why_first_action(const Question& question, Span words);

}  // namespace claribi::plan
