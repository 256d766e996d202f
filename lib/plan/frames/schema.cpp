// SPDX-License-Identifier: MIT
// Which events and properties there are.
#include <array>

#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 9> cues{{
    {"=what|=which event property|properties", 5.0},
    {"=what|=which person|user property|properties", 5.0},
    {"=what|=which events|=properties|=tables|=columns|=fields", 3.5},
    {"=list|=all|=show events|=properties|=tables|=columns", 3.0},
    {"=event =properties|=property|=names|=definitions", 3.0},
    {"schema|taxonomy", 4.0},
    {"=can =i|=we =query", 3.0},
    {"=do|=are =we|=i|=you =track|=tracking|=capture|=collect", 3.0},
    {"=how =many", -4.0},
}};

Result<void> fill(Question& /*question*/, const source::Schema& /*schema*/,
                  Plan& /*plan*/) {
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& /*plan*/, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  return once(earlier, {.tool = "hogql-schema"});
}

}  // namespace

const Frame schema_frame{
    .name = "schema",
    .example = "What event properties can I query?",
    .cues = cues,
    .grained = -3.0,
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
