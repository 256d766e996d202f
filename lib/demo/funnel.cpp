// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/breakdown.hpp"
#include "demo/funnel_match.hpp"
#include "demo/property_filter.hpp"
#include "demo/query_frame.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr QueryLimits limits{.rows = 5000000};
constexpr size_t most_steps = 30;
// What PostHog calls values beyond the limit in a funnel.
constexpr std::string_view other_label = "Other";

enum class View { steps, time_to_convert };

struct FunnelQuery {
  std::vector<EventNode> nodes = {};
  json::Value properties = {};
  FunnelRule rule = {};
  Breakdown breakdown = {};
  Instant from;
  Instant to;  // Exclusive.
  View view = View::steps;
  std::optional<int64_t> bins = {};
};

// What the persons of one value of the breakdown did.
struct Group {
  std::string value = {};
  std::vector<Attempt> attempts = {};
};

std::unexpected<Error> invalid(std::string_view what, std::string_view field) {
  return fail(
      ErrorKind::tool_error,
      fmt::format("Validation error: {} (field: query.funnelsFilter.{})", what,
                  field));
}

Result<FunnelOrder> read_order(const std::string& name) {
  if (name == "ordered") return FunnelOrder::ordered;
  if (name == "unordered") return FunnelOrder::unordered;
  if (name == "strict") return FunnelOrder::strict;
  return invalid(fmt::format("Unsupported order: {}", name), "funnelOrderType");
}

Result<View> read_view(const std::string& name) {
  if (name == "steps") return View::steps;
  if (name == "time_to_convert") return View::time_to_convert;
  return invalid(
      fmt::format("this project's server has no funnels of type {}", name),
      "funnelVizType");
}

Result<int64_t> read_window(const json::Value& filter) {
  const std::string unit = filter["funnelWindowIntervalUnit"].text_or("day");
  const auto count = filter["funnelWindowInterval"].is_null()
                         ? 14
                         : filter["funnelWindowInterval"].number().value_or(0);
  const std::map<std::string_view, double> seconds = {
      {"second", 1},  {"minute", 60},      {"hour", 3600},
      {"day", 86400}, {"week", 7 * 86400}, {"month", 30 * 86400}};
  const auto found = seconds.find(unit);
  if (found == seconds.end() || count <= 0 || count > 1e6) {
    return invalid("Unsupported conversion window", "funnelWindowInterval");
  }
  return static_cast<int64_t>(count * found->second * 1000);
}

Result<FunnelQuery> read_query(const World& world,
                               const json::Value& arguments) {
  CLARIBI_TRY(check_series("query-funnel", arguments));
  FunnelQuery query;
  CLARIBI_TRY_ASSIGN(query.nodes, read_nodes(arguments["series"]));
  if (query.nodes.size() > most_steps) {
    return invalid("at most 30 steps are allowed", "series");
  }
  const auto& filter = arguments["funnelsFilter"];
  if (filter["exclusions"].size() > 0) {
    return invalid("this project's server has no exclusions", "exclusions");
  }
  query.properties = all_filters(world, arguments);
  query.rule.steps = query.nodes.size();
  CLARIBI_TRY_ASSIGN(query.rule.window, read_window(filter));
  CLARIBI_TRY_ASSIGN(query.rule.order,
                     read_order(filter["funnelOrderType"].text_or("ordered")));
  CLARIBI_TRY_ASSIGN(query.view,
                     read_view(filter["funnelVizType"].text_or("steps")));
  query.bins = filter["binCount"].integer();
  CLARIBI_TRY_ASSIGN(query.breakdown,
                     read_breakdown(arguments["breakdownFilter"]));
  CLARIBI_TRY_ASSIGN(const TimeRange range,
                     read_time_range(world, arguments["dateRange"], Unit::day));
  const auto& zone = world.moment.calendar.zone;
  query.from = zone.to_instant(range.from);
  query.to = std::min(zone.to_instant(range.to),
                      world.moment.now + std::chrono::milliseconds{1});
  return query;
}

// "First time" is the person's first event of that name ever.
Result<std::string> step_sql(const World& world, const EventNode& node,
                             Parameters& parameters) {
  CLARIBI_TRY_ASSIGN(std::string condition, node_sql(world, node, parameters));
  if (!node.math.starts_with("first_time_for_user")) return condition;
  return condition +
         " AND e.timestamp=(SELECT min(f.timestamp) FROM events f "
         "WHERE f.person=e.person AND f.event=e.event)";
}

// All events that matter, by person and time: person, time, steps, value.
Result<Rows> read_events(const World& world, const FunnelQuery& query) {
  Parameters parameters;
  std::vector<std::string> bits;
  std::vector<std::string> conditions;
  for (const EventNode& node : query.nodes) {
    CLARIBI_TRY_ASSIGN(std::string condition,
                       step_sql(world, node, parameters));
    bits.push_back(fmt::format("(({}) << {})", condition, node.order));
    conditions.push_back("(" + std::move(condition) + ")");
  }
  CLARIBI_TRY_ASSIGN(const std::string shared,
                     filter_sql(world, query.properties, parameters));
  const bool all = query.rule.order == FunnelOrder::strict;
  const std::string sql = fmt::format(
      "SELECT e.person, e.timestamp, {}, {} FROM events e "
      "WHERE e.timestamp>={} AND e.timestamp<{} AND {} AND ({}) "
      "ORDER BY e.person, e.timestamp, e.id",
      join(bits, "|"),
      query.breakdown.empty() ? "NULL" : key_sql(query.breakdown, parameters),
      query.from.time_since_epoch().count(),
      query.to.time_since_epoch().count(), shared,
      all ? "1" : join(conditions, " OR "));
  return world.store.query(sql, parameters.used_in(sql), limits);
}

// A number for each text, in the order in which they come.
class Numbering {
 public:
  size_t number(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    if (text == nullptr) return 0;
    const auto [at, fresh] = numbers_.try_emplace(*text, texts_.size());
    if (fresh) texts_.push_back(*text);
    return at->second;
  }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, size_t, std::less<>> numbers_;
  std::vector<std::string> texts_;
};

int64_t integer_in(const Cell& cell) {
  const auto* integer = std::get_if<int64_t>(&cell);
  return integer == nullptr ? 0 : *integer;
}

// The attempts of all persons, by the value that they began with.
std::vector<Group> match_all(const Rows& rows, const FunnelQuery& query) {
  Numbering values;
  std::map<size_t, std::vector<Attempt>> by_value;
  std::vector<FunnelEvent> events;
  const auto finish = [&] {
    Attempt attempt = furthest_attempt(events, query.rule);
    if (!attempt.times.empty()) {
      by_value[attempt.value].push_back(std::move(attempt));
    }
    events.clear();
  };
  for (size_t i = 0; i < rows.rows.size(); ++i) {
    const auto& row = rows.rows[i];
    if (i > 0 && row[0] != rows.rows[i - 1][0]) finish();
    events.push_back({.at = integer_in(row[1]),
                      .steps = static_cast<uint64_t>(integer_in(row[2])),
                      .value = values.number(row[3])});
  }
  finish();
  std::vector<Group> groups;
  groups.reserve(by_value.size());
  for (auto& [value, attempts] : by_value) {
    groups.push_back({.value = values.texts().empty() ? std::string()
                                                      : values.texts()[value],
                      .attempts = std::move(attempts)});
  }
  return groups;
}

// The largest groups first; those beyond the limit become one.
void limit_groups(std::vector<Group>& groups, size_t limit) {
  std::ranges::stable_sort(groups, [](const Group& a, const Group& b) {
    return a.attempts.size() > b.attempts.size();
  });
  if (groups.size() <= limit) return;
  Group other{.value = std::string(other_label)};
  for (size_t i = limit; i < groups.size(); ++i) {
    other.attempts.insert(other.attempts.end(), groups[i].attempts.begin(),
                          groups[i].attempts.end());
  }
  groups.resize(limit);
  groups.push_back(std::move(other));
}

// The seconds from one step to the next of those who came to it.
std::vector<double> conversion_times(const Group& group, size_t step) {
  std::vector<double> times;
  for (const Attempt& attempt : group.attempts) {
    if (attempt.times.size() <= step) continue;
    const int64_t took = attempt.times[step] - attempt.times[step - 1];
    times.push_back(static_cast<double>(took) / 1000);
  }
  std::ranges::sort(times);
  return times;
}

double average(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(values.size());
}

double median(const std::vector<double>& sorted) {
  const size_t half = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[half];
  return (sorted[half - 1] + sorted[half]) / 2;
}

json::Value step_json(const EventNode& node, const Group& group,
                      const FunnelQuery& query) {
  const size_t step = node.order;
  const auto count = std::ranges::count_if(
      group.attempts,
      [&](const Attempt& attempt) { return attempt.times.size() > step; });
  const auto times =
      step == 0 ? std::vector<double>() : conversion_times(group, step);
  const auto time = [&](auto&& of) {
    return times.empty() ? json::Value() : plain_number(of(times));
  };
  json::Value result = json::Object{
      {"action_id", node.event ? json::Value(*node.event) : json::Value()},
      {"name", node.name()},
      {"custom_name", node.written["custom_name"]},
      {"order", step},
      {"people", json::Value(json::Array{})},
      {"count", count},
      {"type", "events"},
      {"average_conversion_time", time(average)},
      {"median_conversion_time", time(median)},
      {"converted_people_url", nullptr},
      {"dropped_people_url", nullptr}};
  if (!query.breakdown.empty()) {
    const std::string value =
        group.value == no_value ? std::string() : group.value;
    Breakdown listed = query.breakdown;
    listed.listed = true;
    result.set("breakdown", key_value(listed, value));
    result.set("breakdown_value", key_value(listed, value));
  }
  return result;
}

json::Value steps_json(const FunnelQuery& query, std::vector<Group> groups) {
  const auto steps_of = [&](const Group& group) {
    json::Array steps;
    for (const EventNode& node : query.nodes)
      steps.push_back(step_json(node, group, query));
    return json::Value(std::move(steps));
  };
  if (query.breakdown.empty()) {
    return steps_of(groups.empty() ? Group{} : groups.front());
  }
  json::Array results;
  for (const Group& group : groups)
    results.push_back(steps_of(group));
  return results;
}

// How long those who came to the last step took, as a histogram:
// {bins: [[seconds, persons], ...], average_conversion_time}.
json::Value time_to_convert_json(const FunnelQuery& query,
                                 const std::vector<Group>& groups) {
  std::vector<double> times;
  for (const Group& group : groups) {
    for (const Attempt& attempt : group.attempts) {
      if (attempt.times.size() < query.rule.steps) continue;
      times.push_back(
          static_cast<double>(attempt.times.back() - attempt.times.front()) /
          1000);
    }
  }
  json::Value result = json::Object{{"bins", json::Value(json::Array{})},
                                    {"average_conversion_time", nullptr}};
  if (times.empty()) return result;
  const auto [least, most] = std::ranges::minmax(times);
  const auto wanted = query.bins.value_or(
      std::llround(std::ceil(std::cbrt(static_cast<double>(times.size())))));
  const auto count = static_cast<size_t>(std::clamp<int64_t>(wanted, 1, 60));
  const double start = std::floor(least);
  const double width =
      std::max(1.0, std::ceil((most - start) / static_cast<double>(count)));
  std::vector<int64_t> bins(count);
  for (const double time : times) {
    const auto bin = static_cast<size_t>((time - start) / width);
    ++bins[std::min(bin, count - 1)];
  }
  for (size_t i = 0; i < count; ++i) {
    result.member("bins").push(json::Array{
        plain_number(start + width * static_cast<double>(i)), bins[i]});
  }
  result.set("average_conversion_time", plain_number(average(times)));
  return result;
}

// The query as it is echoed, with PostHog's defaults.
json::Value normalised(const json::Value& arguments) {
  json::Value query = echoed_query(arguments, "FunnelsQuery");
  for (json::Value& node : query.member("series").mutable_items()) {
    if (!node.has("optionalInFunnel")) node.set("optionalInFunnel", false);
  }
  if (arguments.has("funnelsFilter")) {
    json::Value filter = json::Object{{"funnelOrderType", "ordered"},
                                      {"funnelVizType", "steps"},
                                      {"funnelWindowInterval", 14},
                                      {"funnelWindowIntervalUnit", "day"}};
    for (const auto& member : arguments["funnelsFilter"].members())
      filter.set(member.name, member.value);
    query.set("funnelsFilter", std::move(filter));
  }
  copy_member(query, arguments, "interval");
  return query;
}

}  // namespace

Result<ToolAnswer> query_funnel(const World& world,
                                const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(const FunnelQuery query, read_query(world, arguments));
  CLARIBI_TRY(define_text_match(world.store));
  CLARIBI_TRY_ASSIGN(const Rows rows, read_events(world, query));
  std::vector<Group> groups = match_all(rows, query);
  if (query.view == View::time_to_convert) {
    return frame(normalised(arguments), arguments,
                 time_to_convert_json(query, groups));
  }
  limit_groups(groups, query.breakdown.limit);
  return frame(normalised(arguments), arguments,
               steps_json(query, std::move(groups)));
}

}  // namespace claribi::demo
