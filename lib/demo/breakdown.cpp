// SPDX-License-Identifier: MIT
#include "demo/breakdown.hpp"

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/query_frame.hpp"

namespace claribi::demo {

namespace {

constexpr size_t most_properties = 3;
constexpr char separator = '\x1f';

Result<std::pair<Owner, std::string>> read_property(const json::Value& name,
                                                    const json::Value& type) {
  const auto property = name.is_array() ? name.at(0).string() : name.string();
  const auto owner = owner_named(type.text_or("event"));
  if (!property || !owner) {
    return fail(ErrorKind::tool_error,
                fmt::format("Validation error: Unsupported breakdown type: {} "
                            "(field: query.breakdownFilter)",
                            type.text_or("event")));
  }
  return std::pair{*owner, std::string(*property)};
}

}  // namespace

Result<Breakdown> read_breakdown(const json::Value& filter) {
  Breakdown breakdown{.limit = breakdown_limit(filter)};
  const auto& several = filter["breakdowns"];
  if (several.size() > most_properties) {
    return fail(ErrorKind::tool_error,
                "Validation error: at most three breakdowns are allowed "
                "(field: query.breakdownFilter.breakdowns)");
  }
  for (const auto& item : several.items()) {
    CLARIBI_TRY_ASSIGN(auto property,
                       read_property(item["property"], item["type"]));
    breakdown.properties.push_back(std::move(property));
  }
  if (breakdown.empty() && !filter["breakdown"].is_null()) {
    CLARIBI_TRY_ASSIGN(auto property, read_property(filter["breakdown"],
                                                    filter["breakdown_type"]));
    breakdown.properties.push_back(std::move(property));
    breakdown.listed = false;
  }
  return breakdown;
}

std::string key_sql(const Breakdown& breakdown, Parameters& parameters) {
  std::vector<std::string> parts;
  parts.reserve(breakdown.properties.size());
  for (const auto& [owner, name] : breakdown.properties) {
    parts.push_back(fmt::format("coalesce({},{})",
                                property_text_sql(owner, name, parameters),
                                parameters.bind(std::string(no_value))));
  }
  return join(parts, "||char(31)||");
}

json::Value key_value(const Breakdown& breakdown, std::string_view key) {
  if (!breakdown.listed) return key;
  json::Array values;
  for (auto& value : split(key, separator))
    values.emplace_back(std::move(value));
  return values;
}

std::string key_label(std::string_view key) {
  return join(split(key, separator), "::");
}

}  // namespace claribi::demo
