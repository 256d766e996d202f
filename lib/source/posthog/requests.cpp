// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/text.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// Every name that claribi may ask for, so that the server lists those and not
// some 650 tools in 3.7 MB.
std::string wanted_tools() {
  const Vendor vendor = hosted_vendor();
  std::vector<std::string> names(vendor.read_only.begin(),
                                 vendor.read_only.end());
  return join(names, ",");
}

}  // namespace

Result<void> check_key(std::string_view key) {
  const bool printable =
      std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
  if (key.empty() || !printable) {
    return fail(ErrorKind::key_rejected,
                "the API key is empty or has blanks or control characters",
                {"copy the key again; it begins with phx_"});
  }
  if (key.starts_with("phc_")) {
    return fail(ErrorKind::key_rejected,
                "this is a project key (phc_), which can only send events",
                {"make a personal API key (phx_) with the \"MCP Server\" "
                 "preset: https://app.posthog.com/settings/"
                 "user-api-keys?preset=mcp_server"});
  }
  if (!key.starts_with("phx_") && !key.starts_with("pha_")) {
    return fail(ErrorKind::key_rejected,
                "this is not a PostHog personal API key",
                {"a personal API key begins with phx_"});
  }
  return {};
}

void pin(net::Url& url, std::vector<net::Header>& headers, const Pins& pins) {
  // Both the parameter and the header: proxies drop one or the other. Without
  // mode=tools the server lists a single tool, `exec`.
  net::set_query(url, "mode", "tools");
  net::set_query(url, "readonly", "true");
  net::set_query(url, "tools", wanted_tools());
  headers.push_back({"x-posthog-mcp-mode", "tools"});
  headers.push_back({"x-posthog-read-only", "true"});
  if (!pins.project.empty()) {
    net::set_query(url, "project_id", pins.project);
    headers.push_back({"x-posthog-project-id", pins.project});
  }
  if (!pins.organization.empty()) {
    net::set_query(url, "organization_id", pins.organization);
    headers.push_back({"x-posthog-organization-id", pins.organization});
  }
}

}  // namespace claribi::source::posthog
