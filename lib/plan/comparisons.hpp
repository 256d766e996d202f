// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// An operator in words or signs at that token: "over" is "gt", "at least"
// "gte". With its place.
std::optional<std::pair<std::string_view, Span>> operator_at(
    const Question& question, size_t at);
bool is_numeric_op(std::string_view op);

// "Over 100 dollars", "of at least 70 points": comparisons whose property is
// not named. The unit tells it, or else it is the only number that the event
// has. Takes the words. Fails (needs_clarification) if several properties can
// be meant.
[[nodiscard]] Result<void> take_comparisons(Question& question,
                                            const source::Schema& schema,
                                            Plan& plan);

// Whether the property tells an amount of money, by its name.
bool is_money(std::string_view property);

}  // namespace claribi::plan
