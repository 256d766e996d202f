// SPDX-License-Identifier: MIT
// The graph of what people do one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace claribi::demo {

struct PathStep {
  int64_t at = 0;  // Milliseconds.
  std::string item = {};
};
using Path = std::vector<PathStep>;

struct PathRule {
  std::string start = {};  // Empty: anywhere.
  std::string end = {};
  size_t steps = 5;   // Of one path.
  size_t edges = 50;  // Of the result.
  int64_t least = 0;  // How often an edge is walked; 0: no bound.
  int64_t most = 0;
};

struct PathEdge {
  std::string source = {};  // "1_signed_up": the place in the path, the item.
  std::string target = {};
  int64_t count = 0;
  double average_ms = 0;  // From one to the other.
};

// Cuts what one person did, by time, where 30 minutes pass without anything.
// Of an item that is repeated at once the last remains.
std::vector<Path> split_paths(std::span<const PathStep> steps);

// The part from the first `start` on and up to the first `end`, shortened to
// so many steps: the first ones, with an end the last ones, with both of them
// half from either side and "..." between. Nothing if either is missing.
std::optional<Path> limited_path(Path path, const PathRule& rule);

// The edges of all paths, the most walked first; only those that can be
// reached from a first step.
std::vector<PathEdge> path_edges(const std::vector<Path>& paths,
                                 const PathRule& rule);

// Whether the item contains the pattern, in which * is any text.
bool matches_grouping(std::string_view item, std::string_view pattern);

}  // namespace claribi::demo
