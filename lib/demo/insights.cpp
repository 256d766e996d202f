// SPDX-License-Identifier: MIT
// The saved insights of the project. They are run when they are asked for.
#include "demo/insights.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/rest.hpp"
#include "demo/schema_parts.hpp"
#include "demo/tools.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr size_t usual_page = 100;
constexpr size_t largest_page = 500;
constexpr size_t short_id_length = 8;

// What the list calls the kinds of insights.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types = {
    {{"TRENDS", "TrendsQuery"},
     {"FUNNELS", "FunnelsQuery"},
     {"RETENTION", "RetentionQuery"},
     {"LIFECYCLE", "LifecycleQuery"},
     {"STICKINESS", "StickinessQuery"},
     {"PATHS", "PathsQuery"},
     {"SQL", "HogQLQuery"}}};

json::Value or_else(const json::Value& value, const json::Value& fallback) {
  return value.is_null() ? fallback : value;
}

std::string insight_url(const json::Value& insight) {
  return product_url("insights/" + plain_text(insight["short_id"]));
}

json::Value wrapped(const json::Value& query) {
  const auto kind = query["kind"].text_or("");
  if (!kind.ends_with("Query")) return query;
  return json::Object{{"kind", kind == "HogQLQuery" ? "DataVisualizationNode"
                                                    : "InsightVizNode"},
                      {"source", query}};
}

// Eight letters or digits are always a short id, anything else a number.
[[nodiscard]] Result<const json::Value*> find_insight(
    const World& world, const json::Value& reference) {
  const auto id = plain_text(reference);
  const bool is_short = reference.is_string() && id.size() == short_id_length &&
                        std::ranges::all_of(id, [](unsigned char c) {
                          return std::isalnum(c) != 0;
                        });
  const auto& insight =
      find_object(world.project.insights, is_short ? "short_id" : "id", id);
  if (insight.is_null()) return fail_missing("insights", id);
  return &insight;
}

json::Array dashboards_with(const Project& project,
                            const json::Value& insight) {
  json::Array ids;
  for (const auto& dashboard : project.dashboards) {
    const auto& tiles = dashboard["tiles"].items();
    const bool shown = std::ranges::any_of(tiles, [&](const json::Value& tile) {
      return tile == insight["short_id"] ||
             tile["insight"] == insight["short_id"];
    });
    if (shown) ids.push_back(dashboard["id"]);
  }
  return ids;
}

json::Value creator() {
  return json::Object{
      {"id", 1}, {"first_name", "Demo"}, {"email", "demo@hogshare.example"}};
}

// What the list tells of an insight: no query.
json::Value insight_row(const Project& project, const json::Value& insight) {
  return json::Object{{"id", insight["id"]},
                      {"short_id", insight["short_id"]},
                      {"name", or_else(insight["name"], "")},
                      {"derived_name", insight["derived_name"]},
                      {"description", or_else(insight["description"], "")},
                      {"tags", or_else(insight["tags"], json::Array())},
                      {"favorited", or_else(insight["favorited"], false)},
                      {"dashboards", dashboards_with(project, insight)},
                      {"created_at", insight["created_at"]},
                      {"created_by", creator()},
                      {"last_modified_at", or_else(insight["last_modified_at"],
                                                   insight["created_at"])},
                      {"_posthogUrl", insight_url(insight)}};
}

bool has_words(const json::Value& insight, const std::string& wanted) {
  if (wanted.empty()) return true;
  for (const char* name : {"name", "derived_name", "description"}) {
    if (contains_ignoring_case(insight[name].text_or(""), wanted)) return true;
  }
  return std::ranges::any_of(
      insight["tags"].items(), [&](const json::Value& tag) {
        return contains_ignoring_case(tag.text_or(""), wanted);
      });
}

bool is_of_type(const json::Value& insight, std::string_view type) {
  if (type.empty()) return true;
  const auto kind = inner_query(insight["query"])["kind"].text_or("");
  return std::ranges::find(types, std::pair{type, std::string_view(kind)}) !=
         types.end();
}

bool is_wanted(const json::Value& insight, const json::Value& args) {
  const auto short_id = args["short_id"].text_or("");
  if (!short_id.empty() && insight["short_id"].text_or("") != short_id) {
    return false;
  }
  const bool favorite = insight["favorited"].boolean().value_or(false);
  if (args["favorited"].boolean().value_or(false) && !favorite) return false;
  // All of the demo's insights are saved.
  if (!args["saved"].boolean().value_or(true)) return false;
  return is_of_type(insight, args["insight"].text_or("")) &&
         has_words(insight, plain_text(args["search"]));
}

// An object, or the text of one.
[[nodiscard]] Result<json::Value> read_override(const json::Value& written) {
  const auto text = written.string();
  if (!text) return written;
  auto parsed = json::parse(*text);
  if (!parsed || !parsed->is_object()) {
    return fail(ErrorKind::tool_error,
                "Validation error: filters_override is not a JSON object");
  }
  return parsed;
}

// The query with other dates and with further filters.
json::Value with_override(json::Value query, const json::Value& filters) {
  json::Value source = inner_query(query);
  for (const char* name : {"date_from", "date_to"}) {
    if (!filters.has(name)) continue;
    json::Value range = source["dateRange"];
    source.set("dateRange", range.set(name, filters[name]));
  }
  if (filters.has("properties")) {
    json::Array all;
    for (const auto& both : {source["properties"], filters["properties"]}) {
      if (!both.is_null()) all.push_back(both);
    }
    source.set("properties", std::move(all));
  }
  if (!query.has("source")) return source;
  return query.set("source", std::move(source));
}

json::Value reference_schema(std::string_view member) {
  json::Value reference = json::Object{
      {"type", json::Array{json::Value("number"), json::Value("string")}},
      {"description", "The insight's number or its 8-character short id."}};
  json::Value overrides = json::Object{
      {"type", json::Array{json::Value("object"), json::Value("string")}},
      {"description", "date_from, date_to and properties for this run."}};
  json::Value properties = json::Object{};
  properties.set(member, std::move(reference));
  properties.set("filters_override", std::move(overrides));
  return json::Object{{"type", "object"},
                      {"properties", std::move(properties)},
                      {"required", json::Array{json::Value(member)}}};
}

}  // namespace

const json::Value& inner_query(const json::Value& node) {
  return node.has("source") ? node["source"] : node;
}

json::Value insight_summary(const json::Value& insight) {
  json::Value out;
  for (const char* name : {"id", "short_id", "name"}) {
    out.set(name, insight[name]);
  }
  out.set("description", or_else(insight["description"], ""));
  out.set("query", wrapped(insight["query"]));
  out.set("tags", or_else(insight["tags"], json::Array()));
  out.set("saved", true);
  out.set("_posthogUrl", insight_url(insight));
  return out;
}

json::Value insights_list_schema() {
  std::vector<std::string_view> names;
  for (const auto& [type, kind] : types)
    names.push_back(type);
  json::Value properties = json::Object{
      {"limit", json::Object{{"type", "number"},
                             {"description", "How many a page has."}}},
      {"offset",
       json::Object{{"type", "number"}, {"description", "How many to skip."}}},
      {"search", text_schema("Part of the name, the description or a tag.")},
      {"short_id", text_schema("The whole short id.")},
      {"insight", choice_schema("Only insights of this type.", names, "")},
      {"favorited", json::Object{{"type", "boolean"}}},
      {"saved", json::Object{{"type", "boolean"}}}};
  return json::Object{{"type", "object"},
                      {"properties", std::move(properties)}};
}

Result<ToolAnswer> insights_list(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("insights-list", insights_list_schema(), args));
  json::Array rows;
  for (const auto& insight : world.project.insights) {
    if (is_wanted(insight, args)) {
      rows.push_back(insight_row(world.project, insight));
    }
  }
  return ToolAnswer{
      .value = page_frame(rows, read_page(args, usual_page, largest_page),
                          "insights", "insights")};
}

json::Value insight_get_schema() {
  return reference_schema("id");
}

Result<ToolAnswer> insight_get(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("insight-get", insight_get_schema(), args));
  CLARIBI_TRY_ASSIGN(const json::Value* insight,
                     find_insight(world, args["id"]));
  CLARIBI_TRY_ASSIGN(const auto filters,
                     read_override(args["filters_override"]));
  auto value = insight_row(world.project, *insight);
  const auto url = value.remove("_posthogUrl");
  value.set("saved", true).set("deleted", false);
  value.set("query", with_override(wrapped((*insight)["query"]), filters));
  value.set("_posthogUrl", url);
  return ToolAnswer{.value = std::move(value)};
}

json::Value insight_query_schema() {
  auto schema = reference_schema("insightId");
  schema.member("properties")
      .set("output_format",
           choice_schema("Output format", {"optimized", "json"}, "optimized"));
  return schema;
}

Result<ToolAnswer> insight_query(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("insight-query", insight_query_schema(), args));
  CLARIBI_TRY_ASSIGN(const json::Value* insight,
                     find_insight(world, args["insightId"]));
  CLARIBI_TRY_ASSIGN(const auto filters,
                     read_override(args["filters_override"]));
  const auto query = with_override(wrapped((*insight)["query"]), filters);
  auto answer = run_node(world, query);
  if (!answer) {
    return fail(ErrorKind::tool_error,
                "Failed to query insight: " + answer.error().message);
  }
  auto shown = insight_row(world.project, *insight);
  const auto url = shown.remove("_posthogUrl");
  shown.set("query", query).set("url", url);
  const auto& table = answer->value;
  json::Value results = table["results"];
  if (table.has("columns")) {
    results = json::Object{{"columns", table["columns"]},
                           {"results", table["results"]}};
  }
  return ToolAnswer{.value = json::Object{{"query", inner_query(query)},
                                          {"insight", std::move(shown)},
                                          {"results", std::move(results)},
                                          {"_posthogUrl", url}},
                    .structured = true};
}

}  // namespace claribi::demo
