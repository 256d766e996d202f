// SPDX-License-Identifier: MIT
// What trends, totals and ratios share: their events and how these are counted.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"
#include "table/table.hpp"

namespace claribi::plan {

// Every event that is named, in the order of the question; `most` at most.
// A name with several meanings is the one event that has `property` and what
// the plan's filters and breakdowns ask for; fails (needs_clarification) if
// there are several or none.
[[nodiscard]] Result<std::vector<std::string>> take_events(
    Question& question, const source::Schema& schema, Plan& plan, size_t most,
    const std::string& property = {});

// The one event that a metric is about, or the failure that no event is like
// the words of the question. Nothing if the question speaks of all events.
[[nodiscard]] Result<std::vector<Series>> take_series(
    Question& question, const source::Schema& schema, Plan& plan);

// One query-trends with all that the plan says.
[[nodiscard]] Result<std::vector<source::ToolCall>> trends_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier);

// Fails (not_answerable) for a schema without events.
[[nodiscard]] Result<void> need_events(const source::Schema& schema);

// Says aloud what applies to every trend and funnel and was not asked for.
void assume_usual(Plan& plan);

}  // namespace claribi::plan
