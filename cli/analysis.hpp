// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "cli/context.hpp"
#include "cli/output/document.hpp"
#include "plan/plan.hpp"
#include "source/connection.hpp"

namespace claribi::cli {

// Carries out a plan: makes its calls one after the other, joins their
// results and finds the facts, the sentences and the chart. The only way from
// a plan to an answer, whoever made the plan.
[[nodiscard]] Result<Document> carry_out(Context& context,
                                         source::Connection& connection,
                                         const plan::Plan& plan);

// Plans are kept in the data folder under their id, to be run again.
[[nodiscard]] Result<void> keep_plan(const Context& context,
                                     const plan::Plan& plan);
// A plan by its id or the first characters of it, or from a file of that
// name; "-" is standard input.
[[nodiscard]] Result<plan::Plan> kept_plan(Context& context,
                                           const std::string& name);

}  // namespace claribi::cli
