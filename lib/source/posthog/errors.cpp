// SPDX-License-Identifier: MIT
#include <array>
#include <charconv>
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

}  // namespace

bool never_began(std::string_view text) {
  return text.contains("Invalid input for") ||
         text.contains("Input validation error") ||
         text.contains("Unknown tool") ||
         (text.contains("Tool ") && text.contains("not found"));
}

Error explain(const ToolCall& sent, std::string_view text) {
  if (text.contains("Missing PostHog API scope")) {
    const std::string scope = quoted_after(text, "Missing PostHog API scope");
    return {ErrorKind::scope_missing,
            fmt::format("the key lacks the scope {}", shown(scope)),
            {"add it to the key, or use the \"MCP Server\" preset"}};
  }
  if (text.contains("permission denied")) {
    return {ErrorKind::scope_missing,
            "this key may not read that project: " + shown(text),
            {"choose a project of the key: --project ID"}};
  }
  if (text.contains("No PostHog project is selected")) {
    return {ErrorKind::usage,
            "PostHog knows no project for this key",
            {"name one: --project ID"}};
  }
  if (text.contains("not found") && text.contains("Tool ")) {
    const std::string scope = scope_of(sent.tool);
    Error error{ErrorKind::refused,
                fmt::format("the server has no tool {}", sent.tool),
                {}};
    if (!scope.empty()) {
      error.hints.push_back("a key without the scope " + scope +
                            " does not see it");
    }
    return error;
  }
  if (text.contains("rate limit") || text.contains("Rate limit")) {
    return {ErrorKind::network,
            "PostHog limits how often it may be asked: " + shown(text),
            {"wait and try again"}};
  }
  if (const int status = status_code(text)) {
    return refused_request(sent, status, api_detail(text));
  }
  return {ErrorKind::tool_error,
          fmt::format("{}: {}", sent.tool, shown(text)),
          {fmt::format("see its arguments: claribi tools {}", sent.tool)}};
}

}  // namespace claribi::source::posthog
