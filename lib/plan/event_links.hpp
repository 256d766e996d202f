// SPDX-License-Identifier: MIT
// Which events a question may be about, before it is settled which one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/link.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// The schema with its names in an order of their own, so that the order in
// which a server lists them makes no difference.
source::Schema in_order(source::Schema schema);

// Every event that free words of the question can mean.
std::vector<const source::EventInfo*> likely_events(
    const Question& question, const source::Schema& schema);

// False only if it is known that the event has no such property.
bool may_have(const source::Schema& schema, const source::EventInfo& event,
              std::string_view property);
// True only if it is known.
bool surely_has(const source::EventInfo& event, std::string_view property);

// The properties of events that the plan's filters and breakdowns ask for.
std::vector<std::string> asked_properties(const Plan& plan);

// Of the events that the words mean alike, the only one that has those
// properties; then the only one that still happens. Null if there is none, or
// several. `names` are those of the schema's events.
const Name* only_fitting(const Link& link, const std::vector<Name>& names,
                         const source::Schema& schema,
                         const std::vector<std::string>& properties);

}  // namespace claribi::plan
