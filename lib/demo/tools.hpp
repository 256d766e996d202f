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
// some tools, into structuredContent.
struct ToolAnswer {
  json::Value value;
  bool structured = false;
};

// A row of the table of tools. An Error of a tool becomes an isError result
// with PostHog's kind of text.
struct DemoTool {
  std::string_view name;
  std::string_view title;
  std::string_view description;
  json::Value (*input_schema)() = nullptr;
  Result<ToolAnswer> (*run)(const World& world,
                            const json::Value& arguments) = nullptr;
};

std::span<const DemoTool> tools();

// queries: trends.cpp, funnel.cpp, query_run.cpp
Result<ToolAnswer> query_trends(const World&, const json::Value& arguments);
json::Value query_trends_schema();
Result<ToolAnswer> query_funnel(const World&, const json::Value& arguments);
json::Value query_funnel_schema();
Result<ToolAnswer> query_run(const World&, const json::Value& arguments);
json::Value query_run_schema();
Result<ToolAnswer> hogql_schema(const World&, const json::Value& arguments);
json::Value hogql_schema_schema();

// HogQL, the part of it that the demo understands: SELECT over events,
// persons and sessions. Returns {"columns","types","results","hasMore"}.
// Fails (tool_error) with "Query validation failed: ..." or (limit_reached).
Result<json::Value> run_hogql(const World& world, std::string_view query);

}  // namespace claribi::demo
