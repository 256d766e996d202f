// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/breakdown.hpp"
#include "demo/formula.hpp"
#include "demo/period.hpp"
#include "demo/query_frame.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"
#include "demo/trends_measure.hpp"

namespace claribi::demo {

namespace {

constexpr size_t most_series = 26;  // The letters of a formula.

struct NamedFormula {
  Formula formula;
  std::string label;
};

struct TrendsQuery {
  std::vector<EventNode> nodes = {};
  json::Value properties = {};
  Unit unit = Unit::day;
  Breakdown breakdown = {};
  std::vector<Period> periods = {};
  std::vector<NamedFormula> formulas = {};
  bool aggregated = false;
  bool cumulative = false;
};

// The numbers of one series in one period.
struct Numbers {
  std::string key = {};  // Of the breakdown.
  std::vector<std::optional<double>> cells = {};
};

// The numbers of a node, by period and then by key.
using NodeNumbers = std::vector<std::vector<Numbers>>;

bool is_aggregated(std::string_view display) {
  constexpr std::array<std::string_view, 6> displays = {
      "BoldNumber", "ActionsBarValue", "ActionsTable",
      "ActionsPie", "ActionsDonut",    "WorldMap"};
  return std::ranges::find(displays, display) != displays.end();
}

Result<std::vector<NamedFormula>> read_formulas(const json::Value& filter,
                                                size_t series) {
  json::Array written;
  if (filter["formula"].string()) written.push_back(filter["formula"]);
  for (const auto& name : {"formulas", "formulaNodes"}) {
    for (const auto& item : filter[name].items())
      written.push_back(item);
  }
  std::vector<NamedFormula> formulas;
  for (const auto& item : written) {
    const std::string text =
        item.is_object() ? item["formula"].text_or("") : item.text_or("");
    CLARIBI_TRY_ASSIGN(Formula formula, Formula::parse(text, series));
    formulas.push_back(
        {.formula = std::move(formula),
         .label = item["custom_name"].text_or("Formula (" + text + ")")});
  }
  return formulas;
}

Result<TrendsQuery> read_query(const World& world,
                               const json::Value& arguments) {
  CLARIBI_TRY(check_series("query-trends", arguments));
  TrendsQuery query;
  CLARIBI_TRY_ASSIGN(query.nodes, read_nodes(arguments["series"]));
  if (query.nodes.size() > most_series) {
    return fail(ErrorKind::tool_error,
                "Validation error: at most 26 series are allowed (field: "
                "query.series)");
  }
  for (const EventNode& node : query.nodes)
    CLARIBI_TRY(check_math(node));
  query.properties = all_filters(world, arguments);
  CLARIBI_TRY_ASSIGN(query.unit, read_interval("query-trends", arguments));
  CLARIBI_TRY_ASSIGN(query.breakdown,
                     read_breakdown(arguments["breakdownFilter"]));
  const auto& filter = arguments["trendsFilter"];
  const std::string display = filter["display"].text_or("ActionsLineGraph");
  query.aggregated = is_aggregated(display);
  query.cumulative = display == "ActionsLineGraphCumulative";
  CLARIBI_TRY_ASSIGN(query.formulas, read_formulas(filter, query.nodes.size()));
  // A total has no interval to be rounded to.
  const Unit cut_unit =
      query.aggregated ? std::min(query.unit, Unit::day) : query.unit;
  CLARIBI_TRY_ASSIGN(query.periods, read_periods(world, arguments, cut_unit));
  return query;
}

Measure measure_of(const TrendsQuery& query, const EventNode& node) {
  return {.node = node,
          .properties = query.properties,
          .breakdown = query.breakdown};
}

void accumulate(std::vector<std::optional<double>>& cells) {
  double sum = 0;
  for (auto& cell : cells) {
    sum += cell.value_or(0);
    cell = sum;
  }
}

bool all_missing(const std::vector<std::optional<double>>& cells) {
  return std::ranges::none_of(
      cells, [](const auto& cell) { return cell.has_value(); });
}

Result<NodeNumbers> node_numbers(const World& world, const TrendsQuery& query,
                                 const EventNode& node,
                                 const std::vector<std::string>& keys) {
  NodeNumbers all;
  for (const Period& period : query.periods) {
    CLARIBI_TRY_ASSIGN(
        Grid grid,
        measure_grid(world, measure_of(query, node), period.buckets, keys,
                     query.aggregated ? Buckets::whole : Buckets::each));
    auto& numbers = all.emplace_back();
    for (size_t i = 0; i < grid.size(); ++i) {
      const bool rest = !query.breakdown.empty() && i == keys.size();
      // A formula and a comparison pair series by their place.
      const bool droppable =
          query.formulas.empty() && query.periods.size() == 1;
      if (rest && droppable && all_missing(grid[i])) continue;
      if (query.cumulative) accumulate(grid[i]);
      numbers.push_back({.key = rest              ? std::string(other_values)
                                : i < keys.size() ? keys[i]
                                                  : "",
                         .cells = std::move(grid[i])});
    }
  }
  return all;
}

// The keys of each node; with a formula the same for all, since it takes the
// values of one key from each.
Result<std::vector<std::vector<std::string>>> all_keys(
    const World& world, const TrendsQuery& query) {
  std::vector<std::vector<std::string>> keys;
  std::vector<std::string> shared;
  for (const EventNode& node : query.nodes) {
    CLARIBI_TRY_ASSIGN(auto own, rank_keys(world, measure_of(query, node),
                                           query.periods.front().buckets));
    for (const auto& key : own) {
      if (std::ranges::find(shared, key) == shared.end()) shared.push_back(key);
    }
    keys.push_back(std::move(own));
  }
  if (query.formulas.empty()) return keys;
  std::ranges::stable_partition(
      shared, [](const std::string& key) { return key != no_value; });
  return std::vector(query.nodes.size(), shared);
}

// A rest that is empty in every period and node says nothing.
void drop_empty_rest(std::vector<NodeNumbers>& nodes,
                     const TrendsQuery& query) {
  if (query.breakdown.empty()) return;
  const auto empty = [](const std::vector<Numbers>& numbers) {
    return numbers.empty() || numbers.back().key != other_values ||
           all_missing(numbers.back().cells);
  };
  const auto drop = [](std::vector<Numbers>& numbers) {
    if (!numbers.empty() && numbers.back().key == other_values) {
      numbers.pop_back();
    }
  };
  const bool together = !query.formulas.empty();
  const bool all_empty = std::ranges::all_of(nodes, [&](const auto& node) {
    return std::ranges::all_of(node, empty);
  });
  for (NodeNumbers& node : nodes) {
    const bool gone = together ? all_empty : std::ranges::all_of(node, empty);
    if (gone) std::ranges::for_each(node, drop);
  }
}

json::Value action_json(const EventNode& node, const Period& current) {
  json::Array days;
  for (const Bucket& bucket : current.buckets)
    days.emplace_back(offset_text(bucket));
  const auto& written = node.written;
  const json::Value event =
      node.event ? json::Value(*node.event) : json::Value();
  return json::Object{{"days", std::move(days)},
                      {"id", event},
                      {"type", "events"},
                      {"order", node.order},
                      {"name", node.name()},
                      {"custom_name", written["custom_name"]},
                      {"math", node.math},
                      {"math_property", written["math_property"]},
                      {"math_hogql", nullptr},
                      {"math_group_type_index", nullptr},
                      {"properties", json::Value(json::Object{})}};
}

// The value of a cell on the wire: PostHog fills buckets without one with 0.
// As PostHog: nothing counted is null in a total and 0 in a series.
json::Value cell_json(const std::optional<double>& cell) {
  return cell ? plain_number(*cell) : json::Value();
}

json::Value data_json(const std::vector<std::optional<double>>& cells) {
  json::Array data;
  for (const auto& cell : cells)
    data.push_back(plain_number(cell.value_or(0)));
  return data;
}

double sum_of(const std::vector<std::optional<double>>& cells) {
  return std::accumulate(
      cells.begin(), cells.end(), 0.0,
      [](double sum, const auto& cell) { return sum + cell.value_or(0); });
}

// The members that hold numbers and dates.
void set_data(json::Value& result, const TrendsQuery& query,
              const Period& period, const Numbers& numbers) {
  json::Array labels;
  json::Array days;
  if (!query.aggregated) {
    for (const Bucket& bucket : period.buckets) {
      labels.emplace_back(label_text(bucket.local, query.unit));
      days.emplace_back(day_text(bucket.local, query.unit));
    }
  }
  result.set("count",
             query.aggregated
                 ? json::Value(0)
                 : plain_number(query.cumulative && !numbers.cells.empty()
                                    ? numbers.cells.back().value_or(0)
                                    : sum_of(numbers.cells)));
  result.set("data", query.aggregated ? json::Value(json::Array{})
                                      : data_json(numbers.cells));
  result.set("labels", std::move(labels));
  result.set("days", std::move(days));
  result.set("filter", json::Object{{"insight", "TRENDS"}});
}

bool counts(const EventNode& node) {
  return !node.written["math_property"].string() || node.math == "sum";
}

json::Value series_json(const TrendsQuery& query, size_t period_at,
                        const Numbers& numbers, json::Value action,
                        const std::string& label) {
  const Period& period = query.periods.at(period_at);
  json::Value result = json::Object{{"action", std::move(action)}};
  result.set("label", label);
  set_data(result, query, period, numbers);
  if (!query.breakdown.empty()) {
    const bool rest = numbers.key == other_values;
    const std::string key = rest ? std::string(other_values) : numbers.key;
    result.set("breakdown_value", key_value(query.breakdown, key));
  }
  if (!period.label.empty()) {
    result.set("compare", true);
    result.set("compare_label", period.label);
  }
  return result;
}

std::string series_label(const TrendsQuery& query, const EventNode& node,
                         const Numbers& numbers) {
  if (query.breakdown.empty()) return node.name();
  const std::string value = key_label(numbers.key);
  return query.nodes.size() == 1 ? value : node.name() + " - " + value;
}

void add_node(json::Array& results, const TrendsQuery& query,
              const EventNode& node, const NodeNumbers& all) {
  for (size_t p = 0; p < all.size(); ++p) {
    for (const Numbers& numbers : all[p]) {
      json::Value result = series_json(query, p, numbers,
                                       action_json(node, query.periods.front()),
                                       series_label(query, node, numbers));
      if (query.aggregated) {
        const auto cell =
            numbers.cells.empty() ? std::nullopt : numbers.cells.front();
        const bool none = !cell && !counts(node);
        result.set("aggregated_value",
                   none ? json::Value() : plain_number(cell.value_or(0)));
      }
      results.push_back(std::move(result));
    }
  }
}

// The numbers of a formula from those of the nodes at the same place.
Numbers combine(const Formula& formula, const std::vector<NodeNumbers>& nodes,
                size_t period, size_t key) {
  const Numbers& first = nodes.front()[period][key];
  Numbers result{.key = first.key};
  for (size_t i = 0; i < first.cells.size(); ++i) {
    std::vector<double> values;
    values.reserve(nodes.size());
    for (const NodeNumbers& node : nodes)
      values.push_back(node[period][key].cells[i].value_or(0));
    result.cells.emplace_back(formula.value(values));
  }
  return result;
}

void add_formula(json::Array& results, const TrendsQuery& query,
                 const NamedFormula& formula,
                 const std::vector<NodeNumbers>& nodes) {
  for (size_t p = 0; p < query.periods.size(); ++p) {
    for (size_t k = 0; k < nodes.front()[p].size(); ++k) {
      const Numbers numbers = combine(formula.formula, nodes, p, k);
      std::string label = formula.label;
      if (!query.breakdown.empty()) label = key_label(numbers.key);
      json::Value result = series_json(query, p, numbers, nullptr, label);
      if (query.aggregated && !numbers.cells.empty()) {
        result.set("aggregated_value", cell_json(numbers.cells.front()));
      }
      results.push_back(std::move(result));
    }
  }
}

// The query as it is echoed, with PostHog's defaults.
json::Value normalised(const json::Value& arguments) {
  json::Value query = echoed_query(arguments, "TrendsQuery");
  query.set("interval", arguments["interval"].text_or("day"));
  copy_member(query, arguments, "compareFilter");
  copy_member(query, arguments, "trendsFilter");
  return query;
}

}  // namespace

Result<ToolAnswer> query_trends(const World& world,
                                const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(const TrendsQuery query, read_query(world, arguments));
  CLARIBI_TRY(define_text_match(world.store));
  CLARIBI_TRY_ASSIGN(const auto keys, all_keys(world, query));
  std::vector<NodeNumbers> numbers;
  for (const EventNode& node : query.nodes) {
    CLARIBI_TRY_ASSIGN(auto own,
                       node_numbers(world, query, node, keys.at(node.order)));
    numbers.push_back(std::move(own));
  }
  drop_empty_rest(numbers, query);
  json::Array results;
  if (query.formulas.empty()) {
    for (const EventNode& node : query.nodes)
      add_node(results, query, node, numbers.at(node.order));
  }
  for (const NamedFormula& formula : query.formulas)
    add_formula(results, query, formula, numbers);
  return frame(normalised(arguments), arguments, std::move(results));
}

}  // namespace claribi::demo
