// SPDX-License-Identifier: MIT
#include "answer/provenance.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "answer/behaviour_words.hpp"
#include "answer/words.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "plan/frames/flag_effect.hpp"

namespace claribi::answer {
namespace {

using json::Value;

// The query inside, whether it was sent as the arguments themselves or
// wrapped for query-run.
const Value& query_of(const source::ToolCall& sent) {
  const Value& query = sent.arguments["query"];
  if (!query.is_object()) return sent.arguments;
  return query["source"].is_object() ? query["source"] : query;
}

bool is_funnel(const source::ToolCall& sent, const Value& query) {
  return sent.tool == "query-funnel" ||
         query["kind"].string() == "FunnelsQuery";
}

bool is_sql(const Value& query) {
  return query["query"].is_string() || query["kind"].string() == "HogQLQuery";
}

// Lifecycles and stickiness have no other way of counting.
bool counts_people(const source::ToolCall& sent, const Value& query) {
  const std::string kind = query["kind"].text_or("");
  return sent.tool == "query-lifecycle" || sent.tool == "query-stickiness" ||
         kind == "LifecycleQuery" || kind == "StickinessQuery";
}

std::string event_of(const Value& series) {
  for (std::string_view name : {"custom_name", "event", "name"}) {
    std::string text = series[name].text_or("");
    if (!text.empty()) return text;
  }
  return "all events";
}

std::string event_names(const Value& query, std::string_view separator) {
  std::vector<std::string> names;
  for (const Value& series : query["series"].items())
    names.push_back(event_of(series));
  return join(names, separator);
}

// "2026-11-17T10:30:00" as "2026-11-17 10:30"; anything else as it is.
std::string date_text(std::string_view text) {
  std::string date(text.substr(0, std::min<size_t>(text.size(), 16)));
  if (date.size() == 16 && date[10] == 'T') date[10] = ' ';
  return parse_instant(date) ? date : std::string(text);
}

std::string period_of(const Value& query, const Moment& moment) {
  const Value& range =
      query["dateRange"].is_object() ? query["dateRange"] : query;
  const std::string from = range["date_from"].text_or("");
  if (from.empty()) return "";
  const std::string to = range["date_to"].text_or(format_date(moment.local()));
  return fmt::format("{} ({})", span_words(date_text(from), date_text(to)),
                     moment.calendar.zone.name());
}

std::string breakdown_of(const plan::Plan& plan, const Value& query) {
  // One funnel per flag was asked for; the query is that of the first.
  if (plan.frame == plan::flag_effect_name) return "flag";
  const Value& filter = query["breakdownFilter"];
  std::vector<std::string> names;
  for (const Value& breakdown : filter["breakdowns"].items())
    names.push_back(breakdown["property"].text_or(""));
  if (names.empty()) names.push_back(filter["breakdown"].text_or(""));
  return join(names, ", ");
}

// "total", "sum of price"
std::string math_of(const Value& series) {
  std::string math = series["math"].text_or("total");
  const std::string property = series["math_property"].text_or("");
  return property.empty() ? math : math + " of " + property;
}

void add_series(std::vector<std::string>& parts, const source::ToolCall& sent,
                const Value& query) {
  const json::Array& series = query["series"].items();
  if (series.empty()) return;
  if (is_funnel(sent, query)) {
    parts.push_back(event_names(query, " → "));
  } else if (series.size() == 1) {
    parts.push_back(event_of(series[0]));
    if (!counts_people(sent, query)) parts.push_back(math_of(series[0]));
  } else {
    for (const Value& one : series)
      parts.push_back(fmt::format("{} ({})", event_of(one), math_of(one)));
  }
}

// "window 14 days"
std::string window_of(const Value& query) {
  const Value& filter = query["funnelsFilter"];
  const auto length = filter["funnelWindowInterval"].integer();
  if (!length) return "";
  const std::string unit = filter["funnelWindowIntervalUnit"].text_or("day");
  return fmt::format("window {} {}{}", *length, unit, *length == 1 ? "" : "s");
}

std::string comparison_of(const Value& query) {
  const Value& filter = query["compareFilter"];
  if (!filter["compare"].boolean().value_or(false)) return "";
  const std::string to = filter["compare_to"].text_or("");
  return to.empty() ? "against the period before" : "against " + to;
}

// Left to the project unless the call says otherwise. Only insight queries
// follow the project's setting.
std::string test_accounts_of(const Value& query) {
  const bool insight = query["series"].is_array() ||
                       query.has("retentionFilter") || query.has("pathsFilter");
  for (std::string_view name : {"filterTestAccounts", "filter_test_accounts"}) {
    if (const auto out = query[name].boolean()) {
      return *out ? "test accounts: excluded" : "test accounts: included";
    }
  }
  return insight ? "test accounts: project default" : "";
}

// An argument that has no words of its own: "limit 10".
std::string argument_of(const Value& query, std::string_view name,
                        std::string_view word) {
  const Value& value = query[name];
  if (value.is_null() || value.is_array() || value.is_object()) return "";
  return fmt::format("{} {}", word, cell_text(value));
}

std::string query_line(const plan::Plan& plan, const source::ToolCall& sent,
                       const std::string& period) {
  const Value& query = query_of(sent);
  std::vector<std::string> parts{sent.tool};
  add_series(parts, sent, query);
  for (std::string& part : behaviour_parts(query))
    parts.push_back(std::move(part));
  const std::string formula =
      query["trendsFilter"]["formula"].text_or(plan.formula.value_or(""));
  const std::string breakdown = breakdown_of(plan, query);
  parts.push_back(formula.empty() ? "" : "formula " + formula);
  parts.push_back(breakdown.empty() ? "" : "by " + breakdown);
  parts.push_back(filter_words(plan));
  if (!is_funnel(sent, query) && !plan.total) {
    parts.push_back(query["interval"].text_or(""));
  }
  parts.push_back(window_of(query));
  parts.push_back(period);
  parts.push_back(comparison_of(query));
  const bool documents = sent.tool == "docs-search";
  if (documents) parts.push_back(argument_of(query, "query", "search"));
  if (is_sql(query) && !documents) {
    parts.push_back(argument_of(query, "query", "SQL"));
  }
  parts.push_back(argument_of(query, "id", "id"));
  parts.push_back(argument_of(query, "distinct_id", "distinct id"));
  parts.push_back(argument_of(query, "orderBy", "by"));
  parts.push_back(argument_of(query, "search", "search"));
  parts.push_back(argument_of(query, "limit", "limit"));
  parts.push_back(test_accounts_of(query));
  std::erase(parts, "");
  return join(parts, " · ");
}

std::string trends_title(const plan::Plan& plan, const Value& query) {
  std::vector<std::string> names;
  const json::Array& series = query["series"].items();
  for (size_t i = 0; i < series.size(); ++i) {
    const Metric metric = metric_of(plan, i, event_of(series[i]));
    const bool plain = metric.unit.empty() || metric.unit == "events";
    names.push_back(plain
                        ? metric.label
                        : fmt::format("{} with {}", metric.unit, metric.label));
  }
  std::string title = join(names, ", ");
  if (title.starts_with("the ")) title.erase(0, 4);
  if (plan.formula) title = fmt::format("{} of {}", *plan.formula, title);
  const std::string interval = query["interval"].text_or("");
  if (!plan.total && !interval.empty()) title += " per " + interval;
  const std::string breakdown = breakdown_of(plan, query);
  return breakdown.empty() ? title : fmt::format("{} by {}", title, breakdown);
}

std::string flags_title(const plan::Plan& plan) {
  if (!plan.minimum_rollout) return "Feature flags";
  return *plan.minimum_rollout == 100
             ? "Feature flags at 100 % rollout"
             : fmt::format("Feature flags at {} % rollout or more",
                           *plan.minimum_rollout);
}

// What a tool that is no query shows, by a word of its name, the more
// specific first.
struct ToolTitle {
  std::string_view word;
  std::string_view many;
  std::string_view one;
};
constexpr auto tool_titles = std::to_array<ToolTitle>(
    {{"error", "Top errors", "Error"},
     {"recording", "Session recordings", "Session recording"},
     {"dashboard", "Dashboards", "Dashboard"},
     {"cohort", "Cohorts", "Cohort"},
     {"person", "People", "Person"},
     {"flag", "Feature flags", "Feature flag"},
     {"schema", "Events and properties", "Events and properties"},
     {"insight", "Insights", "Insight"}});

std::string tool_title(const plan::Plan& plan, const source::ToolCall& sent) {
  if (sent.tool == "docs-search") {
    const std::string wanted = sent.arguments["query"].text_or("");
    return wanted.empty() ? "Documentation" : "Documentation: " + wanted;
  }
  const auto found = std::ranges::find_if(
      tool_titles,
      [&](const ToolTitle& title) { return sent.tool.contains(title.word); });
  if (found == tool_titles.end()) return sent.tool;
  if (!plan.object) {
    return found->word == "flag" ? flags_title(plan) : std::string(found->many);
  }
  // A list that a cohort filters is still a list.
  if (!plan.filters.empty()) {
    return fmt::format("{} of {}", found->many, plan.object->name);
  }
  const std::string& name =
      plan.object->name.empty() ? plan.object->id : plan.object->name;
  return fmt::format("{} {}", found->one, name);
}

std::string title_of(const plan::Plan& plan, const source::ToolCall& sent) {
  const Value& query = query_of(sent);
  std::string title = behaviour_title(sent, query);
  if (!title.empty()) return title;
  if (is_funnel(sent, query)) {
    const std::string breakdown = breakdown_of(plan, query);
    title = "Funnel: " + event_names(query, " → ");
    return breakdown.empty() ? title : title + " by " + breakdown;
  }
  if (query["series"].size() > 0) return trends_title(plan, query);
  const bool documents = sent.tool == "docs-search";
  return is_sql(query) && !documents ? "SQL query" : tool_title(plan, sent);
}

// What a word was taken for, or which default stands in for one:
//   "signups" → event signed_up (score 0.95)
//   'signups' reads as an event: signed_up (score 0.95)
//   interval day (no interval was named)
std::string assumption_line(const plan::Assumption& assumption) {
  const auto& [slot, value, why, score] = assumption;
  const std::string sure = score < 1 ? fmt::format("score {:.2f}", score) : "";
  const bool quoted = why.starts_with('"') || why.starts_with('\'');
  std::string line = fmt::format("{} {}", slot, value);
  std::vector<std::string> remarks;
  if (!quoted) {
    remarks.push_back(why);
  } else if (why.ends_with(why.front())) {
    line = fmt::format("{} → {}", why, line);
  } else {
    line = fmt::format("{}: {}", why, value);
  }
  remarks.push_back(sure);
  std::erase(remarks, "");
  return remarks.empty() ? line
                         : fmt::format("{} ({})", line, join(remarks, ", "));
}

}  // namespace

Provenance describe(const plan::Plan& plan, const source::ToolCall& sent,
                    const Moment& moment) {
  Provenance provenance;
  provenance.title = title_of(plan, sent);
  provenance.period = period_of(query_of(sent), moment);
  provenance.query = query_line(plan, sent, provenance.period);
  for (const plan::Assumption& assumption : plan.assumptions)
    provenance.assumed.push_back(assumption_line(assumption));
  return provenance;
}

}  // namespace claribi::answer
