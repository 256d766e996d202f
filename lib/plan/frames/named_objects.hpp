// SPDX-License-Identifier: MIT
// What the frames of named objects (flags, cohorts, dashboards) have in
// common: one tool lists them all, another one gets a single one by its id.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "plan/frames/queries.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {

// How to find one object of a kind and what to call for it.
struct ObjectLookup {
  const NameKind* kind;
  std::vector<source::NamedObject> source::Schema::* known;
  std::string_view tool;
};

inline Result<void> fill_nothing(Question& /*question*/,
                                 const source::Schema& /*schema*/,
                                 Plan& /*plan*/) {
  return {};
}

template <const std::string_view& tool>
Result<std::vector<source::ToolCall>> call_list(
    const Plan& /*plan*/, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  return once(earlier, {.tool = std::string(tool)});
}

template <const ObjectLookup& lookup>
Result<void> fill_object(Question& question, const source::Schema& schema,
                         Plan& plan) {
  return take_object(question, schema.*lookup.known, *lookup.kind, plan);
}

template <const ObjectLookup& lookup>
Result<std::vector<source::ToolCall>> call_object(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (!plan.object) {
    return fail(ErrorKind::usage,
                "the plan names no " + std::string(lookup.kind->word));
  }
  source::ToolCall call{.tool = std::string(lookup.tool)};
  call.arguments.set("id", id_json(plan.object->id));
  return once(earlier, std::move(call));
}

}  // namespace claribi::plan
