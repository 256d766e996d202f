// SPDX-License-Identifier: MIT
#pragma once

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "json/value.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

// The `results` of a trends query as a time_series or totals table. `query`
// says which interval was asked for. Buckets that have not begun are left
// out; the one that is not over yet is marked partial.
[[nodiscard]] Result<table::Table> decode_trends(const json::Value& results,
                                                 const json::Value& query,
                                                 const Moment& moment);

// The `results` of a lifecycle query as a lifecycle table.
[[nodiscard]] Result<table::Table> decode_lifecycle(const json::Value& results,
                                                    const json::Value& query,
                                                    const Moment& moment);

// A funnel without rows: the columns that its shape promises.
table::Table funnel_table(bool breakdown);

// The `results` of a funnel query: steps, or a list of steps per breakdown
// value. Rates are computed here: PostHog sends counts. Times to convert become
// a distribution table.
[[nodiscard]] Result<table::Table> decode_funnel(const json::Value& results,
                                                 const json::Value& query);

// The `results` of a retention query as a retention table. PostHog sends zeros
// for intervals that are still to come: which have begun is told by the clock,
// in the period of the query, or by the distance of two cohorts.
[[nodiscard]] Result<table::Table> decode_retention(const json::Value& results,
                                                    const json::Value& query,
                                                    const Moment& moment);

// The `results` of a stickiness query as a stickiness table.
[[nodiscard]] Result<table::Table> decode_stickiness(const json::Value& results,
                                                     const json::Value& query);

// The `results` of a paths query as a paths table: steps and names are taken
// apart, and PostHog's milliseconds become seconds. As many ways as the query
// allows may not be all.
[[nodiscard]] Result<table::Table> decode_paths(const json::Value& results,
                                                const json::Value& query);

// The kind of the query ("TrendsQuery") that has such results; empty if they
// look like none. For replies that do not say what they answer.
std::string_view kind_of_results(const json::Value& results);

}  // namespace claribi::source::posthog
