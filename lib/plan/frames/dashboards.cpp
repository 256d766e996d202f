// SPDX-License-Identifier: MIT
// Dashboards: all of them, and one with its tiles.
#include <array>
#include <utility>

#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 4> list_cues{{
    {"=dashboards", 4.0},
    {"dashboard", 2.0},
    {"=which|=what|=list|=all|=exist|=any", 0.7},
    {"=how =many =dashboards", 1.0},
}};

constexpr std::array<Cue, 4> one_cues{{
    {"=dashboard", 6.5},
    {"dashboard view|viewed|create|created|open|opened|event", -4.0},
    {"=dashboards", -3.0},
    {"=list|=all|=exist|=any", -1.0},
}};

Result<void> fill_list(Question& /*question*/, const source::Schema& /*schema*/,
                       Plan& /*plan*/) {
  return {};
}

Result<void> fill_one(Question& question, const source::Schema& schema,
                      Plan& plan) {
  return take_object(question, schema.dashboards, dashboard_kind, plan);
}

Result<std::vector<source::ToolCall>> list_calls(
    const Plan& /*plan*/, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  return once(earlier, {.tool = "dashboards-get-all"});
}

Result<std::vector<source::ToolCall>> one_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (!plan.object) {
    return fail(ErrorKind::usage, "the plan names no dashboard");
  }
  source::ToolCall call{.tool = "dashboard-get"};
  call.arguments.set("id", id_json(plan.object->id));
  return once(earlier, std::move(call));
}

}  // namespace

const Frame dashboards_frame{
    .name = "dashboards",
    .example = "What dashboards exist?",
    .cues = list_cues,
    .grained = -1.0,
    .fill = fill_list,
    .next_calls = list_calls,
};

const Frame dashboard_frame{
    .name = "dashboard",
    .example = "Show me the activation dashboard",
    .cues = one_cues,
    .needs = {.dashboards = true},
    .grained = -1.0,
    .fill = fill_one,
    .next_calls = one_calls,
};

}  // namespace claribi::plan
