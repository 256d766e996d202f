// SPDX-License-Identifier: MIT
#include "demo/path_edges.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::demo {

namespace {

constexpr int64_t pause_ms = 30LL * 60 * 1000;

struct Walked {
  int64_t count = 0;
  double total_ms = 0;
};

using Edges = std::map<std::pair<std::string, std::string>, Walked>;

Path::iterator find_item(Path& path, const std::string& item) {
  return std::ranges::find(path, item, &PathStep::item);
}

// The first half, "..." and the last half.
Path shortened(const Path& path, size_t steps) {
  const size_t half = steps / 2;
  const auto size = static_cast<std::ptrdiff_t>(half);
  Path result(path.begin(), path.begin() + size);
  result.push_back({.at = path[half].at, .item = "..."});
  result.insert(result.end(), path.end() - size, path.end());
  return result;
}

void add_path(Edges& edges, const Path& path) {
  for (size_t i = 1; i < path.size(); ++i) {
    auto& walked = edges[{fmt::format("{}_{}", i, path[i - 1].item),
                          fmt::format("{}_{}", i + 1, path[i].item)}];
    ++walked.count;
    walked.total_ms += static_cast<double>(path[i].at - path[i - 1].at);
  }
}

std::vector<PathEdge> ranked(const Edges& edges, const PathRule& rule) {
  std::vector<PathEdge> list;
  for (const auto& [ends, walked] : edges) {
    if (rule.least > 0 && walked.count < rule.least) continue;
    if (rule.most > 0 && walked.count > rule.most) continue;
    list.push_back(
        {.source = ends.first,
         .target = ends.second,
         .count = walked.count,
         .average_ms = walked.total_ms / static_cast<double>(walked.count)});
  }
  // Stable: equal ones stay in the order of their names.
  std::ranges::stable_sort(list, std::greater(), &PathEdge::count);
  if (list.size() > rule.edges) list.resize(rule.edges);
  return list;
}

}  // namespace

std::vector<Path> split_paths(std::span<const PathStep> steps) {
  std::vector<Path> paths;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (i == 0 || steps[i].at - steps[i - 1].at >= pause_ms) {
      paths.emplace_back();
    }
    Path& path = paths.back();
    if (!path.empty() && path.back().item == steps[i].item) path.pop_back();
    path.push_back(steps[i]);
  }
  return paths;
}

std::optional<Path> limited_path(Path path, const PathRule& rule) {
  if (!rule.start.empty()) {
    const auto start = find_item(path, rule.start);
    if (start == path.end()) return std::nullopt;
    path.erase(path.begin(), start);
  }
  if (!rule.end.empty()) {
    const auto end = find_item(path, rule.end);
    if (end == path.end()) return std::nullopt;
    path.erase(std::next(end), path.end());
  }
  if (path.size() <= rule.steps) return path;
  if (!rule.start.empty() && !rule.end.empty()) {
    return shortened(path, rule.steps);
  }
  const auto extra = static_cast<std::ptrdiff_t>(path.size() - rule.steps);
  if (rule.end.empty()) {
    path.erase(path.end() - extra, path.end());
  } else {
    path.erase(path.begin(), path.begin() + extra);
  }
  return path;
}

std::vector<PathEdge> path_edges(const std::vector<Path>& paths,
                                 const PathRule& rule) {
  Edges edges;
  for (const Path& path : paths)
    add_path(edges, path);
  auto list = ranked(edges, rule);
  // A later step is known by its number, so each look goes one step further.
  std::set<std::string, std::less<>> reached;
  for (size_t more = 1; more > 0;) {
    more = 0;
    for (const PathEdge& edge : list) {
      const bool known =
          edge.source.starts_with("1_") || reached.contains(edge.source);
      if (known && reached.insert(edge.target).second) ++more;
    }
  }
  std::erase_if(list, [&](const PathEdge& edge) {
    return !edge.source.starts_with("1_") && !reached.contains(edge.source);
  });
  return list;
}

bool matches_grouping(std::string_view item, std::string_view pattern) {
  for (const auto& part : split(pattern, '*')) {
    const auto at = item.find(part);
    if (at == std::string_view::npos) return false;
    item.remove_prefix(at + part.size());
  }
  return true;
}

}  // namespace claribi::demo
