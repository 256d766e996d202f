// SPDX-License-Identifier: MIT
#include "source/posthog/insight_cells.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/clock.hpp"
#include "base/text.hpp"

namespace claribi::source::posthog {
namespace {

constexpr std::string_view other_values = "$$_posthog_breakdown_other_$$";
constexpr std::string_view no_value = "$$_posthog_breakdown_null_$$";
constexpr int64_t default_breakdown_limit = 25;

// Whether two series would have the same name but for what they compute.
bool repeated(const json::Array& series, const json::Value& one) {
  return std::ranges::any_of(series, [&](const json::Value& other) {
    const json::Value& a = one["action"];
    const json::Value& b = other["action"];
    return a["name"] == b["name"] && a["order"] != b["order"];
  });
}

// The event, or its custom name, or the formula's label.
std::string series_name(const json::Array& all, const json::Value& series) {
  const json::Value& action = series["action"];
  std::string name = action["custom_name"].text_or("");
  if (name.empty()) name = action["name"].text_or("");
  if (name.empty()) name = series["label"].text_or("all events");
  if (repeated(all, series)) {
    name += fmt::format(" ({})", action["math"].text_or("total"));
  }
  return name;
}

}  // namespace

std::string breakdown_text(const json::Value& value) {
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const json::Value& part : value.items()) {
      parts.push_back(breakdown_text(part));
    }
    return join(parts, ", ");
  }
  if (auto number = value.number_text()) return std::string(*number);
  if (auto flag = value.boolean()) return *flag ? "true" : "false";
  std::string text = value.text_or("");
  if (text == other_values) return "Other";
  if (text == no_value || value.is_null()) return "(none)";
  return text;
}

SeriesColumns needed_columns(const json::Array& results) {
  SeriesColumns columns;
  for (const json::Value& series : results) {
    columns.breakdown |= series.has("breakdown_value");
    columns.period |= series.has("compare_label");
  }
  return columns;
}

void add_series_columns(table::Table& table, SeriesColumns columns) {
  table.columns.push_back({"series", table::Type::string});
  if (columns.breakdown)
    table.columns.push_back({"breakdown", table::Type::string});
  if (columns.period) table.columns.push_back({"period", table::Type::string});
}

void add_series_cells(table::Row& row, const json::Array& all,
                      const json::Value& series, SeriesColumns columns) {
  row.emplace_back(series_name(all, series));
  if (columns.breakdown) {
    row.emplace_back(breakdown_text(series["breakdown_value"]));
  }
  if (columns.period) {
    row.emplace_back(series["compare_label"].text_or("current"));
  }
}

std::optional<LocalTime> wall_time(std::string_view day) {
  auto at = parse_instant(day);
  if (!at) return std::nullopt;
  return LocalTime{
      std::chrono::duration_cast<std::chrono::seconds>(at->time_since_epoch())};
}

void note_breakdown_limit(table::Table& table, const json::Array& results,
                          const json::Value& query) {
  const json::Value& filter = query["breakdownFilter"];
  if (!filter.has("breakdowns") && !filter.has("breakdown")) return;
  const int64_t limit =
      filter["breakdown_limit"].integer().value_or(default_breakdown_limit);
  std::set<std::string> values;
  for (const json::Value& one : results) {
    const json::Value& first = one.is_array() ? one.at(0) : one;
    values.insert(breakdown_text(first["breakdown_value"]));
  }
  if (std::cmp_less(values.size(), limit)) return;
  table.truncated = true;
  table.notes.push_back(
      fmt::format("only the top {} values of the breakdown are listed", limit));
}

}  // namespace claribi::source::posthog
