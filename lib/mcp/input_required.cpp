// SPDX-License-Identifier: MIT
#include "mcp/input_required.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "mcp/refusal.hpp"

namespace claribi::mcp {

Result<json::Value> decline_input(
    const json::Value& result, std::string_view tool,
    const std::function<void(std::string_view)>& note) {
  json::Value answers = json::Object{};
  for (const json::Member& asked : result["inputRequests"].members()) {
    const std::string method = asked.value["method"].text_or("");
    if (method != "elicitation/create") {
      return fail(ErrorKind::protocol,
                  fmt::format("{} asks for '{}', which claribi never offered",
                              server_words(tool), server_words(method)));
    }
    const std::string words = asked.value["params"]["message"].text_or("");
    note(
        fmt::format("{} wanted an answer from a person, which was declined: "
                    "{}",
                    server_words(tool), server_words(words)));
    answers.member("inputResponses")
        .set(asked.name, json::Object{{"action", "decline"}});
  }
  if (result["requestState"].is_string()) {
    answers.set("requestState", result["requestState"]);
  }
  if (answers.size() == 0) {
    return fail(ErrorKind::protocol,
                fmt::format("{} wants input but does not say which",
                            server_words(tool)));
  }
  return answers;
}

}  // namespace claribi::mcp
