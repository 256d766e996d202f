// SPDX-License-Identifier: MIT
// What queries about people over time are called: retention, lifecycles,
// stickiness, paths and times to convert.
#pragma once

#include <string>
#include <vector>

#include "json/value.hpp"
#include "source/dialect.hpp"

namespace claribi::answer {

// "Retention from signed_up to $pageview by day"; empty for other queries.
// `query` is what was sent without its wrapping.
std::string behaviour_title(const source::ToolCall& sent,
                            const json::Value& query);

// What the line of the query says besides its series: "signed_up →
// $pageview", "period day", "8 intervals", "first starts only".
std::vector<std::string> behaviour_parts(const json::Value& query);

}  // namespace claribi::answer
