// SPDX-License-Identifier: MIT
// How PostHog is used: its documentation.
#include <array>
#include <utility>

#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 3> cues{{
    {"=what =is|=are =a|=an|=the feature|cohort|funnel|dashboard|flag|replay",
     6.0},
    {"documentation|=docs|tutorial", 5.0},
    {"=explain =how|=what", 4.0},
}};

Result<void> fill(Question& question, const source::Schema& /*schema*/,
                  Plan& plan) {
  plan.search = question.text;
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (!plan.search) {
    return fail(ErrorKind::usage, "the plan has nothing to search for");
  }
  source::ToolCall call{.tool = "docs-search"};
  call.arguments.set("query", *plan.search);
  return once(earlier, std::move(call));
}

}  // namespace

const Frame docs_frame{
    .name = "docs",
    .example = "How do I set up feature flags?",
    .cues = cues,
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
