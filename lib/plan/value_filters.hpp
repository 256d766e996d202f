// SPDX-License-Identifier: MIT
// Filters that a question makes by naming a value and no property.
#pragma once

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// "Pro signups", "via slack": free words that are a value of a property, as
// looked up in schema.values. Takes the words. Fails (needs_clarification) if
// the value belongs to several properties of the events that are meant.
[[nodiscard]] Result<void> take_values(Question& question,
                                       const source::Schema& schema,
                                       Plan& plan);

// "On the pricing page", "excluding /help": a part of the address. Takes the
// words; nothing if the project has no addresses.
void take_pages(Question& question, const source::Schema& schema, Plan& plan);

}  // namespace claribi::plan
