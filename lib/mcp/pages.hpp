// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/tool.hpp"

namespace claribi::mcp {

// What an empty cursor means: several servers of the handshake mean the end
// by it, and 2026-07-28 calls it a cursor like any other.
enum class EmptyCursor { is_the_end, is_a_cursor };

// Asks for one page of tools/list; the first one has no cursor.
using AskPage = std::function<Result<json::Value>(
    const std::optional<std::string>& cursor)>;

// All pages, each name once. Stops at a cursor that comes again and after
// 1,000 pages, and says so to `note`. Fails (protocol) if a page has no list.
[[nodiscard]] Result<ToolList> list_pages(
    const AskPage& ask, EmptyCursor empty, std::string_view host,
    const std::function<void(std::string_view)>& note);

}  // namespace claribi::mcp
