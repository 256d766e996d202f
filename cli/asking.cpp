// SPDX-License-Identifier: MIT
#include "cli/asking.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "plan/compile.hpp"
#include "plan/link.hpp"
#include "plan/read.hpp"

namespace claribi::cli {
namespace {

json::Value texts_of(const std::vector<std::string>& texts) {
  json::Value list = json::Array{};
  for (const std::string& text : texts)
    list.push(text);
  return list;
}

json::Value assumptions_of(const plan::Plan& plan) {
  json::Value list = json::Array{};
  for (const plan::Assumption& one : plan.assumptions) {
    list.push(json::Value()
                  .set("slot", one.slot)
                  .set("value", one.value)
                  .set("why", one.why)
                  .set("score", one.score));
  }
  return list;
}

// The names that the question needs, and the values that its words may be.
Result<source::Schema> names_for(source::Connection& connection,
                                 plan::Reading& reading) {
  CLARIBI_TRY_ASSIGN(source::Schema schema, connection.schema(reading.needs));
  if (plan::wants_properties(reading, schema)) {
    reading.needs.properties = true;
    CLARIBI_TRY_ASSIGN(schema, connection.schema(reading.needs));
  }
  const auto texts = plan::possible_values(reading, schema);
  if (!texts.empty()) CLARIBI_TRY(connection.find_values(texts, schema));
  return schema;
}

}  // namespace

Result<plan::Plan> plan_question(Context& context, std::string_view question) {
  CLARIBI_TRY_ASSIGN(plan::Reading reading, plan::read(question));
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  CLARIBI_TRY_ASSIGN(const source::Schema schema,
                     names_for(*connection, reading));
  return plan::link(std::move(reading), schema);
}

Result<json::Value> plan_document(source::Connection& connection,
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
  json::Value document;
  document.set("outcome", "answer").set("calls", std::move(calls));
  document.set("assumptions", assumptions_of(plan));
  document.set("warnings", texts_of(warnings_of(plan)));
  document.set("candidates", json::Array{});
  document.set("plan", plan::to_json(plan)).set("id", plan::plan_id(plan));
  return document;
}

std::optional<json::Value> unsettled_document(const Error& error) {
  struct Row {
    ErrorKind kind;
    std::string_view outcome;
  };
  static constexpr std::array<Row, 3> rows{
      {{ErrorKind::needs_clarification, "clarify"},
       {ErrorKind::not_answerable, "abstain"},
       {ErrorKind::refused, "refuse"}}};
  for (const Row& row : rows) {
    if (error.kind != row.kind) continue;
    json::Value document;
    document.set("outcome", row.outcome).set("calls", json::Array{});
    document.set("assumptions", json::Array{}).set("warnings", json::Array{});
    document.set("candidates", texts_of(error.unsettled.candidates));
    document.set("readings", texts_of(error.unsettled.readings));
    document.set("slot", error.unsettled.slot);
    document.set("reason", error.unsettled.reason);
    document.set("message", error.message);
    return document;
  }
  return std::nullopt;
}

std::vector<std::string> warnings_of(const plan::Plan& plan) {
  std::vector<std::string> warnings;
  for (const plan::Assumption& one : plan.assumptions) {
    if (one.score >= plan::accept_score) continue;
    warnings.push_back(
        fmt::format("{}: {} ({})", one.slot, one.value, one.why));
  }
  return warnings;
}

}  // namespace claribi::cli
