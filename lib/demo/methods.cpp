// SPDX-License-Identifier: MIT
#include "demo/methods.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "demo/http_message.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

std::unexpected<mcp::RpcError> invalid(std::string_view problem) {
  return std::unexpected(
      mcp::RpcError{.code = invalid_params,
                    .message = fmt::format("Invalid params: {}", problem)});
}

json::Value listed(const DemoTool& tool) {
  json::Value hints;
  hints.set("readOnlyHint", true).set("destructiveHint", false);
  hints.set("idempotentHint", true).set("openWorldHint", true);
  json::Value entry;
  entry.set("name", tool.name).set("title", tool.title);
  entry.set("description", tool.description);
  entry.set("inputSchema", tool.input_schema());
  entry.set("annotations", std::move(hints));
  return entry;
}

json::Value text_result(std::string text) {
  json::Value block;
  block.set("type", "text").set("text", std::move(text));
  json::Value result;
  result.set("content", json::Array{std::move(block)});
  return result;
}

json::Value error_result(std::string text) {
  auto result = text_result(std::move(text));
  result.set("isError", true);
  return result;
}

json::Value run_tool(const DemoTool& tool, const World& world,
                     const json::Value& arguments) {
  auto answer = tool.run(world, arguments);
  if (!answer) {
    const auto& error = answer.error();
    if (error.kind == ErrorKind::usage) return error_result(error.message);
    return error_result(
        fmt::format("Error: [{}]: {}", tool.name, error.message));
  }
  const auto prose = answer->value.string();
  auto result =
      text_result(prose ? std::string(*prose) : json::compact(answer->value));
  if (answer->structured) {
    json::Value analytics;
    analytics.set("distinctId", "demo").set("toolName", tool.name);
    answer->value.set("_analytics", std::move(analytics));
    result.set("structuredContent", std::move(answer->value));
  }
  return result;
}

}  // namespace

json::Value server_info() {
  return json::Object{{"name", "claribi-demo"}, {"version", CLARIBI_VERSION}};
}

json::Value capabilities() {
  return json::Object{{"tools", json::Object{{"listChanged", false}}}};
}

MethodResult list_tools(const json::Value& params) {
  if (!params["cursor"].is_null()) return invalid("there is no such cursor");
  json::Array entries;
  for (const auto& tool : tools())
    entries.push_back(listed(tool));
  return json::Object{{"tools", std::move(entries)}};
}

MethodResult call_tool(const World& world, const json::Value& params) {
  const auto name = params["name"].string();
  if (!name) return invalid("name must be a string");
  const auto& arguments = params["arguments"];
  if (!arguments.is_null() && !arguments.is_object()) {
    return invalid("arguments must be an object");
  }
  const auto known = tools();
  const auto tool = std::ranges::find(known, *name, &DemoTool::name);
  if (tool == known.end()) {
    return error_result(fmt::format("Tool {} not found", *name));
  }
  return run_tool(
      *tool, world,
      arguments.is_null() ? json::Value(json::Object()) : arguments);
}

}  // namespace claribi::demo
