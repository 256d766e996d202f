// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "base/result.hpp"
#include "source/posthog/insight_cells.hpp"
#include "source/posthog/insights.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;
using table::Type;

json::Value rate(const json::Value& count, const json::Value& of) {
  const auto part = count.number();
  const auto whole = of.number();
  if (!part || !whole || *whole == 0) return {};
  return *part / *whole;
}

// Where a stretch of time begins, in seconds, and how many people took it.
Table decode_bins(const json::Value& results) {
  Table table{.shape = Shape::distribution,
              .average_seconds = results["average_conversion_time"]};
  table.columns = {{"seconds_from", Type::number},
                   {"seconds_to", Type::number},
                   {"people", Type::integer},
                   {"share", Type::number}};
  const json::Array& bins = results["bins"].items();
  double all = 0;
  for (const json::Value& bin : bins)
    all += bin.at(1).number().value_or(0);
  for (size_t i = 0; i < bins.size(); ++i) {
    const bool last = i + 1 == bins.size();
    table.rows.push_back({bins[i].at(0),
                          last ? json::Value() : bins[i + 1].at(0),
                          bins[i].at(1), rate(bins[i].at(1), all)});
  }
  return table;
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
  if (results["bins"].is_array()) return decode_bins(results);
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
