// SPDX-License-Identifier: MIT
// Cohorts: all of them, and one with its size.
#include <array>
#include <utility>

#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 4> list_cues{{
    {"=cohorts|=segments|=audiences", 4.0},
    {"cohort", 2.0},
    {"=which|=what|=list|=all|=exist|=any", 0.7},
    {"=how =many =cohorts", 1.0},
}};

constexpr std::array<Cue, 4> one_cues{{
    {"=cohort|=segment|=audience", 6.5},
    {"cohort view|viewed|create|created|open|opened|event", -4.0},
    {"=cohorts", -3.0},
    {"=list|=all|=exist|=any", -1.0},
}};

Result<void> fill_list(Question& /*question*/, const source::Schema& /*schema*/,
                       Plan& /*plan*/) {
  return {};
}

Result<void> fill_one(Question& question, const source::Schema& schema,
                      Plan& plan) {
  return take_object(question, schema.cohorts, cohort_kind, plan);
}

Result<std::vector<source::ToolCall>> list_calls(
    const Plan& /*plan*/, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  return once(earlier, {.tool = "cohorts-list"});
}

Result<std::vector<source::ToolCall>> one_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (!plan.object) {
    return fail(ErrorKind::usage, "the plan names no cohort");
  }
  source::ToolCall call{.tool = "cohorts-retrieve"};
  call.arguments.set("id", id_json(plan.object->id));
  return once(earlier, std::move(call));
}

}  // namespace

const Frame cohorts_frame{
    .name = "cohorts",
    .example = "List user cohorts",
    .cues = list_cues,
    .grained = -1.0,
    .fill = fill_list,
    .next_calls = list_calls,
};

const Frame cohort_frame{
    .name = "cohort",
    .example = "Show me the paying users cohort",
    .cues = one_cues,
    .needs = {.cohorts = true},
    .grained = -1.0,
    .fill = fill_one,
    .next_calls = one_calls,
};

}  // namespace claribi::plan
