// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/analysis.hpp"
#include "cli/asking.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/output/formats.hpp"
#include "cli/output/print.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/connection.hpp"

namespace claribi::cli {
namespace {

struct AskArgs {
  std::vector<std::string> words;
  bool plan = false;
  bool follow = false;
  std::string engine = "auto";
};

Follow follow_of(const AskArgs& args) {
  return args.follow ? Follow::yes : Follow::no;
}

// The question as a document that is not carried out. A question that is not
// settled has one too, and then an error besides.
struct Planned {
  std::optional<json::Value> document = {};
  std::optional<Error> error = {};
};

Planned planned(Context& context, std::string_view question, Follow follow) {
  const auto document = [&]() -> Result<json::Value> {
    CLARIBI_TRY_ASSIGN(const plan::Plan plan,
                       plan_question(context, question, follow));
    CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
    return plan_document(*connection, plan);
  }();
  if (document) return {.document = *document};
  return {.document = unsettled_document(document.error()),
          .error = document.error()};
}

Result<void> print_plan(Context& context, std::string_view question,
                        Follow follow) {
  const Planned made = planned(context, question, follow);
  if (made.document) {
    CLARIBI_TRY(
        send(json::pretty(*made.document), context.settings(), context.io()));
  }
  if (made.error) return std::unexpected(*made.error);
  return {};
}

Result<Document> answer(Context& context, std::string_view question,
                        Follow follow) {
  CLARIBI_TRY_ASSIGN(const plan::Plan plan,
                     plan_question(context, question, follow));
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  for (const std::string& warning : warnings_of(plan))
    context.say("warning: " + warning);
  CLARIBI_TRY_ASSIGN(Document document, carry_out(context, *connection, plan));
  // An answer is not lost because its plan could not be kept.
  if (const auto kept = keep_plan(context, plan); !kept) {
    context.say("note: the plan was not kept: " + kept.error().message);
  }
  return document;
}

Planned answered(Context& context, std::string_view question, Follow follow) {
  const auto document = [&]() -> Result<json::Value> {
    CLARIBI_TRY_ASSIGN(const Document made, answer(context, question, follow));
    CLARIBI_TRY_ASSIGN(const std::string text, write_json(made, {}));
    return json::parse(text);
  }();
  if (document) return {.document = *document};
  return {.document = unsettled_document(document.error()),
          .error = document.error()};
}

// The line of a question that could not even be understood as one.
json::Value failed(const Error& error) {
  return json::Value()
      .set("outcome", "error")
      .set("kind", kind_name(error.kind))
      .set("message", error.message);
}

// Every line of standard input is a question of its own; what becomes of one
// does not touch the others. Fails with the error of the first that failed.
Result<void> ask_lines(Context& context, const AskArgs& args) {
  CLARIBI_TRY_ASSIGN(const std::string input, context.io().read_all());
  std::optional<Error> first;
  std::string out;
  for (const std::string& line : split(input, '\n')) {
    const std::string_view question = trim(line);
    if (question.empty()) continue;
    Planned made = args.plan ? planned(context, question, follow_of(args))
                             : answered(context, question, follow_of(args));
    json::Value entry = json::Value().set("question", question);
    const json::Value body =
        made.document ? *made.document : failed(*made.error);
    for (const json::Member& member : body.members())
      entry.set(member.name, member.value);
    out += json::compact(entry) + "\n";
    if (made.error && !first) first = std::move(made.error);
  }
  if (out.empty()) {
    return fail(ErrorKind::usage, "nothing was asked",
                {"put the question in quotes: claribi ask \"Signups by day for "
                 "the last 30 days?\"",
                 "see: claribi ask --help"});
  }
  CLARIBI_TRY(send(out, context.settings(), context.io()));
  if (first) return std::unexpected(*first);
  return {};
}

Result<void> run_ask(Context& context, const AskArgs& args) {
  const std::string question = join(args.words, " ");
  const bool nothing_typed =
      args.words.empty() && !context.io().input_is_terminal();
  if (question == "-" || nothing_typed) return ask_lines(context, args);
  if (args.plan) return print_plan(context, question, follow_of(args));
  CLARIBI_TRY_ASSIGN(Document document,
                     answer(context, question, follow_of(args)));
  return context.print(std::move(document));
}

Bound describe(AskArgs& args) {
  return {
      .options = {{.names = "--plan",
                   .help = "Print the plan and the calls it would make, and "
                           "stop.",
                   .lands = &args.plan},
                  {.names = "--continue",
                   .help = "Let the question go on from the last one of this "
                           "source: \"now by country\", \"same for last "
                           "month\".",
                   .lands = &args.follow},
                  {.names = "--engine",
                   .value = "ENGINE",
                   .help = "What reads the question: builtin, the rules of "
                           "this program, or auto, which is the same.",
                   .lands = &args.engine,
                   .choices = {"auto", "builtin"}}},
      .arguments = {{.name = "QUESTION",
                     .help = "The question, in quotes: claribi ask \"Signups "
                             "by day for the last 30 days?\" Without one, or "
                             "for -, every line of standard input is one.",
                     .lands = &args.words,
                     .required = false}},
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
          "a change ends with status 5. With --plan these three are told as "
          "JSON on standard output too.\n\n"
          "Questions on standard input, one a line, are each answered by one "
          "line of JSON. One that fails does not stop the others: the status "
          "is 0 if all were answered, else that of the first that was not.\n\n"
          "With --continue the words may change the last plan of the source: "
          "its period, interval, filters, breakdown, comparison or event. A "
          "question of its own starts afresh.\n\n"
          "Every plan is kept: `claribi run ID` carries it out again on new "
          "data.",
      .examples = {{"claribi ask \"Signups by day for the last 30 days?\"",
                    "a trend, drawn on a terminal"},
                   {"claribi ask \"Signup to first-action conversion?\" -f "
                    "vega-lite > funnel.vl.json",
                    "a funnel as a Vega-Lite chart"},
                   {"claribi ask --plan \"top 5 countries by signups\"",
                    "what would be called"},
                   {"claribi ask --continue \"now by country\"",
                    "the last question, split"},
                   {"claribi ask --plan < questions.txt",
                    "the plans of many questions"}},
      .bind = bind<AskArgs>(describe, run_ask),
  };
}

}  // namespace claribi::cli
