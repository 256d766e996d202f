// SPDX-License-Identifier: MIT
#include "source/posthog/insights.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "source/posthog/insight_cells.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;
using table::Type;

std::string iso_bucket(std::string_view day) {
  std::string text(day);
  if (text.size() > 10) text[10] = 'T';
  return text;
}

// The interval asked for, or what the distance of two buckets tells.
Unit interval_of(const json::Value& query, const json::Value& days) {
  if (auto unit = unit_named(query["interval"].text_or(""))) return *unit;
  const auto first = wall_time(days.at(0).text_or(""));
  const auto second = wall_time(days.at(1).text_or(""));
  if (!first || !second) return Unit::day;
  const auto step = *second - *first;
  if (step < std::chrono::hours(1)) return Unit::minute;
  if (step < std::chrono::hours(23)) return Unit::hour;
  if (step < std::chrono::days(6)) return Unit::day;
  return step < std::chrono::days(27) ? Unit::week : Unit::month;
}

struct Buckets {
  const Moment& moment;
  const json::Value& query;
};

Result<void> add_buckets(Table& table, const json::Array& all,
                         const json::Value& series, SeriesColumns columns,
                         const Buckets& buckets) {
  const json::Value& days = series["days"];
  const json::Value& data = series["data"];
  if (days.size() != data.size()) {
    return fail(ErrorKind::protocol,
                fmt::format("the trends result has {} buckets but {} values",
                            days.size(), data.size()));
  }
  const Unit unit = interval_of(buckets.query, days);
  const LocalTime now = buckets.moment.local();
  for (size_t i = 0; i < days.size(); ++i) {
    const std::string day = days.at(i).text_or("");
    const auto start = wall_time(day);
    if (start && *start > now) continue;
    table::Row row;
    row.emplace_back(iso_bucket(day));
    add_series_cells(row, all, series, columns);
    row.push_back(data.at(i));
    row.emplace_back(start && add(*start, unit, 1) > now);
    table.rows.push_back(std::move(row));
  }
  return {};
}

bool is_totals(const json::Array& results) {
  return std::ranges::any_of(results, [](const json::Value& series) {
    return series.has("aggregated_value") && series["data"].size() == 0;
  });
}

// Whether values of different series may be added up: counts and sums may,
// unique users, averages and formulas (which have no action) may not.
bool are_additive(const json::Array& results) {
  return std::ranges::all_of(results, [](const json::Value& series) {
    const json::Value& action = series["action"];
    const std::string math = action["math"].text_or("total");
    return action.is_object() && (math == "total" || math == "sum");
  });
}

Table decode_totals(const json::Array& results) {
  Table table{.shape = Shape::totals};
  const SeriesColumns columns = needed_columns(results);
  add_series_columns(table, columns);
  table.columns.push_back({"value", Type::number});
  for (const json::Value& series : results) {
    table::Row row;
    add_series_cells(row, results, series, columns);
    row.push_back(series["aggregated_value"]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Result<Table> decode_series(const json::Array& results,
                            const json::Value& query, const Moment& moment) {
  Table table{.shape = Shape::time_series};
  if (!results.empty()) table.unit = interval_of(query, results[0]["days"]);
  const SeriesColumns columns = needed_columns(results);
  const std::string first =
      results.empty() ? std::string() : results[0]["days"].at(0).text_or("");
  table.columns.push_back(
      {"date", first.size() > 10 ? Type::datetime : Type::date});
  add_series_columns(table, columns);
  table.columns.push_back({"value", Type::number});
  table.columns.push_back({"partial", Type::boolean});
  for (const json::Value& series : results) {
    CLARIBI_TRY(
        add_buckets(table, results, series, columns, Buckets{moment, query}));
  }
  return table;
}

// The first bucket that is not over is named once.
void note_partial(Table& table, std::string_view what_follows) {
  const auto date = table.column("date");
  const auto partial = table.column("partial");
  if (!date || !partial) return;
  for (const table::Row& row : table.rows) {
    if (!row[*partial].boolean().value_or(false)) continue;
    table.notes.push_back(fmt::format("{} is not over yet: {}",
                                      row[*date].text_or(""), what_follows));
    return;
  }
}

// "dormant", also where only the label "signed_up - dormant" says so.
std::string status_of(const json::Value& series) {
  const std::string label = series["label"].text_or("");
  const size_t dash = label.rfind(" - ");
  return series["status"].text_or(
      dash == std::string::npos ? label : label.substr(dash + 3));
}

}  // namespace

Result<Table> decode_trends(const json::Value& results,
                            const json::Value& query, const Moment& moment) {
  if (!results.is_array()) {
    return fail(ErrorKind::protocol, "the trends result is not a list");
  }
  const json::Array& series = results.items();
  if (is_totals(series)) {
    Table table = decode_totals(series);
    table.additive = are_additive(series);
    note_breakdown_limit(table, series, query);
    return table;
  }
  CLARIBI_TRY_ASSIGN(Table table, decode_series(series, query, moment));
  table.additive = are_additive(series);
  note_breakdown_limit(table, series, query);
  note_partial(table, "its value will grow");
  return table;
}

Result<Table> decode_lifecycle(const json::Value& results,
                               const json::Value& query, const Moment& moment) {
  if (!results.is_array()) {
    return fail(ErrorKind::protocol, "the lifecycle result is not a list");
  }
  json::Array named = results.items();
  for (json::Value& series : named)
    series.member("action").set("custom_name", status_of(series));
  CLARIBI_TRY_ASSIGN(Table table, decode_series(named, query, moment));
  table.shape = Shape::lifecycle;
  note_partial(table, "its numbers will change");
  return table;
}

std::string_view kind_of_results(const json::Value& results) {
  if (results["bins"].is_array()) return "FunnelsQuery";
  const json::Value& first = results.at(0);
  if (first.is_array() || first.has("average_conversion_time")) {
    return first.has("target") ? "PathsQuery" : "FunnelsQuery";
  }
  if (first["values"].is_array()) return "RetentionQuery";
  if (!first["data"].is_array()) return "";
  if (first["status"].is_string()) return "LifecycleQuery";
  return first["days"].at(0).is_number() ? "StickinessQuery" : "TrendsQuery";
}

}  // namespace claribi::source::posthog
