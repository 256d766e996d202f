// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "base/text.hpp"
#include "cli/output/cells.hpp"
#include "cli/output/formats.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

using json::Array;
using json::Object;
using json::Value;

Value columns_of(const table::Table& table,
                 const std::vector<std::string>& names) {
  Array columns;
  for (size_t i = 0; i < names.size(); ++i) {
    columns.emplace_back(Object{
        {"name", names[i]}, {"type", table::type_name(table.columns[i].type)}});
  }
  return columns;
}

Value rows_of(const table::Table& table,
              const std::vector<std::string>& names) {
  Array rows;
  rows.reserve(table.rows.size());
  for (const table::Row& row : table.rows)
    rows.push_back(row_object(names, row));
  return rows;
}

Value facts_of(const std::vector<answer::Fact>& facts) {
  Array array;
  for (const answer::Fact& fact : facts) {
    array.emplace_back(Object{{"name", fact.name},
                              {"value", fact.value},
                              {"unit", fact.unit},
                              {"text", fact.text},
                              {"about", fact.about}});
  }
  return array;
}

Value assumptions_of(const std::vector<plan::Assumption>& assumptions) {
  Array array;
  for (const plan::Assumption& assumption : assumptions) {
    array.emplace_back(Object{{"slot", assumption.slot},
                              {"value", assumption.value},
                              {"why", assumption.why},
                              {"score", assumption.score}});
  }
  return array;
}

void add_answer(Value& envelope, const AnswerPart& answer) {
  envelope.set("answer", join(answer.sentences, " "));
  Value plan = plan::to_json(answer.plan);
  plan.set("id", plan::plan_id(answer.plan));
  envelope.set("plan", std::move(plan));
  envelope.set("facts", facts_of(answer.facts));
  envelope.set("assumptions", assumptions_of(answer.plan.assumptions));
}

Value strings_of(const std::vector<std::string>& texts) {
  Array array;
  for (const std::string& text : texts)
    array.emplace_back(text);
  return array;
}

}  // namespace

Result<std::string> write_json(const Document& document,
                               const FormatOptions& /*options*/) {
  const auto names = member_names(document.table);
  Value envelope = Object{};
  if (!document.source.empty()) envelope.set("source", document.source);
  if (!document.call.tool.empty()) {
    envelope.set("tool", document.call.tool);
    envelope.set("arguments", document.call.arguments);
  }
  if (document.answer) add_answer(envelope, *document.answer);
  envelope.set("columns", columns_of(document.table, names));
  envelope.set("rows", rows_of(document.table, names));
  if (!document.table.notes.empty()) {
    envelope.set("notes", strings_of(document.table.notes));
  }
  if (document.table.truncated) envelope.set("truncated", true);
  if (document.fetched_at != Instant{}) {
    envelope.set("fetched_at", format_instant(document.fetched_at));
  }
  return json::pretty(envelope);
}

}  // namespace claribi::cli
