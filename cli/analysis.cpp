// SPDX-License-Identifier: MIT
#include "cli/analysis.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/combine.hpp"
#include "answer/facts.hpp"
#include "answer/provenance.hpp"
#include "answer/summary.hpp"
#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "plan/compile.hpp"
#include "plan/refine.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

// More than any plan needs; a plan that asks for more is at fault.
constexpr size_t most_calls = 32;
constexpr uint64_t plan_size_limit = 1 << 20;

// The outcomes of a plan's calls, in their order.
Result<std::vector<source::Outcome>> call_all(Context& context,
                                              source::Connection& connection,
                                              const plan::Plan& plan) {
  std::vector<source::Outcome> outcomes;
  std::vector<table::Table> tables;
  while (true) {
    CLARIBI_TRY_ASSIGN(const auto* dialect, connection.dialect());
    CLARIBI_TRY_ASSIGN(
        auto calls, plan::compile(plan, *dialect, connection.moment(), tables));
    if (calls.empty()) return outcomes;
    for (source::Translation& call : calls) {
      if (outcomes.size() == most_calls) {
        return fail(
            ErrorKind::limit_reached,
            fmt::format("the plan makes more than {} calls", most_calls));
      }
      if (!call.note.empty()) context.say("note: " + call.note);
      auto sent = connection.send(std::move(call));
      if (!sent) {
        CLARIBI_TRY_ASSIGN(const bool again, connection.renewed());
        if (again) break;  // The same step, in the server's new words.
      }
      CLARIBI_TRY_ASSIGN(auto outcome, std::move(sent));
      if (outcome.undecoded) return std::unexpected(*outcome.undecoded);
      tables.push_back(outcome.table);
      outcomes.push_back(std::move(outcome));
    }
  }
}

std::vector<table::Table> tables_of(
    const std::vector<source::Outcome>& outcomes) {
  std::vector<table::Table> tables;
  tables.reserve(outcomes.size());
  for (const auto& outcome : outcomes)
    tables.push_back(outcome.table);
  return tables;
}

// One outcome out of those that the last tool gave: what the kind of question
// makes of all of them, else their rows in one table. Earlier tools were
// look-ups.
source::Outcome join(const plan::Plan& plan,
                     std::vector<source::Outcome> outcomes) {
  auto combined = answer::combine(plan, tables_of(outcomes));
  const std::string tool = outcomes.back().sent.tool;
  const auto first =
      std::ranges::find_if(outcomes, [&](const source::Outcome& outcome) {
        return outcome.sent.tool == tool;
      });
  // A look-up that was cut leaves things out of what follows it.
  const bool cut = std::any_of(outcomes.begin(), first, [](const auto& lookup) {
    return lookup.table.truncated;
  });
  source::Outcome joined = std::move(*first);
  if (combined) joined.table = std::move(*combined);
  joined.table.truncated |= cut;
  if (combined) return joined;
  for (auto next = first + 1; next != outcomes.end(); ++next) {
    table::append(joined.table, next->table);
  }
  return joined;
}

std::filesystem::path plan_folder(const Context& context) {
  return context.environment().data_folder / "plans";
}

std::vector<std::string> kept_ids(const Context& context) {
  std::vector<std::string> ids;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(plan_folder(context), error)) {
    ids.push_back(entry.path().stem().string());
  }
  std::ranges::sort(ids);
  return ids;
}

Result<std::string> plan_text(Context& context, const std::string& name) {
  if (name == "-") return context.io().read_all();
  std::filesystem::path path = name;
  for (const std::string& id : kept_ids(context)) {
    if (name.size() >= 4 && id.starts_with(name)) {
      path = plan_folder(context) / (id + ".json");
    }
  }
  CLARIBI_TRY_ASSIGN(auto text, read_file(path, plan_size_limit));
  if (text) return std::move(*text);
  return fail(ErrorKind::usage,
              fmt::format("there is no plan '{}'", escape_terminal_line(name)),
              {"make one: claribi ask --plan \"...\" > plan.json"});
}

}  // namespace

Result<Document> carry_out(Context& context, source::Connection& connection,
                           const plan::Plan& plan) {
  CLARIBI_TRY_ASSIGN(auto outcomes, call_all(context, connection, plan));
  if (outcomes.empty()) {
    return fail(ErrorKind::internal, "the plan makes no call");
  }
  source::Outcome outcome = join(plan, std::move(outcomes));
  outcome.table = plan::refine(plan, std::move(outcome.table));
  const Moment moment = connection.moment();
  AnswerPart answer{.plan = plan};
  answer.facts = answer::find_facts(plan, outcome.table, moment);
  answer.sentences =
      answer::summarise(plan, outcome.table, answer.facts, moment);
  answer.provenance = answer::describe(plan, outcome.sent, moment);
  const chart::Labels labels{answer.provenance.title, answer.provenance.period};
  Document document =
      document_of(connection.target().name, std::move(outcome), labels);
  if (plan.as_table) document.chart.reset();
  document.answer = std::move(answer);
  return document;
}

Result<void> keep_plan(const Context& context, const plan::Plan& plan) {
  CLARIBI_TRY(make_private_folder(plan_folder(context)));
  const std::string id = plan::plan_id(plan);
  return write_file(plan_folder(context) / (id + ".json"),
                    json::pretty(plan::to_json(plan)), Privacy::owner_only);
}

Result<plan::Plan> kept_plan(Context& context, const std::string& name) {
  CLARIBI_TRY_ASSIGN(const std::string text, plan_text(context, name));
  auto parsed = json::parse(text);
  if (!parsed) {
    return fail(ErrorKind::usage,
                fmt::format("the plan '{}' is {}", escape_terminal_line(name),
                            parsed.error().message));
  }
  // `ask --plan` prints the plan among what else it has to say.
  const json::Value& inside = (*parsed)["plan"];
  return plan::from_json(inside.is_object() ? inside : *parsed);
}

}  // namespace claribi::cli
