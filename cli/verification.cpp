// SPDX-License-Identifier: MIT
#include "cli/verification.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/output/cells.hpp"
#include "cli/refusal.hpp"

namespace claribi::cli {
namespace {

// Whether a key without that scope would see what is offered.
bool is_granted(const source::Vendor& vendor, const source::Dialect& dialect,
                std::string_view scope) {
  return std::ranges::any_of(
      vendor.catalog, [&](const source::CatalogTool& tool) {
        return tool.scope == scope && vendor.is_available(tool.name, dialect);
      });
}

// By scope, the wanted tools that the server offers under no name. Where
// another tool of the same scope is offered, the scope is not what lacks.
std::vector<MissingTools> missing_tools(const source::Vendor& vendor,
                                        const source::Dialect& dialect) {
  std::vector<MissingTools> missing;
  for (const source::CatalogTool& tool : vendor.catalog) {
    if (vendor.is_available(tool.name, dialect)) continue;
    const std::string scope(is_granted(vendor, dialect, tool.scope)
                                ? std::string_view()
                                : tool.scope);
    auto group = std::ranges::find(missing, scope, &MissingTools::scope);
    if (group == missing.end()) {
      group = missing.insert(group, {.scope = scope});
    }
    group->tools.emplace_back(tool.name);
  }
  return missing;
}

// A server that did not see which mode it was asked for, and whose gateway
// does not answer.
std::unexpected<Error> closed_gateway(const source::Vendor& vendor) {
  return fail(
      ErrorKind::protocol,
      fmt::format("the server lists only '{}': it is in the mode for "
                  "assistants and did not see that claribi asked for tools",
                  vendor.gateway->tool),
      {"something between drops the query and the headers of a request: "
       "connect to the server itself, or mend the proxy"});
}

std::unexpected<Error> nothing_offered(const source::Vendor& vendor) {
  return fail(ErrorKind::scope_missing,
              "the key has no scope for any of the tools that claribi may call",
              {fmt::format("make a key with the preset: {}", vendor.key_page),
               "see the scopes: claribi catalog " + std::string(vendor.name)});
}

bool is_interruption(const Error& error) {
  return error.kind == ErrorKind::interrupted ||
         error.kind == ErrorKind::terminated;
}

Result<std::vector<Project>> read_projects(source::Connection& connection) {
  const source::Vendor& vendor = *connection.target().vendor;
  CLARIBI_TRY_ASSIGN(const auto* dialect, connection.dialect());
  std::vector<Project> projects;
  if (!dialect->offers(vendor.projects_tool)) return projects;
  const auto outcome = connection.call({std::string(vendor.projects_tool)});
  if (!outcome && is_interruption(outcome.error())) {
    return std::unexpected(outcome.error());
  }
  // A key that cannot list them may still be good for one.
  if (!outcome || outcome->undecoded) return projects;
  for (size_t row = 0; row < outcome->table.rows.size(); ++row) {
    projects.push_back(
        {.id = plain_cell(outcome->table.cell(row, "id")),
         .name = plain_cell(outcome->table.cell(row, "name")),
         .time_zone = plain_cell(outcome->table.cell(row, "timezone"))});
  }
  std::erase_if(projects, [](const Project& one) { return one.id.empty(); });
  return projects;
}

std::unexpected<Error> foreign_project(const std::string& project,
                                       const std::vector<Project>& projects) {
  std::vector<std::string> known;
  known.reserve(projects.size());
  for (const Project& one : projects) {
    known.push_back(fmt::format("{} ({})", one.id, one.name));
  }
  return fail(ErrorKind::scope_missing,
              fmt::format("it may not read the project {}",
                          escape_terminal_line(project)),
              {escape_terminal_line("it may read: " + join(known, ", ")),
               "choose one with --project ID"});
}

// Asks for the pinned project, if any list is offered that belongs to one.
Result<void> check_project(source::Connection& connection,
                           const std::vector<Project>& projects) {
  const std::string& project = connection.target().pins.project;
  if (project.empty()) return {};
  if (!projects.empty()) {
    const bool known =
        std::ranges::find(projects, project, &Project::id) != projects.end();
    if (known) return {};
    return foreign_project(project, projects);
  }
  CLARIBI_TRY_ASSIGN(const auto* dialect, connection.dialect());
  for (std::string_view tool : connection.target().vendor->project_probes) {
    if (!dialect->offers(tool)) continue;
    CLARIBI_TRY(
        connection.call({std::string(tool), json::Value().set("limit", 1)}));
    return {};
  }
  return {};
}

Result<Verified> verify_connection(Context& context, const Source& source,
                                   source::Connection& connection) {
  // What an earlier run was told proves nothing.
  const source::Vendor& vendor = *connection.target().vendor;
  if (const auto listed = connection.tools(source::Freshness::now); !listed) {
    if (connection.behind_gateway()) return closed_gateway(vendor);
    return std::unexpected(plain_refusal(context, source, listed.error()));
  }
  if (connection.behind_gateway()) {
    context.say(
        fmt::format("note: the server is in its mode for assistants: "
                    "tools are called through {}",
                    vendor.gateway->tool));
  }
  CLARIBI_TRY_ASSIGN(const auto* dialect, connection.dialect());
  Verified verified{.offered = dialect->tools.size(),
                    .missing = missing_tools(vendor, *dialect)};
  const bool is_catalogued = !vendor.catalog.empty();
  if (verified.offered == 0 && is_catalogued) return nothing_offered(vendor);
  CLARIBI_TRY_ASSIGN(verified.projects, read_projects(connection));
  CLARIBI_TRY(check_project(connection, verified.projects));
  return verified;
}

Result<Secret> copy_of(const Secret& key) {
  if (key.empty()) return Secret();
  return Secret::copy_of(key.view());
}

// Only the vendor's own hosts are asked, with the key that is meant for it.
// Null if none accepts it.
Result<const source::Region*> accepting_region(Context& context,
                                               const Source& source,
                                               const Secret& key) {
  for (const source::Region& region :
       source::find_vendor(source.vendor)->regions) {
    if (region.url == source.url) continue;
    Source other = source;
    other.url = region.url;
    CLARIBI_TRY_ASSIGN(Secret sent, copy_of(key));
    CLARIBI_TRY_ASSIGN(auto* connection, context.open(other, std::move(sent)));
    const auto listed = connection->tools(source::Freshness::now);
    if (listed) return &region;
    if (is_interruption(listed.error())) {
      return std::unexpected(listed.error());
    }
  }
  return nullptr;
}

}  // namespace

const Project* Verified::project(std::string_view id) const {
  const auto found = std::ranges::find(projects, id, &Project::id);
  return found == projects.end() ? nullptr : &*found;
}

Error not_verified(Error cause) {
  cause.message = "Could not verify API key: " + cause.message;
  return cause;
}

Result<Verified> verify(Context& context, const Source& source,
                        const Secret& key) {
  CLARIBI_TRY_ASSIGN(Secret sent, copy_of(key));
  CLARIBI_TRY_ASSIGN(auto* connection, context.open(source, std::move(sent)));
  auto verified = verify_connection(context, source, *connection);
  if (verified) return verified;
  if (key.empty()) {
    return because(std::move(verified).error(), "could not connect");
  }
  return std::unexpected(not_verified(std::move(verified).error()));
}

Result<Verified> verify_in_region(Context& context, Source& source,
                                  const Secret& key, RegionChoice choice) {
  auto verified = verify(context, source, key);
  const auto* here =
      source::region_at(*source::find_vendor(source.vendor), source.url);
  if (verified || here == nullptr ||
      verified.error().kind != ErrorKind::key_rejected) {
    return verified;
  }
  CLARIBI_TRY_ASSIGN(const auto* other, accepting_region(context, source, key));
  if (other == nullptr) {
    verified.error().message += "; no other region knows it either";
    return verified;
  }
  if (choice == RegionChoice::fixed) {
    return std::unexpected(not_verified(
        {ErrorKind::key_rejected,
         fmt::format("the region {} does not know it, the region {} does",
                     here->name, other->name),
         {fmt::format("claribi connect {} --region {}", source.vendor,
                      other->name)}}));
  }
  context.say(fmt::format("the key belongs to the region {}", other->name));
  source.url = other->url;
  return verify(context, source, key);
}

void say_missing(Context& context, const source::Vendor& vendor,
                 const std::vector<MissingTools>& missing) {
  bool is_scope = false;
  for (const MissingTools& group : missing) {
    const std::string tools = join(group.tools, ", ");
    context.say(group.scope.empty()
                    ? "note: this server does not have: " + tools
                    : fmt::format("note: no {}: the key lacks the scope {}, or "
                                  "the server is too old",
                                  tools, group.scope));
    is_scope = is_scope || !group.scope.empty();
  }
  if (is_scope && !vendor.key_page.empty()) {
    context.say(
        fmt::format("note: scopes are added here: {}",
                    vendor.key_page.substr(0, vendor.key_page.find('?'))));
  }
}

json::Value names_of_missing(const std::vector<MissingTools>& missing) {
  json::Value names = json::Array{};
  for (const MissingTools& group : missing) {
    for (const std::string& tool : group.tools)
      names.push(tool);
  }
  return names;
}

json::Value scopes_of_missing(const std::vector<MissingTools>& missing) {
  json::Value scopes = json::Array{};
  for (const MissingTools& group : missing) {
    if (!group.scope.empty()) scopes.push(group.scope);
  }
  return scopes;
}

}  // namespace claribi::cli
