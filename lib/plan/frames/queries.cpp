// SPDX-License-Identifier: MIT
#include "plan/frames/queries.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "plan/question.hpp"

namespace claribi::plan {
namespace {

using json::Value;

bool is_list_op(std::string_view op) {
  return op == "exact" || op == "is_not";
}

Value number_or_text(const std::string& text) {
  if (const auto number = number_in({.text = text})) {
    return json::Number{*number};
  }
  return text;
}

Value value_json(const Filter& filter) {
  if (is_list_op(filter.op)) {
    Value list = json::Array{};
    for (const auto& value : filter.values)
      list.push(value);
    return list;
  }
  if (filter.values.empty()) return {};
  const bool numeric = filter.op.starts_with('g') || filter.op.starts_with('l');
  return numeric || filter.on == Owner::cohort
             ? number_or_text(filter.values.front())
             : Value(filter.values.front());
}

std::string_view type_of(Owner owner) {
  switch (owner) {
    case Owner::event:
      return "event";
    case Owner::person:
      return "person";
    case Owner::session:
      return "session";
    case Owner::cohort:
      return "cohort";
  }
  std::unreachable();
}

}  // namespace

std::string iso_date(LocalTime local) {
  const auto day = std::chrono::floor<std::chrono::days>(local);
  if (day == local) return format_date(local);
  std::string text = format_date_time(local);
  std::ranges::replace(text, ' ', 'T');
  return text;
}

void set_dates(Value& arguments, const ResolvedRange& range) {
  arguments.set("date_from", iso_date(range.from));
  if (range.open) return;
  const bool days_only =
      std::chrono::floor<std::chrono::days>(range.to) == range.to;
  const LocalTime last = days_only ? range.to - std::chrono::days{1} : range.to;
  arguments.set("date_to", iso_date(last));
}

Value date_range(const ResolvedRange& range) {
  Value out = json::Object{};
  set_dates(out, range);
  return out;
}

Value filters_json(const std::vector<Filter>& filters) {
  Value list = json::Array{};
  for (const auto& filter : filters) {
    Value out = json::Object{};
    out.set("key", filter.property);
    Value value = value_json(filter);
    if (!value.is_null()) out.set("value", std::move(value));
    out.set("operator", filter.op);
    out.set("type", type_of(filter.on));
    list.push(std::move(out));
  }
  return list;
}

source::ToolCall query_call(const Plan& plan, std::string_view tool,
                            Value query) {
  if (!plan.by_query) {
    query.set("output_format", "json");
    return {.tool = std::string(tool), .arguments = std::move(query)};
  }
  Value insight = json::Object{};
  insight.set("kind", "InsightVizNode");
  insight.set("source", std::move(query));
  Value arguments = json::Object{};
  arguments.set("query", std::move(insight));
  return {.tool = "query-run", .arguments = std::move(arguments)};
}

source::ToolCall sql_call(std::string_view sql) {
  Value query = json::Object{};
  query.set("kind", "HogQLQuery");
  query.set("query", sql);
  Value node = json::Object{};
  node.set("kind", "DataVisualizationNode");
  node.set("source", std::move(query));
  Value arguments = json::Object{};
  arguments.set("query", std::move(node));
  return {.tool = "query-run", .arguments = std::move(arguments)};
}

std::vector<source::ToolCall> once(std::span<const table::Table> earlier,
                                   source::ToolCall call) {
  std::vector<source::ToolCall> calls;
  if (earlier.empty()) calls.push_back(std::move(call));
  return calls;
}

Value id_json(std::string_view id) {
  const bool integer =
      !id.empty() && id.size() < 16 &&
      id.find_first_not_of("0123456789") == std::string_view::npos;
  if (integer) return json::Number{std::string(id)};
  return id;
}

}  // namespace claribi::plan
