// SPDX-License-Identifier: MIT
#pragma once

#include "demo/project.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// A saved insight as a tile shows it: {id, short_id, name, description, query,
// tags, saved, _posthogUrl}. A query that is written bare is wrapped in the
// node that PostHog keeps it in.
json::Value insight_summary(const json::Value& insight);

// The query inside of the node.
const json::Value& inner_query(const json::Value& node);

}  // namespace claribi::demo
