// SPDX-License-Identifier: MIT
#include "mcp/pages.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::mcp {
namespace {

constexpr int most_pages = 1000;

// Of one page. Nothing, or nonsense, is no time at all.
std::chrono::milliseconds fresh_for(const json::Value& page) {
  return std::chrono::milliseconds(
      std::max<int64_t>(page["ttlMs"].integer().value_or(0), 0));
}

std::optional<std::string> next_cursor(const json::Value& page,
                                       EmptyCursor empty) {
  const auto cursor = page["nextCursor"].string();
  if (!cursor) return std::nullopt;
  if (cursor->empty() && empty == EmptyCursor::is_the_end) return std::nullopt;
  return std::string(*cursor);
}

}  // namespace

Result<ToolList> list_pages(const AskPage& ask, EmptyCursor empty,
                            std::string_view host,
                            const std::function<void(std::string_view)>& note) {
  ToolList list;
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> cursors;
  std::optional<std::string> cursor;
  for (int pages = 0; pages < most_pages; ++pages) {
    CLARIBI_TRY_ASSIGN(const json::Value page, ask(cursor));
    if (!page["tools"].is_array()) {
      return fail(
          ErrorKind::protocol,
          fmt::format("{} answered tools/list without a list of tools", host));
    }
    for (const json::Value& entry : page["tools"].items()) {
      Tool tool = read_tool(entry);
      if (!tool.name.empty() && names.insert(tool.name).second) {
        list.tools.push_back(std::move(tool));
      }
    }
    // The list is as fresh as its oldest page.
    list.fresh_for = pages == 0 ? fresh_for(page)
                                : std::min(list.fresh_for, fresh_for(page));
    cursor = next_cursor(page, empty);
    if (!cursor) return list;
    if (!cursors.insert(*cursor).second) break;
  }
  note(
      fmt::format("the tool list of {} has no end: read up to where it "
                  "repeats itself",
                  host));
  return list;
}

}  // namespace claribi::mcp
