// SPDX-License-Identifier: MIT
// Without mode=tools PostHog's server lists one tool, `exec`, which takes a
// command line. Three of its verbs are used, and none that changes anything.
#include <string>

#include <fmt/core.h>

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

constexpr std::string_view exec = "exec";

ToolCall command(std::string text) {
  return {std::string(exec), json::Value().set("command", std::move(text))};
}

ToolCall list_command() {
  return command("tools");
}

ToolCall describe_command(std::string_view tool) {
  return command(fmt::format("info --json {}", tool));
}

// The loading of skills is for models; a server may insist on it.
ToolCall call_command(const ToolCall& inner, bool again) {
  return command(fmt::format("call {}--json {} {}", again ? "--no-skills " : "",
                             inner.tool, json::compact(inner.arguments)));
}

std::unexpected<Error> not_readable(std::string_view verb) {
  return fail(
      ErrorKind::protocol,
      fmt::format("exec answered `{}` with no JSON of that kind", verb));
}

// An array of names, or {"tools": [...]} where other servers are attached.
Result<std::vector<std::string>> names(std::string_view text) {
  auto parsed = json::parse(text);
  if (!parsed) return not_readable("tools");
  const json::Value& list = parsed->is_array() ? *parsed : (*parsed)["tools"];
  if (!list.is_array()) return not_readable("tools");
  std::vector<std::string> names;
  for (const json::Value& name : list.items())
    names.push_back(name.text_or(""));
  return names;
}

Result<mcp::Tool> tool_of(std::string_view text) {
  auto parsed = json::parse(text);
  if (!parsed || !parsed->is_object()) return not_readable("info");
  return mcp::read_tool(*parsed);
}

bool wants_again(std::string_view text) {
  return text.contains("No skills loaded");
}

}  // namespace

const Gateway exec_gateway{.tool = exec,
                           .list = list_command,
                           .describe = describe_command,
                           .call = call_command,
                           .names = names,
                           .tool_of = tool_of,
                           .wants_again = wants_again};

}  // namespace claribi::source::posthog
