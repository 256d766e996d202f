// SPDX-License-Identifier: MIT
#include "source/posthog/insights.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;
using table::Type;

constexpr std::string_view other_values = "$$_posthog_breakdown_other_$$";
constexpr std::string_view no_value = "$$_posthog_breakdown_null_$$";
constexpr int64_t default_breakdown_limit = 25;

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

// Which of the optional columns the results need.
struct Columns {
  bool breakdown = false;
  bool period = false;
};

Columns needed_columns(const json::Array& results) {
  Columns columns;
  for (const json::Value& series : results) {
    columns.breakdown |= series.has("breakdown_value");
    columns.period |= series.has("compare_label");
  }
  return columns;
}

// The columns that tell one series from another.
void add_series_columns(Table& table, Columns columns) {
  table.columns.push_back({"series", Type::string});
  if (columns.breakdown) table.columns.push_back({"breakdown", Type::string});
  if (columns.period) table.columns.push_back({"period", Type::string});
}

void add_series_cells(table::Row& row, const json::Array& all,
                      const json::Value& series, Columns columns) {
  row.emplace_back(series_name(all, series));
  if (columns.breakdown) {
    row.emplace_back(breakdown_text(series["breakdown_value"]));
  }
  if (columns.period) {
    row.emplace_back(series["compare_label"].text_or("current"));
  }
}

// The wall time at which a bucket begins: "2026-09-08" or
// "2026-09-08 10:00:00".
std::optional<LocalTime> bucket_start(std::string_view day) {
  auto at = parse_instant(day);
  if (!at) return std::nullopt;
  return LocalTime{
      std::chrono::duration_cast<std::chrono::seconds>(at->time_since_epoch())};
}

std::string iso_bucket(std::string_view day) {
  std::string text(day);
  if (text.size() > 10) text[10] = 'T';
  return text;
}

// The interval asked for, or what the distance of two buckets tells.
Unit interval_of(const json::Value& query, const json::Value& days) {
  if (auto unit = unit_named(query["interval"].text_or(""))) return *unit;
  const auto first = bucket_start(days.at(0).text_or(""));
  const auto second = bucket_start(days.at(1).text_or(""));
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
                         const json::Value& series, Columns columns,
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
    const auto start = bucket_start(day);
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
  const Columns columns = needed_columns(results);
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
  const Columns columns = needed_columns(results);
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

// PostHog cuts breakdowns without saying so.
void note_breakdown_limit(Table& table, const json::Array& results,
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

void note_partial(Table& table) {
  const auto date = table.column("date");
  const auto partial = table.column("partial");
  if (!date || !partial) return;
  for (const table::Row& row : table.rows) {
    if (!row[*partial].boolean().value_or(false)) continue;
    table.notes.push_back(fmt::format("{} is not over yet: its value will grow",
                                      row[*date].text_or("")));
    return;
  }
}

json::Value rate(const json::Value& count, const json::Value& of) {
  const auto part = count.number();
  const auto whole = of.number();
  if (!part || !whole || *whole == 0) return {};
  return *part / *whole;
}

// A bin is a length of time in seconds and how many persons took it.
Table decode_bins(const json::Value& bins) {
  return table::from_rows({"seconds", "persons"}, bins.items());
}

void add_funnel(Table& table, const json::Value& steps, bool breakdown) {
  const json::Value& first = steps.at(0)["count"];
  for (size_t i = 0; i < steps.size(); ++i) {
    const json::Value& step = steps.at(i);
    const json::Value& before = steps.at(i == 0 ? 0 : i - 1)["count"];
    const std::string custom = step["custom_name"].text_or("");
    const int64_t lost =
        before.integer().value_or(0) - step["count"].integer().value_or(0);
    table::Row row;
    row.emplace_back(i + 1);
    row.emplace_back(custom.empty() ? step["name"].text_or("") : custom);
    if (breakdown) row.emplace_back(breakdown_text(step["breakdown_value"]));
    row.push_back(step["count"]);
    row.push_back(rate(step["count"], first));
    row.push_back(i == 0 ? rate(first, first) : rate(step["count"], before));
    row.emplace_back(i == 0 ? 0 : lost);
    row.push_back(step["average_conversion_time"]);
    row.push_back(step["median_conversion_time"]);
    table.rows.push_back(std::move(row));
  }
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
  note_partial(table);
  return table;
}

Result<Table> decode_lifecycle(const json::Value& results,
                               const json::Value& query, const Moment& moment) {
  json::Array named = results.items();
  for (json::Value& series : named) {
    series.member("action").set("custom_name", series["status"]);
  }
  return decode_trends(json::Value(std::move(named)), query, moment);
}

Table funnel_table(bool breakdown) {
  Table table{.shape = Shape::funnel};
  table.columns = {{"step", Type::integer}, {"event", Type::string}};
  if (breakdown) table.columns.push_back({"breakdown", Type::string});
  for (std::string_view name :
       {"count", "conversion_rate", "step_conversion_rate", "dropped",
        "average_seconds", "median_seconds"}) {
    const bool whole = name == "count" || name == "dropped";
    table.columns.push_back(
        {std::string(name), whole ? Type::integer : Type::number});
  }
  return table;
}

Result<Table> decode_funnel(const json::Value& results,
                            const json::Value& query) {
  if (results["bins"].is_array()) return decode_bins(results["bins"]);
  if (!results.is_array()) {
    return fail(ErrorKind::protocol, "the funnel result is not a list");
  }
  const bool breakdown = results.at(0).is_array();
  Table table = funnel_table(breakdown);
  if (breakdown) {
    for (const json::Value& steps : results.items()) {
      add_funnel(table, steps, true);
    }
    note_breakdown_limit(table, results.items(), query);
  } else {
    add_funnel(table, results, false);
  }
  return table;
}

}  // namespace claribi::source::posthog
