// SPDX-License-Identifier: MIT
#include "cli/asking.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/aliases.hpp"
#include "cli/last_plan.hpp"
#include "plan/compile.hpp"
#include "plan/follow_up.hpp"
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

// A name that a project has got since is found after all.
template <typename Ask>
Result<plan::Plan> asked_again(source::Connection& connection, const Ask& ask) {
  auto plan = ask();
  const bool unknown =
      !plan && plan.error().unsettled.reason.starts_with("no_such_");
  if (!unknown || !connection.schema_is_remembered()) return plan;
  connection.forget_schema();
  return ask();
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

Result<plan::Plan> fresh_plan(Context& context, source::Connection& connection,
                              const plan::Reading& reading) {
  return asked_again(connection, [&]() -> Result<plan::Plan> {
    plan::Reading copy = reading;
    CLARIBI_TRY_ASSIGN(source::Schema schema, names_for(connection, copy));
    CLARIBI_TRY_ASSIGN(schema.aliases,
                       read_aliases(context.environment().config_folder));
    return plan::link(std::move(copy), schema);
  });
}

// The words between spaces, in lower case, could be values.
std::vector<std::string> words_of(std::string_view question) {
  std::vector<std::string> words;
  for (const std::string& word : split(lower(question), ' ')) {
    if (!word.empty() && words.size() < 20) words.push_back(word);
  }
  return words;
}

Result<std::optional<plan::Plan>> followed(Context& context,
                                           source::Connection& connection,
                                           std::string_view question) {
  const auto last = last_plan(context, connection.target().name);
  if (!last) return std::nullopt;
  CLARIBI_TRY_ASSIGN(source::Schema schema,
                     connection.schema({.events = true, .properties = true}));
  CLARIBI_TRY_ASSIGN(schema.aliases,
                     read_aliases(context.environment().config_folder));
  CLARIBI_TRY(connection.find_values(words_of(question), schema));
  return plan::follow_up(question, *last, schema);
}

Result<plan::Plan> settled_plan(Context& context,
                                source::Connection& connection,
                                const Result<plan::Reading>& reading,
                                std::string_view question, Follow follow) {
  if (follow == Follow::yes) {
    CLARIBI_TRY_ASSIGN(auto plan, followed(context, connection, question));
    if (plan) return std::move(*plan);
  }
  if (!reading) return std::unexpected(reading.error());
  return fresh_plan(context, connection, *reading);
}

}  // namespace

Result<plan::Plan> plan_question(Context& context, std::string_view question,
                                 Follow follow) {
  // What can be told without a source is told without one.
  const auto reading = plan::read(question);
  if (!reading && follow == Follow::no) {
    return std::unexpected(reading.error());
  }
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  CLARIBI_TRY_ASSIGN(plan::Plan plan, settled_plan(context, *connection,
                                                   reading, question, follow));
  remember_plan(context, connection->target().name, plan);
  return plan;
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
