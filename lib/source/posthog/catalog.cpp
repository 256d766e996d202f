// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>

#include "source/posthog/fit_arguments.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

constexpr std::array<Region, 2> regions{{
    {"us", "https://mcp.posthog.com/mcp"},
    {"eu", "https://mcp-eu.posthog.com/mcp"},
}};

constexpr std::array<CatalogTool, 15> catalog{{
    {"cohorts-list", "cohorts with their size", "List user cohorts.",
     "cohort:read"},
    {"cohorts-retrieve", "one cohort with its definition",
     "Show me the paying users cohort.", "cohort:read"},
    {"dashboard-get", "one dashboard with its tiles",
     "Show me the activation dashboard.", "dashboard:read"},
    {"dashboards-get-all", "all dashboards", "What dashboards exist?",
     "dashboard:read"},
    {"docs-search", "pages of PostHog's documentation",
     "How do I set up feature flags?", "project:read"},
    {"feature-flag-get-all", "feature flags and their rollout",
     "Which flags are at 100% rollout?", "feature_flag:read"},
    {"feature-flag-get-definition", "one flag with its conditions",
     "Show me the new-pricing flag definition.", "feature_flag:read"},
    {"hogql-schema", "the tables and properties that SQL can read",
     "What event properties can I query?", "query:read"},
    {"persons-list", "people, searched by e-mail or id",
     "Find people who triggered signup events.", "person:read"},
    {"persons-retrieve", "one person with all properties",
     "Show me person p_001.", "person:read"},
    {"query-error-tracking-issues-list", "error issues by how often they occur",
     "Top errors in the last 24 hours.", "error_tracking:read"},
    {"query-funnel", "how many people go from step to step",
     "Signup to first-action conversion?", "query:read"},
    {"query-run", "any query: trends, funnel or SQL",
     "Run the daily active users query.", "query:read"},
    {"query-session-recordings-list", "session recordings",
     "Recent session recordings for paying users?", "session_recording:read"},
    {"query-trends", "events or people over time",
     "Signups by day for the last 30 days.", "query:read"},
}};

// Without user:read the server refuses every request; the other three are
// what SQL and the reading of names ask for.
constexpr std::array<std::string_view, 4> base_scopes{
    "user:read", "insight:read", "event_definition:read",
    "property_definition:read"};

// The catalog, the names that the same tools had or have in other
// generations, and what reads the schema. None of them changes anything.
constexpr std::array<std::string_view, 31> read_only{
    "cohorts-list",
    "cohorts-retrieve",
    "dashboard-get",
    "dashboards-get-all",
    "docs-search",
    "event-definitions-list",
    "execute-sql",
    "feature-flag-get-all",
    "feature-flag-get-definition",
    "feature-flag-get-definition-by-key",
    "hogql-schema",
    "insight-get",
    "insight-query",
    "insights-get-all",
    "insights-list",
    "list-errors",
    "organizations-get",
    "persons-list",
    "persons-retrieve",
    "projects-get",
    "properties-list",
    "query-error-tracking-issues-list",
    "query-funnel",
    "query-lifecycle",
    "query-paths",
    "query-retention",
    "query-run",
    "query-session-recordings-list",
    "query-stickiness",
    "query-trends",
    "read-data-schema",
};

// Any of them tells whether a key may read a project.
constexpr std::array<std::string_view, 5> project_probes{
    "dashboards-get-all", "feature-flag-get-all", "cohorts-list",
    "persons-list", "query-error-tracking-issues-list"};

// By the server's own analytics of its tools.
constexpr std::array<std::string_view, 3> injected{"context", "llm_model",
                                                   "conversation_id"};

// What PostHog's Django application tells everybody of itself.
bool is_web_app(const json::Value& state) {
  return state["django"].boolean().has_value() && state.has("realm");
}

// query-run became one tool per kind of query; any of them carries it on.
constexpr std::array<std::string_view, 4> query_tools{
    "query-run", "query-trends", "query-funnel", "execute-sql"};

bool is_available(std::string_view canonical, const Dialect& dialect) {
  if (canonical == "query-run") {
    return std::ranges::any_of(query_tools, [&](std::string_view tool) {
      return dialect.offers(tool);
    });
  }
  const auto translated = translate({std::string(canonical)}, dialect);
  return translated && dialect.offers(translated->call.tool);
}

Vendor vendor_row() {
  Vendor vendor;
  vendor.catalog = catalog;
  vendor.read_only = read_only;
  vendor.check_key = check_key;
  vendor.pin = pin;
  vendor.injected = injected;
  vendor.other_name = other_name;
  vendor.shorthands = shorthands;
  vendor.translate = translate;
  vendor.is_available = is_available;
  vendor.decode = decode;
  vendor.next_page = next_page;
  vendor.events_in = events_in;
  vendor.never_began = never_began;
  vendor.explain = explain;
  vendor.gateway = &exec_gateway;
  vendor.schema_calls = schema_calls;
  vendor.more_schema_calls = more_schema_calls;
  vendor.read_schema = read_schema;
  vendor.values_call = values_call;
  vendor.read_values = read_values;
  return vendor;
}

}  // namespace

Vendor hosted_vendor() {
  Vendor vendor = vendor_row();
  vendor.name = "posthog";
  vendor.title = "PostHog";
  vendor.summary = "product analytics, flags, recordings and errors";
  vendor.key_page =
      "https://app.posthog.com/settings/user-api-keys?preset=mcp_server";
  vendor.regions = regions;
  vendor.key_variable = "POSTHOG_API_KEY";
  vendor.base_scopes = base_scopes;
  vendor.projects_tool = "projects-get";
  vendor.project_probes = project_probes;
  vendor.web_app_path = "/_preflight/";
  vendor.is_web_app = is_web_app;
  return vendor;
}

Vendor demo_vendor() {
  static constexpr std::array<Region, 1> here{{{"local", "demo://local/mcp"}}};
  Vendor vendor = vendor_row();
  vendor.name = "demo";
  vendor.title = "Demo";
  vendor.summary = "a made-up file-sharing product on this machine";
  vendor.needs_key = false;
  vendor.local = true;
  vendor.regions = here;
  return vendor;
}

}  // namespace claribi::source::posthog
