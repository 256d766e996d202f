// SPDX-License-Identifier: MIT
// Error issues: each is described by the project, and counted from the
// $exception events that carry its id.
#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "demo/property_filter.hpp"
#include "demo/rest.hpp"
#include "demo/sql_parts.hpp"
#include "demo/taxonomy.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool = "query-error-tracking-issues-list";
constexpr int volume_parts = 10;

constexpr std::string_view issue_id =
    R"(json_extract(e.properties, '$."$exception_issue_id"'))";

struct Count {
  int64_t occurrences = 0;
  int64_t sessions = 0;
  int64_t users = 0;
  std::vector<int64_t> volume = std::vector<int64_t>(volume_parts);
};

struct Span {
  int64_t from = 0;
  int64_t to = 0;  // Exclusive.
};

int64_t integer(const Cell& cell) {
  const auto* value = std::get_if<int64_t>(&cell);
  return value == nullptr ? 0 : *value;
}

std::string text(const Cell& cell) {
  const auto* value = std::get_if<std::string>(&cell);
  return value == nullptr ? std::string() : *value;
}

[[nodiscard]] Result<Span> read_span(const World& world,
                                     const json::Value& date_range) {
  CLARIBI_TRY_ASSIGN(const auto range,
                     read_time_range(world, date_range, Unit::minute));
  const auto& zone = world.moment.calendar.zone;
  const auto after_now = world.moment.now + std::chrono::milliseconds(1);
  const auto to = std::min(zone.to_instant(range.to), after_now);
  return Span{.from = zone.to_instant(range.from).time_since_epoch().count(),
              .to = to.time_since_epoch().count()};
}

// What happened in the span, by the id of the issue.
[[nodiscard]] Result<std::map<std::string, Count>> count(
    const World& world, const json::Value& args, const Span& span) {
  CLARIBI_TRY(define_text_match(world.store));
  Parameters parameters;
  const auto event = event_id_sql("$exception", parameters);
  const auto from = parameters.bind(span.from);
  const auto to = parameters.bind(span.to);
  CLARIBI_TRY_ASSIGN(const auto filter,
                     filter_sql(world, args["filterGroup"], parameters));
  const auto where = fmt::format(
      "e.event = {} AND e.timestamp >= {} AND e.timestamp < {} AND ({})", event,
      from, to, filter);
  CLARIBI_TRY_ASSIGN(
      const auto totals,
      bound_query(world.store, parameters,
                  fmt::format("SELECT {}, count(*), count(DISTINCT e.session), "
                              "count(DISTINCT e.person) FROM events e WHERE {} "
                              "GROUP BY 1",
                              issue_id, where)));
  std::map<std::string, Count> counts;
  for (const auto& row : totals.rows) {
    counts[text(row[0])] = {.occurrences = integer(row[1]),
                            .sessions = integer(row[2]),
                            .users = integer(row[3])};
  }
  CLARIBI_TRY_ASSIGN(
      const auto parts,
      bound_query(world.store, parameters,
                  fmt::format("SELECT {}, (e.timestamp - {}) * {} / ({} - {}), "
                              "count(*) FROM events e WHERE {} GROUP BY 1, 2",
                              issue_id, from, volume_parts, to, from, where)));
  for (const auto& row : parts.rows) {
    const auto part = std::clamp<int64_t>(integer(row[1]), 0, volume_parts - 1);
    counts[text(row[0])].volume[static_cast<size_t>(part)] = integer(row[2]);
  }
  return counts;
}

// When each issue was first and last seen, of all data up to now.
[[nodiscard]] Result<std::map<std::string, std::pair<Cell, Cell>>> seen(
    const World& world) {
  Parameters parameters;
  const auto event = event_id_sql("$exception", parameters);
  const auto now = parameters.bind(world.moment.now.time_since_epoch().count());
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(
          world.store, parameters,
          fmt::format("SELECT {}, min(e.timestamp), max(e.timestamp) FROM "
                      "events e WHERE e.event = {} AND e.timestamp <= {} "
                      "GROUP BY 1",
                      issue_id, event, now)));
  std::map<std::string, std::pair<Cell, Cell>> times;
  for (const auto& row : rows.rows)
    times[text(row[0])] = {row[1], row[2]};
  return times;
}

bool is_wanted(const json::Value& issue, const json::Value& args) {
  const auto status = args["status"].text_or("active");
  if (status != "all" && issue["status"].text_or("active") != status) {
    return false;
  }
  const auto wanted = args["searchQuery"].text_or("");
  return wanted.empty() ||
         contains_ignoring_case(issue["name"].text_or(""), wanted) ||
         contains_ignoring_case(issue["description"].text_or(""), wanted);
}

json::Value aggregations(const Count& count, const Span& span) {
  json::Array range;
  json::Array buckets;
  for (size_t i = 0; i < count.volume.size(); ++i) {
    const auto start = span.from + ((span.to - span.from) *
                                    static_cast<int64_t>(i) / volume_parts);
    json::Value bucket;
    bucket.set("label", time_json(start)).set("value", count.volume[i]);
    buckets.push_back(std::move(bucket));
    range.push_back(count.volume[i]);
  }
  json::Value out;
  out.set("occurrences", count.occurrences).set("sessions", count.sessions);
  out.set("users", count.users).set("volumeRange", std::move(range));
  out.set("volume_buckets", std::move(buckets));
  return out;
}

json::Value issue_row(const json::Value& issue, const Count& count,
                      const std::pair<Cell, Cell>& times, const Span& span) {
  const auto id = issue["id"].text_or("");
  json::Value row;
  row.set("id", id).set("name", issue["name"]);
  row.set("description", issue["description"]);
  row.set("status", issue["status"].text_or("active"));
  row.set("severity", issue["severity"]);
  // The description may know of a time before the data begin.
  auto first = time_json(times.first);
  const auto told = issue["first_seen"].text_or("");
  if (!told.empty() && told < first.text_or("")) first = told;
  row.set("first_seen", std::move(first));
  row.set("last_seen", time_json(times.second));
  row.set("library", issue["library"].text_or("web"));
  row.set("source", issue["source"]).set("assignee", issue["assignee"]);
  row.set("aggregations", aggregations(count, span));
  row.set("_posthogUrl", product_url("error_tracking/" + id));
  return row;
}

void sort_rows(json::Array& rows, const json::Value& args) {
  const auto order = args["orderBy"].text_or("occurrences");
  const bool ascending = args["orderDirection"].text_or("DESC") == "ASC";
  const bool by_time = order == "first_seen" || order == "last_seen";
  std::ranges::stable_sort(rows, [&](const auto& a, const auto& b) {
    const auto& first = ascending ? a : b;
    const auto& second = ascending ? b : a;
    if (by_time) return first[order].text_or("") < second[order].text_or("");
    return first["aggregations"][order].integer().value_or(0) <
           second["aggregations"][order].integer().value_or(0);
  });
}

}  // namespace

json::Value error_issues_list_schema() {
  return constant(R"json({"type":"object","properties":{
"dateRange":{"type":"object","description":"ISO or relative dates; the last 7 days if absent.",
 "properties":{"date_from":{"type":["string","null"]},"date_to":{"type":["string","null"]}}},
"orderBy":{"type":"string","enum":["occurrences","users","sessions","first_seen","last_seen"],"default":"occurrences"},
"orderDirection":{"type":"string","enum":["ASC","DESC"],"default":"DESC"},
"status":{"type":"string","enum":["active","resolved","suppressed","archived","pending_release","all"],"default":"active"},
"searchQuery":{"type":"string","description":"Part of the name or the message."},
"filterGroup":{"type":"array","items":{"type":"object"},"description":"Property filters that all hold."},
"filterTestAccounts":{"type":"boolean","default":true},
"limit":{"type":"integer","description":"How many results, at most 100.","default":25},
"offset":{"type":"integer","description":"How many results to skip."}}})json");
}

Result<ToolAnswer> error_issues_list(const World& world,
                                     const json::Value& args) {
  CLARIBI_TRY(check_arguments(tool, error_issues_list_schema(), args));
  CLARIBI_TRY_ASSIGN(const auto span, read_span(world, args["dateRange"]));
  CLARIBI_TRY_ASSIGN(const auto counts, count(world, args, span));
  CLARIBI_TRY_ASSIGN(const auto times, seen(world));
  json::Array rows;
  for (const auto& issue : error_issues_of(world.project)) {
    const auto counted = counts.find(issue["id"].text_or(""));
    const auto time = times.find(issue["id"].text_or(""));
    if (counted == counts.end() || time == times.end() ||
        !is_wanted(issue, args)) {
      continue;
    }
    rows.push_back(issue_row(issue, counted->second, time->second, span));
  }
  sort_rows(rows, args);
  const Page page = read_page(args, 25, 100);
  const auto frame = page_frame(rows, page, "error_tracking", "error_tracking");
  json::Value value;
  value.set("results", frame["results"]);
  value.set("hasMore", !frame["next"].is_null());
  value.set("limit", page.limit).set("offset", page.offset);
  value.set("_posthogUrl", product_url("error_tracking"));
  return ToolAnswer{.value = std::move(value), .structured = true};
}

}  // namespace claribi::demo
