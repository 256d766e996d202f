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

// The `results` of a lifecycle query: the series are new, returning,
// resurrecting and dormant, the last one below zero.
[[nodiscard]] Result<table::Table> decode_lifecycle(const json::Value& results,
                                                    const json::Value& query,
                                                    const Moment& moment);

// A funnel without rows: the columns that its shape promises.
table::Table funnel_table(bool breakdown);

// The `results` of a funnel query: steps, or a list of steps per breakdown
// value. Rates are computed here: PostHog sends counts. The distribution of
// times to convert becomes rows of seconds and persons.
[[nodiscard]] Result<table::Table> decode_funnel(const json::Value& results,
                                                 const json::Value& query);

}  // namespace claribi::source::posthog
