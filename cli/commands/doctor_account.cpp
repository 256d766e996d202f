// SPDX-License-Identifier: MIT
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands/doctor_checks.hpp"
#include "cli/keys.hpp"
#include "cli/verification.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {
namespace {

// Where the key of that source would come from.
std::string key_place(const Context& context, const Source& source) {
  const source::Vendor* vendor = source::find_vendor(source.vendor);
  const std::string_view variable =
      vendor == nullptr ? "" : key_variable(context.environment(), *vendor);
  if (!variable.empty() && context.takes_environment_key(source)) {
    return "from " + std::string(variable);
  }
  return "from the vault";
}

Check tools_check(const source::Vendor& vendor, const Verified& verified,
                  const std::string& version) {
  size_t missing = 0;
  std::vector<std::string> scopes;
  for (const MissingTools& group : verified.missing) {
    missing += group.tools.size();
    if (!group.scope.empty()) scopes.push_back(group.scope);
  }
  Check check{"tools", Finding::ok,
              vendor.catalog.empty()
                  ? fmt::format("{} tools, MCP {}", verified.offered, version)
                  : fmt::format("{} of {} wanted tools, MCP {}",
                                vendor.catalog.size() - missing,
                                vendor.catalog.size(), version)};
  if (scopes.empty()) return check;
  check.finding = Finding::warning;
  check.detail += "; missing scopes: " + join(scopes, ", ");
  check.next = fmt::format("add the scopes to the key: {}", vendor.key_page);
  return check;
}

bool is_of_key(const Error& error) {
  return error.kind == ErrorKind::key_rejected ||
         error.kind == ErrorKind::scope_missing;
}

// What the server says to the key, which comes from `place`.
std::vector<Check> asked(Context& context, const Source& source,
                         const Secret& key, const std::string& place) {
  const source::Vendor& vendor = *source::find_vendor(source.vendor);
  const auto verified = verify(context, source, key);
  if (!verified && is_of_key(verified.error())) {
    return {failed_check("key", verified.error())};
  }
  if (!verified) {
    return {{"key", Finding::skipped, place + ", not tried"},
            failed_check("tools", verified.error())};
  }
  const auto connection = context.connection();
  const auto server = connection ? (*connection)->server()
                                 : std::unexpected(connection.error());
  return {{"key", Finding::ok, key.empty() ? place : place + ", accepted"},
          tools_check(vendor, *verified,
                      server ? server->protocol_version : "unknown")};
}

}  // namespace

std::vector<Check> check_account(Context& context, const Source& source,
                                 bool is_open) {
  const source::Vendor& vendor = *source::find_vendor(source.vendor);
  if (vendor.local) {
    return asked(context, source, {}, "none is needed");
  }
  const auto key = context.key_of(source);
  if (!key) return {failed_check("key", key.error())};
  const std::string place = key_place(context, source);
  if (key->empty() && !vendor.needs_key) {
    return asked(context, source, {}, "none is stored");
  }
  if (key->empty()) {
    return {{"key", Finding::failed, "there is none",
             "put one into POSTHOG_API_KEY, or: claribi connect posthog"}};
  }
  if (const auto checked = vendor.check_key(key->view()); !checked) {
    Check check = failed_check("key", checked.error());
    check.detail = place + ": " + check.detail;
    return {std::move(check)};
  }
  if (!is_open) {
    return {{"key", Finding::skipped, place + ", not tried"},
            {"tools", Finding::skipped, "not reached"}};
  }
  return asked(context, source, *key, place);
}

}  // namespace claribi::cli
