// SPDX-License-Identifier: MIT
#include "demo/tools.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/rest.hpp"

namespace claribi::demo {

namespace {

constexpr std::array<DemoTool, 23> all_tools = {{
    {"cohorts-list", "List all cohorts",
     "The cohorts of the project with how many persons are in each.",
     cohorts_list_schema, cohorts_list},
    {"cohorts-retrieve", "Get cohort",
     "One cohort by its id: who belongs to it and how many they are.",
     cohorts_retrieve_schema, cohorts_retrieve},
    {"dashboard-get", "Get dashboard",
     "One dashboard by its id with its tiles and the query of each insight.",
     dashboard_get_schema, dashboard_get},
    {"dashboards-get-all", "Get all dashboards",
     "The dashboards of the project, pinned ones first, without their tiles.",
     dashboards_get_all_schema, dashboards_get_all},
    {"docs-search", "Search documentation",
     "Finds pages of PostHog's documentation that answer a question. Returns "
     "Markdown.",
     docs_search_schema, docs_search},
    {"feature-flag-get-all", "Get all feature flags",
     "The feature flags of the project, with filters for key, name and state.",
     feature_flag_get_all_schema, feature_flag_get_all},
    {"feature-flag-get-definition", "Get feature flag definition",
     "One feature flag by its id: its release conditions, rollout and "
     "variants.",
     feature_flag_get_definition_schema, feature_flag_get_definition},
    {"hogql-schema", "Get the schema for SQL",
     "The tables that SQL can read, their fields, and the properties of events "
     "and persons.",
     hogql_schema_schema, hogql_schema},
    {"insight-get", "Get insight",
     "One saved insight by its number or short id, with its query.",
     insight_get_schema, insight_get},
    {"insight-query", "Run a saved insight",
     "Runs the query of a saved insight and returns its results.",
     insight_query_schema, insight_query},
    {"insights-list", "List insights",
     "The saved insights of the project, without their queries and results.",
     insights_list_schema, insights_list},
    {"persons-list", "List persons",
     "Persons, the newest first, found by email, distinct id or a search.",
     persons_list_schema, persons_list},
    {"persons-retrieve", "Get person",
     "One person by UUID, number or distinct id, with all properties.",
     persons_retrieve_schema, persons_retrieve},
    {"query-error-tracking-issues-list", "List error tracking issues",
     "Error issues with how often they happened, to how many people and in how "
     "many sessions in a range of dates.",
     error_issues_list_schema, error_issues_list},
    {"query-funnel", "Run a funnel query",
     "How many persons go from one event to the next, in order and within a "
     "window of time.",
     query_funnel_schema, query_funnel},
    {"query-lifecycle", "Run a lifecycle query",
     "Who is new, returning, resurrecting or dormant in each interval.",
     query_lifecycle_schema, query_lifecycle},
    {"query-paths", "Run a paths query",
     "Which events or pages people go through, one after the other.",
     query_paths_schema, query_paths},
    {"query-retention", "Run a retention query",
     "Who comes back in the intervals after a first event.",
     query_retention_schema, query_retention},
    {"query-run", "Run a query",
     "Runs an insight query or SQL that is given as a query node.",
     query_run_schema, query_run},
    {"query-session-recordings-list", "List session recordings",
     "Recorded sessions in a range of dates, by person, cohort, event or "
     "property.",
     recordings_list_schema, recordings_list},
    {"query-stickiness", "Run a stickiness query",
     "On how many intervals of a range people did something.",
     query_stickiness_schema, query_stickiness},
    {"query-trends", "Run a trends query",
     "Events over time: counts, active users or an aggregated property, with "
     "breakdowns, comparison and formulas.",
     query_trends_schema, query_trends},
    {"read-data-schema", "Read the data schema",
     "The events, properties and property values that the data have, the most "
     "frequent first.",
     read_data_schema_schema, read_data_schema},
}};

// "number", or for several types ["number","null"].
bool has_type(const json::Value& value, const json::Value& type) {
  if (type.is_array()) {
    return std::ranges::any_of(type.items(), [&](const json::Value& one) {
      return has_type(value, one);
    });
  }
  const auto wanted = type.text_or("");
  if (wanted == "number" || wanted == "integer") {
    if (value.is_string()) return integer_of(value).has_value();
    return wanted == "number" ? value.is_number()
                              : integer_of(value).has_value();
  }
  return wanted.empty() || wanted == value.type_name();
}

std::string type_text(const json::Value& type) {
  if (!type.is_array()) return type.text_or("");
  std::vector<std::string> names;
  for (const auto& one : type.items())
    names.push_back(one.text_or(""));
  return join(names, " or ");
}

[[nodiscard]] std::unexpected<Error> invalid(std::string_view tool,
                                             std::string_view problem) {
  return fail(ErrorKind::usage,
              fmt::format("Invalid input for \"{}\": {}", tool, problem));
}

}  // namespace

std::span<const DemoTool> tools() {
  return all_tools;
}

Result<void> check_arguments(std::string_view tool, const json::Value& schema,
                             const json::Value& arguments) {
  for (const auto& name : schema["required"].items()) {
    const auto wanted = name.text_or("");
    if (arguments[wanted].is_null()) {
      return invalid(tool,
                     fmt::format("missing required parameter: {}", wanted));
    }
  }
  for (const auto& member : schema["properties"].members()) {
    const auto& value = arguments[member.name];
    if (value.is_null()) continue;
    const auto& type = member.value["type"];
    if (!has_type(value, type)) {
      return invalid(
          tool, fmt::format("parameter {}: expected {}, received {}",
                            member.name, type_text(type), value.type_name()));
    }
    const auto& choices = member.value["enum"].items();
    if (!choices.empty() &&
        std::ranges::find(choices, value) == choices.end()) {
      std::vector<std::string> names;
      for (const auto& choice : choices)
        names.push_back(choice.text_or(""));
      return invalid(tool, fmt::format("parameter {}: must be one of {}",
                                       member.name, join(names, ", ")));
    }
  }
  return {};
}

}  // namespace claribi::demo
