// SPDX-License-Identifier: MIT
// The pages of lists. `next` is an address of PostHog's REST API: two numbers
// are read out of it, and nobody goes there.
#include <optional>
#include <string>

#include "base/number.hpp"
#include "base/text.hpp"
#include "source/posthog/payload.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// The number that the query of the address gives that name.
std::optional<int64_t> number_of(std::string_view address,
                                 std::string_view name) {
  const size_t mark = address.find('?');
  if (mark == std::string_view::npos) return std::nullopt;
  for (const std::string& part : split(address.substr(mark + 1), '&')) {
    const size_t equals = part.find('=');
    if (equals == std::string::npos || part.substr(0, equals) != name) continue;
    return number_in<int64_t>(part.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Page> next_page(const mcp::ToolResult& result) {
  const json::Value payload = read_payload(result).value;
  if (const auto next = payload["next"].string()) {
    const auto offset = number_of(*next, "offset");
    if (!offset) return std::nullopt;
    return Page{.offset = *offset, .limit = number_of(*next, "limit")};
  }
  if (!payload["hasMore"].boolean().value_or(false)) return std::nullopt;
  const auto begin = payload["offset"].integer();
  if (!begin) return std::nullopt;
  const auto rows = static_cast<int64_t>(payload["results"].size());
  return Page{.offset = *begin + rows, .limit = payload["limit"].integer()};
}

}  // namespace claribi::source::posthog
