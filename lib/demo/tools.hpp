// SPDX-License-Identifier: MIT
// The tools of the demo server. Each is one function over the store; what it
// returns and which arguments it takes follow PostHog's tools of that name.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// What a tool works with.
struct World {
  const Store& store;
  const Project& project;
  Moment moment;
};

// A tool's answer. PostHog puts the same JSON into the text block and, for
// some tools, into structuredContent. A text is shown as it is.
struct ToolAnswer {
  json::Value value;
  bool structured = false;
};

// A row of the table of tools. An Error of a tool becomes an isError result
// with PostHog's kind of text: of kind usage as it is (the arguments are
// wrong), of any other as "Error: [tool]: message".
struct DemoTool {
  std::string_view name;
  std::string_view title;
  std::string_view description;
  json::Value (*input_schema)() = nullptr;
  Result<ToolAnswer> (*run)(const World& world,
                            const json::Value& arguments) = nullptr;
};

// All tools, by name.
std::span<const DemoTool> tools();

// Holds the top level of the arguments against an input schema: what is
// required is there, types and enums fit; a number may come as its text. What
// the schema does not know is ignored. Fails (usage) with PostHog's text:
// Invalid input for "cohorts-retrieve": missing required parameter: id
[[nodiscard]] Result<void> check_arguments(std::string_view tool,
                                           const json::Value& schema,
                                           const json::Value& arguments);

// objects: lists.cpp
Result<ToolAnswer> dashboards_get_all(const World&, const json::Value& args);
json::Value dashboards_get_all_schema();
Result<ToolAnswer> dashboard_get(const World&, const json::Value& args);
json::Value dashboard_get_schema();
Result<ToolAnswer> feature_flag_get_all(const World&, const json::Value& args);
json::Value feature_flag_get_all_schema();
Result<ToolAnswer> feature_flag_get_definition(const World&,
                                               const json::Value& args);
json::Value feature_flag_get_definition_schema();
Result<ToolAnswer> cohorts_list(const World&, const json::Value& args);
json::Value cohorts_list_schema();
Result<ToolAnswer> cohorts_retrieve(const World&, const json::Value& args);
json::Value cohorts_retrieve_schema();

// docs_search.cpp
Result<ToolAnswer> docs_search(const World&, const json::Value& args);
json::Value docs_search_schema();

// persons.cpp
Result<ToolAnswer> persons_list(const World&, const json::Value& args);
json::Value persons_list_schema();
Result<ToolAnswer> persons_retrieve(const World&, const json::Value& args);
json::Value persons_retrieve_schema();

// issues.cpp
Result<ToolAnswer> error_issues_list(const World&, const json::Value& args);
json::Value error_issues_list_schema();

// recordings.cpp
Result<ToolAnswer> recordings_list(const World&, const json::Value& args);
json::Value recordings_list_schema();

// insights.cpp
Result<ToolAnswer> insights_list(const World&, const json::Value& args);
json::Value insights_list_schema();
Result<ToolAnswer> insight_get(const World&, const json::Value& args);
json::Value insight_get_schema();
Result<ToolAnswer> insight_query(const World&, const json::Value& args);
json::Value insight_query_schema();

// queries: trends.cpp, funnel.cpp, retention.cpp, lifecycle.cpp,
// stickiness.cpp, paths.cpp, query_run.cpp
Result<ToolAnswer> query_trends(const World&, const json::Value& arguments);
json::Value query_trends_schema();
Result<ToolAnswer> query_funnel(const World&, const json::Value& arguments);
json::Value query_funnel_schema();
Result<ToolAnswer> query_retention(const World&, const json::Value& arguments);
json::Value query_retention_schema();
Result<ToolAnswer> query_lifecycle(const World&, const json::Value& arguments);
json::Value query_lifecycle_schema();
Result<ToolAnswer> query_stickiness(const World&, const json::Value& arguments);
json::Value query_stickiness_schema();
Result<ToolAnswer> query_paths(const World&, const json::Value& arguments);
json::Value query_paths_schema();
Result<ToolAnswer> query_run(const World&, const json::Value& arguments);
json::Value query_run_schema();
Result<ToolAnswer> hogql_schema(const World&, const json::Value& arguments);
json::Value hogql_schema_schema();

// Runs a query node as query-run takes it: of an insight, wrapped or bare, or
// of SQL. Fails (usage) for other kinds.
[[nodiscard]] Result<ToolAnswer> run_node(const World& world,
                                          const json::Value& query);

// read_data_schema.cpp
Result<ToolAnswer> read_data_schema(const World&, const json::Value& args);
json::Value read_data_schema_schema();

// HogQL, the part of it that the demo understands: SELECT over events,
// persons and sessions. Returns {"columns","types","results","hasMore"}.
// Fails (tool_error) with "Query validation failed: ..." or (limit_reached).
Result<json::Value> run_hogql(const World& world, std::string_view query);

}  // namespace claribi::demo
