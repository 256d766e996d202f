// SPDX-License-Identifier: MIT
#include "mcp/versions.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "mcp/refusal.hpp"
#include "mcp/session.hpp"

namespace claribi::mcp {

bool speaks(std::span<const std::string_view> ours, std::string_view version) {
  return std::ranges::find(ours, version) != ours.end();
}

std::optional<std::string> common_version(
    std::span<const std::string_view> ours, const json::Value& list) {
  for (std::string_view version : ours) {
    if (std::ranges::find(list.items(), json::Value(version)) !=
        list.items().end()) {
      return std::string(version);
    }
  }
  return std::nullopt;
}

std::unexpected<Error> fail_version(std::string_view host,
                                    const json::Value& theirs) {
  std::vector<std::string> names;
  if (const auto one = theirs.string()) names.emplace_back(*one);
  for (const json::Value& version : theirs.items())
    names.push_back(version.text_or("?"));
  return fail(ErrorKind::protocol,
              fmt::format("{} speaks MCP {}; claribi speaks {}", host,
                          server_words(join(names, ", ")),
                          join(spoken_versions(), ", ")));
}

std::vector<std::string> spoken_versions() {
  std::vector<std::string> versions(stateless_versions.begin(),
                                    stateless_versions.end());
  versions.insert(versions.end(), legacy_versions.begin(),
                  legacy_versions.end());
  return versions;
}

}  // namespace claribi::mcp
