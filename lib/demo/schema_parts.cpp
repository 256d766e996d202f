// SPDX-License-Identifier: MIT
#include "demo/schema_parts.hpp"

namespace claribi::demo {

json::Value text_schema(std::string_view description) {
  return json::Object{{"type", "string"}, {"description", description}};
}

json::Value choice_schema(std::string_view description,
                          const std::vector<std::string_view>& choices,
                          std::string_view fallback) {
  json::Value schema = text_schema(description);
  json::Array names;
  for (const auto choice : choices)
    names.emplace_back(choice);
  schema.set("enum", std::move(names));
  if (!fallback.empty()) schema.set("default", fallback);
  return schema;
}

json::Value date_range_schema() {
  return json::Object{
      {"type", "object"},
      {"description", "Date range of the query; the last 7 days without it"},
      {"properties",
       json::Object{
           {"date_from",
            text_schema("ISO8601 date string, or a duration in the past such "
                        "as `-7d`, `-24h`, `-3m`, `mStart`, `all`")},
           {"date_to", text_schema("ISO8601 date string. A calendar day "
                                   "without a time (`2026-09-01`) is inclusive "
                                   "to the last moment of that day.")}}}};
}

json::Value properties_schema() {
  json::Value filter = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"key", text_schema("Name of the property")},
           {"type",
            choice_schema("Whose property it is",
                          {"event", "person", "session", "feature"}, "event")},
           {"operator",
            choice_schema("How the value is compared",
                          {"exact", "is_not", "icontains", "not_icontains",
                           "regex", "not_regex", "gt", "gte", "lt", "lte",
                           "between", "not_between", "is_set", "is_not_set",
                           "is_date_exact", "is_date_before", "is_date_after"},
                          "exact")},
           {"value", json::Object{{"description",
                                   "A value, or a list for `exact` and "
                                   "`is_not`"}}}}},
      {"required", json::Array{"key"}}};
  return json::Object{{"type", "array"},
                      {"description", "Property filters that must all hold"},
                      {"default", json::Array{}},
                      {"items", std::move(filter)}};
}

json::Value compare_schema() {
  return json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"compare", json::Object{{"type", "boolean"}, {"default", false}}},
           {"compare_to",
            text_schema("Relative date to compare to, such as `-1w`")}}}};
}

json::Value event_node_schema() {
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
           {"properties", properties_schema()}}}};
}

json::Value series_schema(std::string_view description) {
  return json::Object{{"type", "array"},
                      {"description", description},
                      {"items", event_node_schema()}};
}

json::Value integer_schema(std::string_view description, int64_t fallback) {
  return json::Object{
      {"type", "integer"}, {"description", description}, {"default", fallback}};
}

json::Value query_schema(std::string_view kind, json::Object own,
                         std::string_view required) {
  json::Value properties = std::move(own);
  properties.set("dateRange", date_range_schema());
  properties.set("properties", properties_schema());
  properties.set("filterTestAccounts", json::Object{{"type", "boolean"}});
  properties.set("kind", choice_schema("", {kind}, kind));
  properties.set(
      "output_format",
      choice_schema("Output format", {"optimized", "json"}, "optimized"));
  return json::Object{{"type", "object"},
                      {"properties", std::move(properties)},
                      {"required", json::Array{json::Value(required)}}};
}

}  // namespace claribi::demo
