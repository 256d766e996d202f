// SPDX-License-Identifier: MIT
#include "cli/commands/connect_finish.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "cli/keys.hpp"
#include "cli/signals.hpp"
#include "cli/tool_pins.hpp"
#include "net/url.hpp"
#include "source/vendor.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

std::string shown(const Project& project) {
  return fmt::format("{} ({})", project.id, project.name);
}

void say_projects(Context& context, const Source& source,
                  const std::vector<Project>& projects) {
  std::vector<std::string> known;
  known.reserve(projects.size());
  for (const Project& project : projects)
    known.push_back(shown(project));
  context.say(fmt::format(
      "note: {} decides which project is asked; --project ID pins one of: {}",
      source::find_vendor(source.vendor)->title, join(known, ", ")));
}

}  // namespace

void settle_project(Context& context, Source& source,
                    const Verified& verified) {
  if (verified.projects.empty()) return;
  if (source.project.empty() && verified.projects.size() > 1) {
    return say_projects(context, source, verified.projects);
  }
  if (source.project.empty()) source.project = verified.projects.front().id;
  const Project* project = verified.project(source.project);
  if (project == nullptr) return;
  if (TimeZone::named(project->time_zone)) {
    source.time_zone = project->time_zone;
  }
  context.say(fmt::format("project: {}, time zone {}", shown(*project),
                          source.time_zone));
}

Result<void> keep(Context& context, const Source& source, const Secret& key) {
  if (const auto signal = noted_signal()) {
    return fail(*signal, "stopped before anything was stored");
  }
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY(make_private_folder(folder));
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(folder));
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  // First, for pins without a source harm nobody.
  if (!source::find_vendor(source.vendor)->local) {
    CLARIBI_TRY_ASSIGN(auto* connection, context.connection());
    CLARIBI_TRY_ASSIGN(const auto* tools, connection->tools());
    CLARIBI_TRY(pin_anew(context, *connection, *tools));
  }
  if (!key.empty()) {
    CLARIBI_TRY_ASSIGN(const net::Url url,
                       net::parse_url(source.url, net::PlainHttp::loopback));
    CLARIBI_TRY(store_key(context, source.name, key, url.origin));
  }
  const Source* before = list.find(source.name);
  if (before != nullptr && before->url != source.url) {
    context.say(
        fmt::format("note: {} was {} before", source.name, before->url));
  }
  const Source* current = list.find(list.default_name);
  // Whoever connects a real source no longer asks the demo.
  const bool take_over = current == nullptr ||
                         (current->vendor == "demo" && source.vendor != "demo");
  list.put(source);
  if (take_over) list.default_name = source.name;
  return write_sources(folder, list);
}

void say_connected(Context& context, const Source& source,
                   const Verified& verified) {
  say_missing(context, *source::find_vendor(source.vendor), verified.missing);
  context.say(fmt::format("connection ready: {} with {} tool{}", source.name,
                          verified.offered, verified.offered == 1 ? "" : "s"));
}

Result<void> print_connected(Context& context, const Source& source,
                             const Verified& verified) {
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  json::Value row;
  row.set("source", source.name).set("vendor", source.vendor);
  row.set("url", source.url);
  row.set("project",
          source.project.empty() ? json::Value() : json::Value(source.project));
  row.set("tools", verified.offered);
  row.set("missing", names_of_missing(verified.missing));
  row.set("missing_scopes", scopes_of_missing(verified.missing));
  row.set("default", list.default_name == source.name);
  return context.print({.table = table::from_object(row)});
}

}  // namespace claribi::cli
