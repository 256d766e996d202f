// SPDX-License-Identifier: MIT
// Dashboards, feature flags and cohorts: the objects of the description, in
// the rows and frames of PostHog's tools.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/cohorts.hpp"
#include "demo/insights.hpp"
#include "demo/rest.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr size_t usual_page = 100;
constexpr size_t largest_page = 500;

// The value, or what PostHog has where the description is silent.
json::Value or_else(const json::Value& value, const json::Value& fallback) {
  return value.is_null() ? fallback : value;
}

bool matches_search(const json::Value& object, const json::Value& arguments,
                    std::initializer_list<std::string_view> members) {
  const auto wanted = plain_text(arguments["search"]);
  return wanted.empty() ||
         std::ranges::any_of(members, [&](std::string_view member) {
           return contains_ignoring_case(object[member].text_or(""), wanted);
         });
}

json::Value creator() {
  json::Value user;
  user.set("id", 1).set("first_name", "Demo");
  user.set("email", "demo@hogshare.example");
  return user;
}

std::string own_url(std::string_view collection, const json::Value& object) {
  return product_url(
      fmt::format("{}/{}", collection, plain_text(object["id"])));
}

// The schema of a list that can only be searched and paged.
json::Value search_schema(std::string_view what) {
  auto schema = constant(R"json({"type":"object","properties":{
"limit":{"type":"number","description":"How many results a page has."},
"offset":{"type":"number","description":"How many results to skip."},
"search":{"type":"string"}}})json");
  schema.member("properties")
      .member("search")
      .set("description", fmt::format("Part of {}, in any case.", what));
  return schema;
}

json::Value id_schema(std::string_view what) {
  auto schema = constant(R"json({"type":"object","properties":{
"id":{"type":"number"}},"required":["id"]})json");
  schema.member("properties")
      .member("id")
      .set("description", fmt::format("The number of the {}.", what));
  return schema;
}

json::Value dashboard_row(const json::Value& dashboard) {
  json::Value row;
  row.set("id", dashboard["id"]).set("name", dashboard["name"]);
  row.set("description", or_else(dashboard["description"], ""));
  row.set("pinned", or_else(dashboard["pinned"], false));
  row.set("created_at", dashboard["created_at"]);
  row.set("created_by", creator());
  row.set("is_shared", false).set("deleted", false);
  row.set("tags", or_else(dashboard["tags"], json::Array()));
  row.set("team_id", 1);
  row.set("_posthogUrl", own_url("dashboard", dashboard));
  return row;
}

// A tile names an insight of the project or has its own.
json::Value insight_of(const Project& project, const json::Value& reference) {
  if (reference.is_object()) return insight_summary(reference);
  return insight_summary(
      find_object(project.insights, "short_id", reference.text_or("")));
}

json::Value tile_of(const Project& project, const json::Value& dashboard,
                    size_t order) {
  const auto& entry = dashboard["tiles"].at(order);
  json::Value tile;
  tile.set("id", (integer_of(dashboard["id"]).value_or(0) * 100) +
                     static_cast<int64_t>(order) + 1);
  tile.set("order", order);
  tile.set("layouts", json::Object());
  if (entry.has("text")) {
    tile.set("text", entry["text"]);
  } else {
    tile.set(
        "insight",
        insight_of(project, entry.has("insight") ? entry["insight"] : entry));
  }
  return tile;
}

json::Value flag_row(const json::Value& flag) {
  json::Value row;
  row.set("id", flag["id"]).set("key", flag["key"]);
  row.set("name", or_else(flag["name"], ""));
  row.set("active", or_else(flag["active"], true));
  row.set("updated_at", or_else(flag["updated_at"], flag["created_at"]));
  row.set("status", or_else(flag["status"], "ACTIVE"));
  row.set("tags", or_else(flag["tags"], json::Array()));
  row.set("filters", flag["filters"]);
  row.set("_posthogUrl", own_url("feature_flags", flag));
  return row;
}

bool is_wanted_flag(const json::Value& flag, const json::Value& arguments) {
  const auto key = plain_text(arguments["key"]);
  if (!key.empty() && lower(flag["key"].text_or("")) != lower(key)) {
    return false;
  }
  const bool active = flag["active"].boolean().value_or(true);
  const auto state = arguments["active"].text_or("");
  if (state == "true" && !active) return false;
  if (state == "false" && active) return false;
  if (state == "STALE" && flag["status"].text_or("") != "STALE") return false;
  const auto type = arguments["type"].text_or("");
  const bool multivariate = !flag["filters"]["multivariate"].is_null();
  if (type == "boolean" && multivariate) return false;
  if (type == "multivariant" && !multivariate) return false;
  return matches_search(flag, arguments, {"key", "name"});
}

[[nodiscard]] Result<json::Value> count_of(const World& world,
                                           const json::Value& cohort) {
  Parameters parameters;
  CLARIBI_TRY_ASSIGN(const auto members,
                     cohort_members_sql(world, cohort, parameters));
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(world.store, parameters,
                  fmt::format("SELECT count(*) FROM ({})", members)));
  return to_json(rows.rows[0][0]);
}

[[nodiscard]] Result<json::Value> cohort_row(const World& world,
                                             const json::Value& cohort) {
  json::Value row;
  row.set("id", cohort["id"]).set("name", cohort["name"]);
  row.set("description", or_else(cohort["description"], ""));
  CLARIBI_TRY_ASSIGN(auto count, count_of(world, cohort));
  row.set("count", std::move(count));
  row.set("is_static", or_else(cohort["is_static"], false));
  row.set("created_at", cohort["created_at"]);
  row.set("_posthogUrl", own_url("cohorts", cohort));
  return row;
}

}  // namespace

json::Value dashboards_get_all_schema() {
  return search_schema("the name or the description");
}

Result<ToolAnswer> dashboards_get_all(const World& world,
                                      const json::Value& args) {
  CLARIBI_TRY(
      check_arguments("dashboards-get-all", dashboards_get_all_schema(), args));
  json::Array rows;
  for (const auto& dashboard : world.project.dashboards) {
    if (matches_search(dashboard, args, {"name", "description"})) {
      rows.push_back(dashboard_row(dashboard));
    }
  }
  std::ranges::stable_sort(rows, [](const auto& a, const auto& b) {
    return a["pinned"].boolean().value_or(false) &&
           !b["pinned"].boolean().value_or(false);
  });
  return ToolAnswer{
      .value = page_frame(rows, read_page(args, usual_page, largest_page),
                          "dashboards", "dashboard")};
}

json::Value dashboard_get_schema() {
  return id_schema("dashboard");
}

Result<ToolAnswer> dashboard_get(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("dashboard-get", dashboard_get_schema(), args));
  const auto id = plain_text(args["id"]);
  const auto& dashboard = find_object(world.project.dashboards, "id", id);
  if (dashboard.is_null()) return fail_missing("dashboards", id);
  auto value = dashboard_row(dashboard);
  json::Array tiles;
  for (size_t i = 0; i < dashboard["tiles"].size(); ++i) {
    tiles.push_back(tile_of(world.project, dashboard, i));
  }
  const auto url = value.remove("_posthogUrl");
  value.set("filters", or_else(dashboard["filters"], json::Object()));
  value.set("tiles", std::move(tiles)).set("_posthogUrl", url);
  return ToolAnswer{.value = std::move(value)};
}

json::Value feature_flag_get_all_schema() {
  auto schema = search_schema("the key or the name");
  schema.member("properties")
      .set("key", constant(R"json({"type":"string",
"description":"The whole key, in any case."})json"))
      .set("active", constant(R"json({"type":"string",
"enum":["true","false","STALE"],
"description":"Only flags that are on, off or no longer needed."})json"))
      .set("type", constant(R"json({"type":"string",
"enum":["boolean","multivariant"]})json"));
  return schema;
}

Result<ToolAnswer> feature_flag_get_all(const World& world,
                                        const json::Value& args) {
  CLARIBI_TRY(check_arguments("feature-flag-get-all",
                              feature_flag_get_all_schema(), args));
  json::Array rows;
  for (const auto& flag : world.project.flags) {
    if (is_wanted_flag(flag, args)) rows.push_back(flag_row(flag));
  }
  return ToolAnswer{
      .value = page_frame(rows, read_page(args, usual_page, largest_page),
                          "feature_flags", "feature_flags")};
}

json::Value feature_flag_get_definition_schema() {
  return id_schema("feature flag");
}

Result<ToolAnswer> feature_flag_get_definition(const World& world,
                                               const json::Value& args) {
  // The names of earlier generations are still understood.
  json::Value known = args;
  for (const char* alias : {"flagId", "flag_id", "feature_flag_id"}) {
    if (known["id"].is_null()) known.set("id", args[alias]);
  }
  const auto& old_key = args["flagKey"];
  const auto key = plain_text(old_key.is_null() ? args["key"] : old_key);
  const bool by_key = known["id"].is_null() && !key.empty();
  if (!by_key) {
    CLARIBI_TRY(check_arguments("feature-flag-get-definition",
                                feature_flag_get_definition_schema(), known));
  }
  const auto wanted = by_key ? key : plain_text(known["id"]);
  const auto& flag =
      find_object(world.project.flags, by_key ? "key" : "id", wanted);
  if (flag.is_null()) return fail_missing("feature_flags", wanted);
  json::Value value = flag_row(flag);
  const auto url = value.remove("_posthogUrl");
  value.set("deleted", false).set("archived", false);
  value.set("created_at", flag["created_at"]).set("created_by", creator());
  value.set("version", or_else(flag["version"], 1));
  value.set("ensure_experience_continuity", false);
  value.set("evaluation_runtime", "all").set("_posthogUrl", url);
  return ToolAnswer{.value = std::move(value)};
}

json::Value cohorts_list_schema() {
  return search_schema("the name");
}

Result<ToolAnswer> cohorts_list(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("cohorts-list", cohorts_list_schema(), args));
  json::Array rows;
  for (const auto& cohort : world.project.cohorts) {
    if (!matches_search(cohort, args, {"name"})) continue;
    CLARIBI_TRY_ASSIGN(auto row, cohort_row(world, cohort));
    rows.push_back(std::move(row));
  }
  return ToolAnswer{
      .value = page_frame(rows, read_page(args, usual_page, largest_page),
                          "cohorts", "cohorts"),
      .structured = true};
}

json::Value cohorts_retrieve_schema() {
  return id_schema("cohort");
}

Result<ToolAnswer> cohorts_retrieve(const World& world,
                                    const json::Value& args) {
  CLARIBI_TRY(
      check_arguments("cohorts-retrieve", cohorts_retrieve_schema(), args));
  const auto id = plain_text(args["id"]);
  const auto& cohort = find_object(world.project.cohorts, "id", id);
  if (cohort.is_null()) return fail_missing("cohorts", id);
  CLARIBI_TRY_ASSIGN(auto value, cohort_row(world, cohort));
  const auto url = value.remove("_posthogUrl");
  value.set("filters", cohort["filters"]).set("is_calculating", false);
  value.set("created_by", creator()).set("_posthogUrl", url);
  return ToolAnswer{.value = std::move(value), .structured = true};
}

}  // namespace claribi::demo
