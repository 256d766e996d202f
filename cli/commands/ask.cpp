// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/analysis.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/output/print.hpp"
#include "json/writer.hpp"
#include "plan/compile.hpp"
#include "plan/read.hpp"
#include "source/connection.hpp"

namespace claribi::cli {
namespace {

struct AskArgs {
  std::vector<std::string> words;
  bool plan = false;
};

// The plan, and the calls that it begins with, exactly as they would be sent.
Result<void> print_plan(Context& context, source::Connection& connection,
                        const plan::Plan& plan) {
  CLARIBI_TRY_ASSIGN(const auto* dialect, connection.dialect());
  CLARIBI_TRY_ASSIGN(const auto translations,
                     plan::compile(plan, *dialect, connection.moment(), {}));
  json::Value calls = json::Array{};
  for (const source::Translation& translation : translations) {
    calls.push(json::Value()
                   .set("tool", translation.call.tool)
                   .set("arguments", translation.call.arguments));
  }
  json::Value assumptions = json::Array{};
  for (const plan::Assumption& one : plan.assumptions) {
    assumptions.push(json::Value()
                         .set("slot", one.slot)
                         .set("value", one.value)
                         .set("why", one.why)
                         .set("score", one.score));
  }
  json::Value document;
  document.set("outcome", "answer").set("calls", std::move(calls));
  document.set("assumptions", std::move(assumptions));
  document.set("warnings", json::Array{}).set("candidates", json::Array{});
  document.set("plan", plan::to_json(plan)).set("id", plan::plan_id(plan));
  return send(json::pretty(document), context.settings(), context.io());
}

Result<void> run_ask(Context& context, const AskArgs& args) {
  CLARIBI_TRY_ASSIGN(plan::Reading reading, plan::read(join(args.words, " ")));
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  CLARIBI_TRY_ASSIGN(const source::Schema schema,
                     connection->schema(reading.needs));
  CLARIBI_TRY_ASSIGN(const plan::Plan plan,
                     plan::link(std::move(reading), schema));
  if (args.plan) return print_plan(context, *connection, plan);
  CLARIBI_TRY_ASSIGN(Document document, carry_out(context, *connection, plan));
  // An answer is not lost because its plan could not be kept.
  if (const auto kept = keep_plan(context, plan); !kept) {
    context.say("note: the plan was not kept: " + kept.error().message);
  }
  return context.print(std::move(document));
}

Bound describe(AskArgs& args) {
  return {
      .options = {{.names = "--plan",
                   .help = "Print the plan and the calls it would make, and "
                           "stop.",
                   .lands = &args.plan}},
      .arguments = {{.name = "QUESTION",
                     .help = "The question, in quotes: claribi ask \"Signups "
                             "by day for the last 30 days?\"",
                     .lands = &args.words}},
  };
}

}  // namespace

Command ask_command() {
  return {
      .path = "ask",
      .summary = "Answer a question in words, numbers and a chart",
      .description =
          "Reads the question, makes a plan, calls the right read-only tool, "
          "and answers in words with the numbers, a chart and how it was "
          "computed. No language model is involved: the same question over "
          "the same names gives the same plan.\n\n"
          "Names in the question are looked up among the project's events, "
          "properties, flags, cohorts and dashboards; a name that does not "
          "exist is never sent. What was assumed is printed. A question with "
          "several readings ends with status 3 and prints them as commands; "
          "one that cannot be answered ends with status 4; one that asks for "
          "a change ends with status 5.\n\n"
          "Every plan is kept: `claribi run ID` carries it out again on new "
          "data.",
      .examples = {{"claribi ask \"Signups by day for the last 30 days?\"",
                    "a trend, drawn on a terminal"},
                   {"claribi ask \"Signup to first-action conversion?\" -f "
                    "vega-lite > funnel.vl.json",
                    "a funnel as a Vega-Lite chart"},
                   {"claribi ask --plan \"top 5 countries by signups\"",
                    "what would be called"}},
      .bind = bind<AskArgs>(describe, run_ask),
  };
}

}  // namespace claribi::cli
