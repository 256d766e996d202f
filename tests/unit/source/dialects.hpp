// SPDX-License-Identifier: MIT
// Servers of three generations, as far as their tool lists go.
#pragma once

#include "source/dialect.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source {

inline Dialect dialect_of(std::vector<OfferedTool> tools) {
  return {std::move(tools), posthog::translate};
}

// Both generations of query tools: what the demo has.
inline Dialect overlapping() {
  return dialect_of({{"query-run", {"query"}},
                     {"query-trends", {"series", "output_format"}},
                     {"query-funnel", {"series"}},
                     {"hogql-schema", {}},
                     {"dashboard-get", {"id"}},
                     {"feature-flag-get-definition", {"id"}}});
}

// October 2025: query-run only, old argument names.
inline Dialect early() {
  return dialect_of({{"query-run", {"query"}},
                     {"list-errors", {"dateFrom", "dateTo", "status"}},
                     {"dashboard-get", {"dashboardId"}},
                     {"dashboards-get-all", {"data"}},
                     {"insights-get-all", {"data"}},
                     {"event-definitions-list", {"q"}},
                     {"properties-list", {"type", "eventName"}},
                     {"feature-flag-get-definition", {"flagId", "flagKey"}}});
}

// September 2026: query-run and hogql-schema are gone.
inline Dialect current() {
  return dialect_of({{"query-trends", {"series", "output_format"}},
                     {"query-funnel", {"series", "output_format"}},
                     {"execute-sql", {"query"}},
                     {"read-data-schema", {"query"}},
                     {"query-error-tracking-issues-list", {}},
                     {"dashboard-get", {"id"}},
                     {"dashboards-get-all", {"limit", "offset", "search"}},
                     {"feature-flag-get-definition", {"id"}},
                     {"feature-flag-get-definition-by-key", {"key"}}});
}

}  // namespace claribi::source
