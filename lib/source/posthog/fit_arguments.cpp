// SPDX-License-Identifier: MIT
#include "source/posthog/fit_arguments.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::source::posthog {
namespace {

// An argument that was renamed: whichever name the server lists is sent.
struct RenamedArgument {
  std::string_view tool;
  std::string_view one;
  std::string_view other;
};
constexpr std::array<RenamedArgument, 5> renamed_arguments{{
    {"dashboard-get", "id", "dashboardId"},
    {"feature-flag-get-definition", "id", "flagId"},
    {"feature-flag-get-definition", "key", "flagKey"},
    {"insight-get", "id", "insightId"},
    {"insight-query", "id", "insightId"},
}};

void rename_arguments(ToolCall& call, const OfferedTool& offered) {
  for (const RenamedArgument& row : renamed_arguments) {
    if (call.tool != row.tool) continue;
    for (const auto& [from, to] :
         {std::pair(row.one, row.other), std::pair(row.other, row.one)}) {
      if (!offered.takes(from) && offered.takes(to)) {
        rename_argument(call.arguments, from, to);
      }
    }
  }
}

// {"limit": 5} as {"data": {"limit": 5}}, or back.
void nest_or_spread(json::Value& arguments, const OfferedTool& offered) {
  if (!offered.takes("data")) {
    if (!offered.takes("limit")) return;
    const json::Value data = arguments.remove("data");
    for (const json::Member& member : data.members()) {
      if (!arguments.has(member.name)) arguments.set(member.name, member.value);
    }
    return;
  }
  for (std::string_view name :
       {"limit", "offset", "search", "pinned", "favorited"}) {
    if (offered.takes(name) || !arguments.has(name)) continue;
    json::Value value = arguments.remove(name);
    arguments.member("data").set(name, std::move(value));
  }
}

// A day as the moment that it begins or ends at.
Result<json::Value> moment_of(std::string_view date, bool end) {
  if (!parse_instant(date)) {
    return fail(ErrorKind::usage,
                fmt::format("list-errors needs whole dates, not '{}'",
                            escape_terminal_line(date)),
                {"write the day: 2026-11-18"});
  }
  std::string text(date);
  if (text.size() == 10) text += end ? "T23:59:59Z" : "T00:00:00Z";
  return json::Value(std::move(text));
}

// The dates of an older list-errors.
Result<void> spread_dates(json::Value& arguments, const OfferedTool& offered) {
  if (offered.takes("dateRange") || !offered.takes("dateFrom")) return {};
  const json::Value range = arguments.remove("dateRange");
  for (const auto& [from, to] :
       {std::pair("date_from", "dateFrom"), std::pair("date_to", "dateTo")}) {
    const auto date = range[from].string();
    if (!date) continue;
    CLARIBI_TRY_ASSIGN(auto moment,
                       moment_of(*date, std::string_view(to) == "dateTo"));
    arguments.set(to, std::move(moment));
  }
  return {};
}

}  // namespace

void rename_argument(json::Value& arguments, std::string_view from,
                     std::string_view to) {
  if (!arguments.has(from) || arguments.has(to)) return;
  json::Value value = arguments.remove(from);
  arguments.set(to, std::move(value));
}

std::string_view other_name(std::string_view tool, std::string_view argument) {
  for (const RenamedArgument& row : renamed_arguments) {
    if (row.tool != tool) continue;
    if (row.one == argument) return row.other;
    if (row.other == argument) return row.one;
  }
  return {};
}

Result<void> fit_arguments(Translation& translation,
                           const OfferedTool& offered) {
  if (!offered.described) return {};
  ToolCall& call = translation.call;
  rename_arguments(call, offered);
  nest_or_spread(call.arguments, offered);
  CLARIBI_TRY(spread_dates(call.arguments, offered));
  std::vector<std::string> unknown;
  for (const json::Member& member : call.arguments.members()) {
    if (!offered.takes(member.name)) unknown.push_back(member.name);
  }
  for (const std::string& name : unknown) {
    // The tool's own name says the kind, and an early server has one format.
    if (name == "kind" || name == "output_format") {
      call.arguments.remove(name);
      continue;
    }
    if (name != "limit" && name != "offset") {
      return fail(ErrorKind::usage,
                  fmt::format("{} takes no '{}' on this server", call.tool,
                              escape_terminal_line(name)),
                  {"see its arguments: claribi tools " + call.tool});
    }
    call.arguments.remove(name);
    if (!translation.note.empty()) translation.note += "; ";
    translation.note +=
        fmt::format("{} takes no {} on this server", call.tool, name);
  }
  return {};
}

}  // namespace claribi::source::posthog
