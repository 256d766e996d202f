// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>

#include "json/reader.hpp"
#include "source/vendor.hpp"

namespace claribi::source {
namespace {

Dialect dialect_of(const Vendor& vendor, std::vector<OfferedTool> tools) {
  return {.tools = std::move(tools), .translate = vendor.translate};
}

TEST_CASE("query-run works wherever one kind of query does") {
  const Vendor& posthog = *find_vendor("posthog");
  CHECK(posthog.is_available("query-run",
                             dialect_of(posthog, {{"query-trends"}})));
  CHECK(posthog.is_available("query-run",
                             dialect_of(posthog, {{"execute-sql"}})));
  CHECK_FALSE(posthog.is_available("query-run",
                                   dialect_of(posthog, {{"persons-list"}})));
}

TEST_CASE("a wanted tool is available under its newer or older name") {
  const Vendor& posthog = *find_vendor("posthog");
  CHECK(posthog.is_available(
      "hogql-schema", dialect_of(posthog, {{"read-data-schema", {"query"}}})));
  CHECK(posthog.is_available("query-error-tracking-issues-list",
                             dialect_of(posthog, {{"list-errors"}})));
  CHECK_FALSE(posthog.is_available("hogql-schema", dialect_of(posthog, {})));
}

TEST_CASE("every wanted tool may be called, and so may what connect asks") {
  for (const Vendor& vendor : vendors()) {
    CAPTURE(vendor.name);
    const auto may_be_called = [&](std::string_view tool) {
      return std::ranges::find(vendor.read_only, tool) !=
             vendor.read_only.end();
    };
    for (const CatalogTool& tool : vendor.catalog)
      CHECK(may_be_called(tool.name));
    for (std::string_view tool : vendor.project_probes)
      CHECK(may_be_called(tool));
    if (!vendor.projects_tool.empty()) {
      CHECK(may_be_called(vendor.projects_tool));
    }
    CHECK_FALSE(may_be_called("exec"));
    CHECK_FALSE(may_be_called("switch-project"));
  }
}

TEST_CASE("only PostHog's own state is taken for its web application") {
  const Vendor& posthog = *find_vendor("posthog");
  CHECK(posthog.is_web_app(
      *json::parse(R"({"django":true,"realm":"hosted-clickhouse"})")));
  CHECK_FALSE(posthog.is_web_app(*json::parse(R"({"status":"ok"})")));
  CHECK_FALSE(posthog.is_web_app(*json::parse(R"("django realm")")));
}

}  // namespace
}  // namespace claribi::source
