// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "json/reader.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// The word between the first pair of quotes after `mark`.
std::string quoted_after(std::string_view text, std::string_view mark) {
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return "";
  const size_t begin = text.find('\'', at);
  if (begin == std::string_view::npos) return "";
  const size_t end = text.find('\'', begin + 1);
  if (end == std::string_view::npos) return "";
  return std::string(text.substr(begin + 1, end - begin - 1));
}

// Server prose is shown, never obeyed, and cut to what fits a line or two. It
// begins with "Error: [tool]: ", which says nothing new.
std::string shown(std::string_view text) {
  const std::string_view prefix = "Error: ";
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  const size_t bracket = text.find("]: ");
  if (text.starts_with('[') && bracket != std::string_view::npos) {
    text.remove_prefix(bracket + 3);
  }
  return escape_terminal_line(
      fit_width(text.substr(0, text.find('\n')), 300, true));
}

std::string scope_of(std::string_view tool) {
  const Vendor vendor = hosted_vendor();
  for (const CatalogTool& row : vendor.catalog) {
    if (row.name == tool) return std::string(row.scope);
  }
  return "";
}

// The number after "Status Code: " of a request that PostHog's API refused.
int status_code(std::string_view text) {
  constexpr std::string_view mark = "Status Code: ";
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return 0;
  int status = 0;
  const std::string_view digits = text.substr(at + mark.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  return status;
}

// What the API says after "Error Message: ", in JSON or in words.
std::string api_detail(std::string_view text) {
  constexpr std::string_view mark = "Error Message: ";
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return "";
  const std::string_view message = trim(text.substr(at + mark.size()));
  const auto parsed = json::parse(message);
  return shown(parsed ? (*parsed)["detail"].text_or(message) : message);
}

Error refused_request(const ToolCall& sent, int status, std::string detail) {
  if (!detail.empty()) detail = ": " + detail;
  if (status == 404) {
    return {ErrorKind::tool_error,
            fmt::format("{} found nothing of that id{}", sent.tool, detail),
            {"see what there is with the tool that lists them: claribi tools"}};
  }
  if (status >= 500) {
    return {ErrorKind::network,
            fmt::format("PostHog failed ({}){}", status, detail),
            {"try again later"}};
  }
  return {ErrorKind::tool_error,
          fmt::format("{}: PostHog refused the request ({}){}", sent.tool,
                      status, detail),
          {fmt::format("see its arguments: claribi tools {}", sent.tool)}};
}

// One reading of a failure; nothing if it is another one.
using Explanation = std::optional<Error> (*)(const ToolCall& sent,
                                             std::string_view text);

std::optional<Error> scope_missing(const ToolCall& sent,
                                   std::string_view text) {
  constexpr std::string_view mark = "Missing PostHog API scope";
  if (!text.contains(mark)) return std::nullopt;
  const std::string tool = sent.tool.empty() ? "" : sent.tool + ": ";
  return Error{ErrorKind::scope_missing,
               fmt::format("{}the key lacks the scope {}", tool,
                           shown(quoted_after(text, mark))),
               {"add it to the key, or use the \"MCP Server\" preset"}};
}

std::optional<Error> wrong_project(const ToolCall&, std::string_view text) {
  constexpr std::string_view mark = "permission denied: ";
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return Error{ErrorKind::scope_missing,
               "this key may not read that project: " +
                   shown(text.substr(at + mark.size())),
               {"choose a project of the key: --project ID"}};
}

std::optional<Error> no_project(const ToolCall&, std::string_view text) {
  if (!text.contains("No PostHog project is selected")) return std::nullopt;
  return Error{ErrorKind::usage,
               "PostHog knows no project for this key",
               {"name one: --project ID"}};
}

std::optional<Error> no_such_tool(const ToolCall& sent, std::string_view text) {
  const bool unknown = text.contains("Unknown tool: ") ||
                       (text.contains("Tool ") && text.contains("not found"));
  if (!unknown) return std::nullopt;
  Error error{ErrorKind::refused,
              fmt::format("the server has no tool {}", sent.tool),
              {}};
  const std::string scope = scope_of(sent.tool);
  if (!scope.empty()) {
    error.hints.push_back("a key without the scope " + scope +
                          " does not see it");
  }
  return error;
}

// The seconds after "Retry after ".
std::optional<int> seconds_to_wait(std::string_view text) {
  constexpr std::string_view mark = "Retry after ";
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  int seconds = 0;
  const std::string_view digits = text.substr(at + mark.size());
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  return error == std::errc() ? std::optional(seconds) : std::nullopt;
}

std::optional<Error> too_many_calls(const ToolCall&, std::string_view text) {
  if (!text.contains("ate limit")) return std::nullopt;
  const auto seconds = seconds_to_wait(text);
  return Error{ErrorKind::network,
               "PostHog limits how often it may be asked" +
                   (seconds ? fmt::format("; retry after {} s", *seconds) : ""),
               {"wait and try again"}};
}

// What follows is the server's advice to a model, which may be anything.
std::string without_advice(std::string_view text) {
  const size_t end = std::min(text.find(" ("), text.find(';'));
  return shown(text.substr(0, end));
}

std::optional<Error> bad_argument(const ToolCall& sent, std::string_view text) {
  const std::string now = fmt::format("Invalid input for \"{}\": ", sent.tool);
  const std::string then =
      fmt::format("Invalid arguments for tool {}: ", sent.tool);
  for (const std::string& mark : {now, then}) {
    const size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    return Error{
        ErrorKind::tool_error,
        fmt::format("{}: {}", sent.tool,
                    without_advice(text.substr(at + mark.size()))),
        {fmt::format("see its arguments: claribi tools {}", sent.tool)}};
  }
  return std::nullopt;
}

std::optional<Error> api_refusal(const ToolCall& sent, std::string_view text) {
  const int status = status_code(text);
  if (status == 0) return std::nullopt;
  return refused_request(sent, status, api_detail(text));
}

}  // namespace

bool never_began(std::string_view text) {
  return text.contains("Invalid input for") ||
         text.contains("Input validation error") ||
         text.contains("Unknown tool") ||
         (text.contains("Tool ") && text.contains("not found"));
}

Error explain(const ToolCall& sent, std::string_view text) {
  constexpr std::array<Explanation, 7> explanations{
      scope_missing,  wrong_project, no_project, no_such_tool,
      too_many_calls, bad_argument,  api_refusal};
  for (const Explanation explanation : explanations) {
    if (auto error = explanation(sent, text)) return std::move(*error);
  }
  return {ErrorKind::tool_error,
          fmt::format("{}: {}", sent.tool, shown(text)),
          {fmt::format("see its arguments: claribi tools {}", sent.tool)}};
}

}  // namespace claribi::source::posthog
