// SPDX-License-Identifier: MIT
#include "mcp/input_required.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "mcp/refusal.hpp"

namespace claribi::mcp {
namespace {

const json::Value declined = json::Object{{"action", "decline"}};

Result<json::Value> answer_of(
    const json::Value& params, std::string_view tool, const FillForm& fill,
    const std::function<void(std::string_view)>& note) {
  if (!fill) {
    note(fmt::format(
        "{} wanted an answer from a person, which was declined: "
        "{}",
        server_words(tool), server_words(params["message"].text_or(""))));
    return declined;
  }
  CLARIBI_TRY_ASSIGN(const Form form, read_form(params));
  CLARIBI_TRY_ASSIGN(auto content, fill(form));
  if (!content) return declined;
  return json::Object{{"action", "accept"}, {"content", std::move(*content)}};
}

}  // namespace

Result<json::Value> answer_input(
    const json::Value& result, std::string_view tool, const FillForm& fill,
    const std::function<void(std::string_view)>& note) {
  json::Value answers = json::Object{};
  for (const json::Member& asked : result["inputRequests"].members()) {
    const std::string method = asked.value["method"].text_or("");
    if (method != "elicitation/create") {
      return fail(ErrorKind::protocol,
                  fmt::format("{} asks for '{}', which claribi never offered",
                              server_words(tool), server_words(method)));
    }
    CLARIBI_TRY_ASSIGN(json::Value answer,
                       answer_of(asked.value["params"], tool, fill, note));
    answers.member("inputResponses").set(asked.name, std::move(answer));
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
