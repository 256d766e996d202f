// SPDX-License-Identifier: MIT
#include "demo/server.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "demo/tools.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "mcp/message.hpp"

namespace claribi::demo {

namespace {

constexpr size_t most_body_bytes = 1U << 20U;
constexpr size_t most_messages = 100;

constexpr int parse_error = -32700;
constexpr int invalid_request = -32600;
constexpr int method_not_found = -32601;
constexpr int invalid_params = -32602;

// The newest first. The era without a handshake (2026-07-28) would be chosen
// beside these, by the version that a request's _meta names.
constexpr std::array<std::string_view, 3> versions = {
    "2025-11-25", "2025-06-18", "2025-03-26"};

bool is_known(std::string_view version) {
  return std::ranges::find(versions, version) != versions.end();
}

std::string header_of(const net::Request& request, std::string_view name) {
  for (const auto& header : request.headers) {
    if (lower(header.name) == name) return lower(header.value);
  }
  return {};
}

HttpReply reply(int status, std::string_view type, std::string body) {
  HttpReply out;
  out.head.status = status;
  if (!type.empty()) {
    out.head.headers.push_back({"content-type", std::string(type)});
  }
  out.body = std::move(body);
  return out;
}

HttpReply json_reply(const json::Value& message, int status = 200) {
  return reply(status, "application/json", json::compact(message));
}

HttpReply refusal(int status, std::string_view problem) {
  return reply(status, "text/plain;charset=UTF-8",
               json::compact(mcp::error_message(nullptr, -32000, problem)));
}

json::Value initialize(const json::Value& params) {
  const auto wanted = params["protocolVersion"].text_or("");
  json::Value tools_capability;
  tools_capability.set("listChanged", false);
  json::Value capabilities;
  capabilities.set("tools", std::move(tools_capability));
  json::Value info;
  info.set("name", "claribi-demo").set("version", CLARIBI_VERSION);
  json::Value result;
  result.set("protocolVersion", is_known(wanted) ? wanted : versions.front());
  result.set("capabilities", std::move(capabilities));
  result.set("serverInfo", std::move(info));
  return result;
}

json::Value list_tools() {
  json::Array entries;
  for (const auto& tool : tools()) {
    json::Value hints;
    hints.set("readOnlyHint", true).set("destructiveHint", false);
    hints.set("idempotentHint", true).set("openWorldHint", true);
    json::Value entry;
    entry.set("name", tool.name).set("title", tool.title);
    entry.set("description", tool.description);
    entry.set("inputSchema", tool.input_schema());
    entry.set("annotations", std::move(hints));
    entries.push_back(std::move(entry));
  }
  json::Value result;
  result.set("tools", std::move(entries));
  return result;
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
  auto result = text_result(json::compact(answer->value));
  if (answer->structured) {
    json::Value analytics;
    analytics.set("distinctId", "demo").set("toolName", tool.name);
    answer->value.set("_analytics", std::move(analytics));
    result.set("structuredContent", std::move(answer->value));
  }
  return result;
}

json::Value call_tool(const World& world, const json::Value& id,
                      const json::Value& params) {
  const auto name = params["name"].string();
  const auto& arguments = params["arguments"];
  if (!name) {
    return mcp::error_message(id, invalid_params,
                              "Invalid params: name must be a string");
  }
  if (!arguments.is_null() && !arguments.is_object()) {
    return mcp::error_message(id, invalid_params,
                              "Invalid params: arguments must be an object");
  }
  const auto known = tools();
  const auto tool = std::ranges::find(known, *name, &DemoTool::name);
  if (tool == known.end()) {
    return mcp::result_message(
        id, error_result(fmt::format("Tool {} not found", *name)));
  }
  return mcp::result_message(
      id,
      run_tool(*tool, world,
               arguments.is_null() ? json::Value(json::Object()) : arguments));
}

// The answer to one message; null where none is due.
json::Value answer(const World& world, const json::Value& message) {
  const auto method = message["method"].string();
  const auto& id = message["id"];
  if (message.is_object() && !method &&
      (message.has("result") || message.has("error"))) {
    return nullptr;  // A response, though nothing was asked.
  }
  const bool valid_id = !message.has("id") || id.is_string() || id.is_number();
  if (message["jsonrpc"].text_or("") != "2.0" || !method || !valid_id) {
    return mcp::error_message(nullptr, invalid_request, "Invalid Request");
  }
  if (!message.has("id")) return nullptr;
  const auto& params = message["params"];
  if (*method == "initialize") {
    return mcp::result_message(id, initialize(params));
  }
  if (*method == "ping") return mcp::result_message(id, json::Object());
  if (*method == "tools/list") return mcp::result_message(id, list_tools());
  if (*method == "tools/call") return call_tool(world, id, params);
  return mcp::error_message(id, method_not_found, "Method not found");
}

HttpReply answer_batch(const World& world, const json::Array& messages) {
  if (messages.empty() || messages.size() > most_messages) {
    return json_reply(
        mcp::error_message(nullptr, invalid_request, "Invalid Request"));
  }
  json::Array answers;
  for (const auto& message : messages) {
    auto one = answer(world, message);
    if (!one.is_null()) answers.push_back(std::move(one));
  }
  if (answers.empty()) return reply(202, "", "");
  return json_reply(answers);
}

// What is wrong with a request before its body is read.
std::optional<HttpReply> refuse(const net::Request& request) {
  if (request.method != "POST") {
    auto out = refusal(405, "Method not allowed");
    out.head.headers.push_back({"allow", "POST"});
    return out;
  }
  const auto accept = header_of(request, "accept");
  const auto takes = [&](std::string_view type) {
    return accept.contains(type) || accept.contains("*/*");
  };
  if (!takes("application/json") || !takes("text/event-stream")) {
    return refusal(406,
                   "Not Acceptable: Client must accept both application/json "
                   "and text/event-stream");
  }
  if (!header_of(request, "content-type").starts_with("application/json")) {
    return refusal(415,
                   "Unsupported Media Type: Content-Type must be "
                   "application/json");
  }
  const auto version = header_of(request, "mcp-protocol-version");
  if (!version.empty() && !is_known(version)) {
    return refusal(400, "Bad Request: Unsupported protocol version");
  }
  if (request.body.size() > most_body_bytes) {
    return json_reply(mcp::error_message(nullptr, invalid_request,
                                         "Request body is too large"));
  }
  return std::nullopt;
}

}  // namespace

Server::Server(Store store, Project project, const Clock& clock)
    : store_(std::move(store)), project_(std::move(project)), clock_(&clock) {
}

HttpReply Server::handle(const net::Request& request) const {
  if (auto refused = refuse(request)) return std::move(*refused);
  const auto message = json::parse(request.body);
  if (!message) {
    return json_reply(mcp::error_message(nullptr, parse_error, "Parse error"),
                      400);
  }
  const World world{
      .store = store_,
      .project = project_,
      .moment = {.now = clock_->now(), .calendar = project_.calendar}};
  if (message->is_array()) return answer_batch(world, message->items());
  const auto one = answer(world, *message);
  return one.is_null() ? reply(202, "", "") : json_reply(one);
}

}  // namespace claribi::demo
