// SPDX-License-Identifier: MIT
// What retention, lifecycle, stickiness and paths share: they follow people
// from one bucket of time to the next, and PostHog splits none of them by a
// property.
#pragma once

#include <string>
#include <string_view>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "json/value.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// The event that stands for any use of the product: the more frequent of page
// and screen views, else the most frequent event. Assumed aloud for that slot.
std::string assume_any_use(const source::Schema& schema, Plan& plan,
                           std::string_view slot);

// The one event that the question names, or any use of the product. Fails
// (not_answerable) for words that name no event.
[[nodiscard]] Result<std::string> take_activity(Question& question,
                                                const source::Schema& schema,
                                                Plan& plan);

// Reads the properties that the question is split and restricted by. The split
// and a comparison are left out, aloud: `what` ("retention") has none.
[[nodiscard]] Result<void> take_restrictions(Question& question,
                                             const source::Schema& schema,
                                             Plan& plan, std::string_view what);

// Whether "after" stands before the name at that token: "who upload after
// signing up" says last what was done first.
bool follows_after(const Question& question, size_t at);

// Whether the question names no period itself: there is none, or only "month
// over month".
bool has_no_period(const TimeRange& range);

// The query of that kind with what every kind has: the period and filters.
json::Value dated_query(const Plan& plan, std::string_view kind,
                        const Moment& moment);
// The events of the plan as PostHog's series without a count of their own.
json::Value event_nodes(const Plan& plan);

}  // namespace claribi::plan
