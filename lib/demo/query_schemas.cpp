// SPDX-License-Identifier: MIT
// The input schemas of the query tools, as far as the demo reads them.
#include <string_view>
#include <vector>

#include "demo/schema_parts.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

json::Value trends_node_schema() {
  return json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"kind", choice_schema("What the series counts", {"EventsNode"},
                                  "EventsNode")},
           {"event", json::Object{{"type", json::Array{json::Value("string"),
                                                       json::Value("null")}},
                                  {"description",
                                   "The event or `null` for all events."}}},
           {"custom_name", text_schema("Display name")},
           {"math", choice_schema(
                        "How events become a number",
                        {"total", "dau", "weekly_active", "monthly_active",
                         "unique_session", "first_time_for_user", "sum", "avg",
                         "min", "max", "median", "p75", "p90", "p95", "p99"},
                        "total")},
           {"math_property",
            text_schema("The numeric property of sum, avg, min, max, median "
                        "and percentiles")},
           {"properties", properties_schema()}}}};
}

json::Value trends_filter_schema() {
  return json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"display",
            choice_schema(
                "Visualization type; BoldNumber, tables and "
                "pies give one total",
                {"ActionsLineGraph", "ActionsBar", "ActionsAreaGraph",
                 "ActionsLineGraphCumulative", "BoldNumber", "ActionsPie",
                 "ActionsBarValue", "ActionsTable", "WorldMap"},
                "ActionsLineGraph")},
           {"formulaNodes",
            json::Object{
                {"type", "array"},
                {"description", "Formulas such as `A/B` over the series"},
                {"items",
                 json::Object{
                     {"type", "object"},
                     {"properties",
                      json::Object{
                          {"formula", text_schema("Such as `A/B`")},
                          {"custom_name", text_schema("Display name")}}}}}}}}}};
}

json::Value funnels_filter_schema() {
  return json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"funnelOrderType",
            choice_schema("`ordered` - the steps in order; `strict` - with "
                          "nothing in between; `unordered` - in any order",
                          {"ordered", "unordered", "strict"}, "ordered")},
           {"funnelVizType",
            choice_schema("Form of the result", {"steps", "time_to_convert"},
                          "steps")},
           {"funnelWindowInterval",
            json::Object{{"type", "integer"}, {"default", 14}}},
           {"funnelWindowIntervalUnit",
            choice_schema("Unit of the conversion window",
                          {"second", "minute", "hour", "day", "week", "month"},
                          "day")},
           {"binCount", json::Object{{"type", "integer"}}}}}};
}

}  // namespace

json::Value query_trends_schema() {
  json::Value breakdown = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"property", text_schema("Name of the property")},
           {"type", choice_schema("Whose property it is",
                                  {"event", "person", "session"}, "event")}}},
      {"required", json::Array{json::Value("property")}}};
  json::Value properties = json::Object{
      {"series", json::Object{{"type", "array"},
                              {"description",
                               "Events to include, one entry for each "
                               "series"},
                              {"items", trends_node_schema()}}},
      {"dateRange", date_range_schema()},
      {"interval", choice_schema("Granularity of the response",
                                 {"hour", "day", "week", "month"}, "day")},
      {"properties", properties_schema()},
      {"breakdownFilter",
       json::Object{
           {"type", "object"},
           {"properties",
            json::Object{
                {"breakdowns", json::Object{{"type", "array"},
                                            {"maxItems", 3},
                                            {"items", std::move(breakdown)}}},
                {"breakdown_limit",
                 json::Object{{"type", "integer"}, {"default", 25}}}}}}},
      {"compareFilter", compare_schema()},
      {"trendsFilter", trends_filter_schema()},
      {"filterTestAccounts", json::Object{{"type", "boolean"}}},
      {"kind", choice_schema("", {"TrendsQuery"}, "TrendsQuery")},
      {"output_format",
       choice_schema("Output format", {"optimized", "json"}, "optimized")}};
  return json::Object{{"type", "object"},
                      {"properties", std::move(properties)},
                      {"required", json::Array{json::Value("series")}}};
}

json::Value query_funnel_schema() {
  json::Value node = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{{"kind", choice_schema("What the step is", {"EventsNode"},
                                           "EventsNode")},
                    {"event", text_schema("Name of the event")},
                    {"custom_name", text_schema("Display name")},
                    {"math", choice_schema("Only the person's first such event",
                                           {"first_time_for_user"}, "")},
                    {"properties", properties_schema()}}}};
  json::Value breakdown = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{{"breakdown", text_schema("Property to break down by")},
                    {"breakdown_type",
                     choice_schema("Whose property it is",
                                   {"person", "event", "session"}, "event")},
                    {"breakdown_limit",
                     json::Object{{"type", "integer"}, {"default", 25}}}}},
      {"required", json::Array{json::Value("breakdown")}}};
  json::Value properties = json::Object{
      {"series", json::Object{{"type", "array"},
                              {"description", "The steps, one event each"},
                              {"items", std::move(node)}}},
      {"dateRange", date_range_schema()},
      {"properties", properties_schema()},
      {"funnelsFilter", funnels_filter_schema()},
      {"breakdownFilter", std::move(breakdown)},
      {"filterTestAccounts", json::Object{{"type", "boolean"}}},
      {"interval",
       choice_schema("Granularity", {"hour", "day", "week", "month"}, "")},
      {"kind", choice_schema("", {"FunnelsQuery"}, "FunnelsQuery")},
      {"output_format",
       choice_schema("Output format", {"optimized", "json"}, "optimized")}};
  return json::Object{{"type", "object"},
                      {"properties", std::move(properties)},
                      {"required", json::Array{json::Value("series")}}};
}

json::Value query_run_schema() {
  json::Array sources = {query_trends_schema(),     query_funnel_schema(),
                         query_retention_schema(),  query_lifecycle_schema(),
                         query_stickiness_schema(), query_paths_schema()};
  json::Value insight = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{{"kind", choice_schema("", {"InsightVizNode"}, "")},
                    {"source", json::Object{{"anyOf", std::move(sources)}}}}},
      {"required", json::Array{json::Value("kind"), json::Value("source")}}};
  json::Value sql = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{{"kind", choice_schema("", {"HogQLQuery"}, "")},
                    {"query", text_schema("The HogQL query")}}},
      {"required", json::Array{json::Value("kind"), json::Value("query")}}};
  json::Value table = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{{"kind", choice_schema("", {"DataVisualizationNode"}, "")},
                    {"source", std::move(sql)}}},
      {"required", json::Array{json::Value("kind"), json::Value("source")}}};
  return json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"query", json::Object{{"anyOf", json::Array{std::move(insight),
                                                        std::move(table)}}}}}},
      {"required", json::Array{json::Value("query")}}};
}

}  // namespace claribi::demo
