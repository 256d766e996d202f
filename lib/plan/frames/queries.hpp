// SPDX-License-Identifier: MIT
// The arguments of the query tools, made from a plan.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "json/value.hpp"
#include "plan/plan.hpp"
#include "plan/time.hpp"
#include "source/dialect.hpp"
#include "table/table.hpp"

namespace claribi::plan {

// "2026-11-18", or "2026-11-17T10:30:00" when the moment is not midnight. In
// project time, without an offset: that is how PostHog reads it.
std::string iso_date(LocalTime local);

// Sets `date_from` and, if the range has an end before now, `date_to`. A
// day-valued `date_to` is included, so it is the last day of the range.
void set_dates(json::Value& arguments, const ResolvedRange& range);
// The same as an object, for the tools that have `dateRange`.
json::Value date_range(const ResolvedRange& range);

// Property filters as PostHog takes them: lists for equality, numbers for
// comparisons.
json::Value filters_json(const std::vector<Filter>& filters);

// Calls `tool` with the query, or query-run with the query inside when the
// plan asks for "a query".
source::ToolCall query_call(const Plan& plan, std::string_view tool,
                            json::Value query);
// A query-run of SQL.
source::ToolCall sql_call(std::string_view sql);

// The single call of a frame that needs no second one: `earlier` tells whether
// it has been made.
std::vector<source::ToolCall> once(std::span<const table::Table> earlier,
                                   source::ToolCall call);

// A JSON number if the text is an integer, else the text.
json::Value id_json(std::string_view id);

}  // namespace claribi::plan
