// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "base/result.hpp"
#include "cli/analysis.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"

namespace claribi::cli {
namespace {

struct RunArgs {
  std::string plan;
};

Result<void> run_run(Context& context, const RunArgs& args) {
  CLARIBI_TRY_ASSIGN(const plan::Plan plan, kept_plan(context, args.plan));
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  CLARIBI_TRY_ASSIGN(Document document, carry_out(context, *connection, plan));
  return context.print(std::move(document));
}

Bound describe(RunArgs& args) {
  return {
      .arguments = {{.name = "PLAN",
                     .help = "The id of a plan or its first characters, a "
                             "file made by `claribi ask --plan`, or - for "
                             "standard input.",
                     .lands = &args.plan,
                     .completes = Completes::file}},
  };
}

}  // namespace

Command run_command_row() {
  return {
      .path = "run",
      .summary = "Carry out a saved plan again on new data",
      .description =
          "Runs a plan that `claribi ask` kept or that `claribi ask --plan` "
          "printed: the same query, without reading a question again. Ranges "
          "such as \"last 30 days\" move with the clock.",
      .examples = {{"claribi ask --plan \"Signups last week\" > plan.json && "
                    "claribi run plan.json -f csv",
                    "a report that cannot change its meaning"}},
      .bind = bind<RunArgs>(describe, run_run),
  };
}

}  // namespace claribi::cli
