// SPDX-License-Identifier: MIT
// From a question to the call that is sent: one row for each. The arguments
// must be there as they stand; others may be there too.
#include <algorithm>
#include <array>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

struct Row {
  std::string_view question;
  std::string_view frame;
  std::string_view tool;
  std::string_view arguments;  // JSON; every member must be there.
};

// Whether `wanted` is in `actual`: members in any order, lists element by
// element.
bool is_within(const json::Value& wanted, const json::Value& actual) {
  if (wanted.is_object()) {
    for (const auto& member : wanted.members()) {
      if (!actual.has(member.name) ||
          !is_within(member.value, actual[member.name])) {
        return false;
      }
    }
    return actual.is_object();
  }
  if (wanted.is_array()) {
    if (wanted.size() != actual.size()) return false;
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (!is_within(wanted.at(i), actual.at(i))) return false;
    }
    return actual.is_array();
  }
  return wanted == actual;
}

void check(const Row& row, const source::Schema& schema) {
  const std::string question(row.question);
  CAPTURE(question);
  const auto plan = plan_of(row.question, schema);
  if (!plan) {
    FAIL_CHECK(plan.error().message);
    return;
  }
  CHECK(plan->frame == row.frame);
  const auto calls = compile(*plan, same_words(), moment(), {});
  REQUIRE(calls.has_value());
  REQUIRE(calls->size() == 1);
  const auto& call = calls->front().call;
  CHECK(call.tool == row.tool);
  const std::string sent = json::compact(call.arguments);
  CAPTURE(sent);
  const auto wanted = json::parse(row.arguments);
  REQUIRE(wanted.has_value());
  CHECK(is_within(*wanted, call.arguments));
}

constexpr auto snake_rows = std::to_array<Row>({
    // Objects and lists.
    {"Show me the activation dashboard.", "dashboard", "dashboard-get",
     R"({"id":5})"},
    {"open the weekly revenue dashboard", "dashboard", "dashboard-get",
     R"({"id":6})"},
    {"What dashboards exist?", "dashboards", "dashboards-get-all", "{}"},
    {"list our dashboards", "dashboards", "dashboards-get-all", "{}"},
    {"How many dashboards do we have?", "dashboards", "dashboards-get-all",
     "{}"},
    {"Which flags are at 100% rollout?", "flags", "feature-flag-get-all", "{}"},
    {"list all active feature flags", "flags", "feature-flag-get-all",
     R"({"active":"true"})"},
    {"which flags are disabled?", "flags", "feature-flag-get-all",
     R"({"active":"false"})"},
    {"which flags are stale?", "flags", "feature-flag-get-all",
     R"({"active":"STALE"})"},
    {"Show me the new-pricing flag definition.", "flag",
     "feature-flag-get-definition", R"({"id":11})"},
    {"what are the rollout conditions of dark-mode?", "flag",
     "feature-flag-get-definition", R"({"id":12})"},
    {"show the new pricing page flag", "flag", "feature-flag-get-definition",
     R"({"id":11})"},
    {"List user cohorts.", "cohorts", "cohorts-list", "{}"},
    {"what segments do we have?", "cohorts", "cohorts-list", "{}"},
    {"Show me the paying users cohort.", "cohort", "cohorts-retrieve",
     R"({"id":1})"},
    {"how many people are in the Power users cohort?", "cohort",
     "cohorts-retrieve", R"({"id":2})"},
    {"Show me person p_001.", "person", "persons-retrieve",
     R"({"id":"p_001"})"},
    {"find jane@acme.example", "person", "persons-list",
     R"({"email":"jane@acme.example"})"},
    {"find person Jane Doe", "person", "persons-list",
     R"({"search":"Jane Doe"})"},
    {"What event properties can I query?", "schema", "hogql-schema", "{}"},
    {"which events do we track?", "schema", "hogql-schema", "{}"},
    {"How do I set up feature flags?", "docs", "docs-search",
     R"({"query":"How do I set up feature flags?"})"},
    {"how do I create a cohort", "docs", "docs-search",
     R"({"query":"how do I create a cohort"})"},
    {"Top errors in the last 24 hours.", "errors",
     "query-error-tracking-issues-list",
     R"({"dateRange":{"date_from":"2026-11-17T10:30:00"},
         "orderBy":"occurrences","status":"active"})"},
    {"top 3 errors this week", "errors", "query-error-tracking-issues-list",
     R"({"dateRange":{"date_from":"2026-11-16"},"limit":3})"},
    {"which errors affect the most users?", "errors",
     "query-error-tracking-issues-list",
     R"({"dateRange":{"date_from":"2026-11-11"},"orderBy":"users"})"},
    {"new TypeError issues since yesterday", "errors",
     "query-error-tracking-issues-list",
     R"({"dateRange":{"date_from":"2026-11-17"},"orderBy":"first_seen",
         "searchQuery":"TypeError"})"},
    {"Recent session recordings for paying users?", "recordings",
     "query-session-recordings-list",
     R"({"date_from":"2026-11-15","properties":[
         {"type":"cohort","key":"id","value":1,"operator":"in"}]})"},
    {"longest sessions in the last 3 days", "recordings",
     "query-session-recordings-list",
     R"({"date_from":"2026-11-15","order":"duration"})"},
    // Trends.
    {"Run the daily active users query.", "active_users", "query-run",
     R"({"query":{"kind":"InsightVizNode","source":{"kind":"TrendsQuery",
         "series":[{"kind":"EventsNode","event":null,"math":"dau"}],
         "interval":"day"}}})"},
    {"What is our DAU for the last two weeks?", "active_users", "query-trends",
     R"({"series":[{"event":null,"math":"dau"}],"interval":"day",
         "dateRange":{"date_from":"2026-11-04"},"output_format":"json"})"},
    {"weekly active users, last 12 weeks", "active_users", "query-trends",
     R"({"series":[{"event":null,"math":"weekly_active"}],
         "interval":"week"})"},
    {"MAU right now", "active_users", "query-trends",
     R"({"series":[{"math":"dau"}],"dateRange":{"date_from":"2026-10-19"},
         "trendsFilter":{"display":"BoldNumber"}})"},
    {"Signups by day for the last 30 days.", "trend", "query-trends",
     R"({"kind":"TrendsQuery","interval":"day","output_format":"json",
         "series":[{"kind":"EventsNode","event":"signed_up","math":"total"}],
         "dateRange":{"date_from":"2026-10-19"}})"},
    {"daily sign-ups since 1 November", "trend", "query-trends",
     R"({"series":[{"event":"signed_up"}],"interval":"day",
         "dateRange":{"date_from":"2026-11-01"}})"},
    {"Chart weekly logins for the past 8 weeks", "trend", "query-trends",
     R"({"series":[{"event":"logged_in"}],"interval":"week",
         "dateRange":{"date_from":"2026-09-23"}})"},
    {"hourly errors today", "trend", "query-trends",
     R"({"series":[{"event":"$exception"}],"interval":"hour",
         "dateRange":{"date_from":"2026-11-18"}})"},
    {"how are page views doing this month", "trend", "query-trends",
     R"({"series":[{"event":"$pageview"}],
         "dateRange":{"date_from":"2026-11-01"}})"},
    {"uploads and downloads per week", "trend", "query-trends",
     R"({"series":[{"event":"uploaded_file"},{"event":"downloaded_file"}],
         "interval":"week"})"},
    {"How many signups yesterday?", "number", "query-trends",
     R"({"series":[{"event":"signed_up","math":"total"}],
         "dateRange":{"date_from":"2026-11-17","date_to":"2026-11-17"},
         "trendsFilter":{"display":"BoldNumber"}})"},
    {"How many people signed up yesterday?", "number", "query-trends",
     R"({"series":[{"event":"signed_up","math":"dau"}]})"},
    {"number of paid bills in October", "number", "query-trends",
     R"({"series":[{"event":"paid_bill"}],
         "dateRange":{"date_from":"2026-10-01","date_to":"2026-10-31"}})"},
    {"total revenue last month", "number", "query-trends",
     R"({"series":[{"event":"paid_bill","math":"sum",
         "math_property":"amount_usd"}]})"},
    {"median file size of uploads", "trend", "query-trends",
     R"({"series":[{"event":"uploaded_file","math":"median",
         "math_property":"file_size_b"}]})"},
    {"p95 file size of uploads in the past 30 days", "trend", "query-trends",
     R"({"series":[{"event":"uploaded_file","math":"p95"}]})"},
    {"average file size uploaded per day", "trend", "query-trends",
     R"({"series":[{"event":"uploaded_file","math":"avg",
         "math_property":"file_size_b"}]})"},
    {"sum of amount_usd last week", "trend", "query-trends",
     R"({"series":[{"math":"sum","math_property":"amount_usd"}]})"},
    {"pageviews by browser, last 30 days", "trend", "query-trends",
     R"({"breakdownFilter":{"breakdowns":[
         {"property":"$browser","type":"event"}]}})"},
    {"signups split by company size", "trend", "query-trends",
     R"({"breakdownFilter":{"breakdowns":[
         {"property":"company_size","type":"person"}]}})"},
    {"signups by plan and country", "trend", "query-trends",
     R"({"breakdownFilter":{"breakdowns":[
         {"property":"plan","type":"event"},
         {"property":"$geoip_country_code","type":"event"}]}})"},
    {"top 5 countries by signups this quarter", "trend", "query-trends",
     R"({"series":[{"event":"signed_up"}],
         "breakdownFilter":{"breakdown_limit":5},
         "trendsFilter":{"display":"ActionsBarValue"},
         "dateRange":{"date_from":"2026-10-01"}})"},
    {"signups where plan = pro", "trend", "query-trends",
     R"({"properties":[{"key":"plan","value":["pro"],"operator":"exact",
         "type":"event"}]})"},
    {"signups where plan is not 'free tier'", "trend", "query-trends",
     R"({"properties":[{"key":"plan","value":["free tier"],
         "operator":"is_not"}]})"},
    {"signups from plan pro this week", "trend", "query-trends",
     R"({"properties":[{"key":"plan","value":["pro"]}]})"},
    {"signups on the pro plan", "trend", "query-trends",
     R"({"properties":[{"key":"plan","value":["pro"]}]})"},
    {"paid bills with amount_usd over 100", "trend", "query-trends",
     R"({"properties":[{"key":"amount_usd","value":100,"operator":"gt"}]})"},
    {"uploads from Germany in the last 14 days", "trend", "query-trends",
     R"({"properties":[{"key":"$geoip_country_code","value":["DE"]}],
         "dateRange":{"date_from":"2026-11-04"}})"},
    {"Chrome pageviews last week", "trend", "query-trends",
     R"({"properties":[{"key":"$browser","value":["Chrome"]}]})"},
    {"signups this week compared to last week", "trend", "query-trends",
     R"({"dateRange":{"date_from":"2026-11-16"},
         "compareFilter":{"compare":true,"compare_to":"-1w"}})"},
    {"signups this month vs last month", "trend", "query-trends",
     R"({"dateRange":{"date_from":"2026-11-01"},
         "compareFilter":{"compare":true,"compare_to":"-1m"}})"},
    {"ratio of uploads to downloads, last 30 days", "ratio", "query-trends",
     R"({"series":[{"event":"uploaded_file"},{"event":"downloaded_file"}],
         "trendsFilter":{"formulaNodes":[{"formula":"A/B"}]}})"},
    {"why did signups drop last week?", "trend", "query-trends",
     R"({"series":[{"event":"signed_up"}]})"},
    {"how many singups yesterday", "number", "query-trends",
     R"({"series":[{"event":"signed_up"}]})"},
    {"registrations per day", "trend", "query-trends",
     R"({"series":[{"event":"signed_up"}]})"},
    {"downloads per upload", "trend", "query-trends",
     R"({"series":[{"event":"downloaded_file"},{"event":"uploaded_file"}],
         "trendsFilter":{"formulaNodes":[{"formula":"A/B"}]}})"},
    {"signups without plan pro", "trend", "query-trends",
     R"({"properties":[{"key":"plan","value":["pro"],
         "operator":"is_not"}]})"},
    {"errors by browser", "trend", "query-trends",
     R"({"series":[{"event":"$exception"}],"breakdownFilter":{
         "breakdowns":[{"property":"$browser","type":"event"}]}})"},
    {"median amount paid per week", "trend", "query-trends",
     R"({"series":[{"event":"paid_bill","math":"median",
         "math_property":"amount_usd"}],"interval":"week"})"},
    {"which errors were seen by users most", "errors",
     "query-error-tracking-issues-list", "{}"},
    {"show me p_001", "person", "persons-retrieve", R"({"id":"p_001"})"},
    {"unique users who uploaded files last week", "active_users",
     "query-trends", R"({"series":[{"event":"uploaded_file","math":"dau"}]})"},
    // Funnels.
    {"Signup to first-action conversion?", "funnel", "query-funnel",
     R"({"series":[{"kind":"EventsNode","event":"signed_up"},
         {"kind":"EventsNode","event":"uploaded_file"}]})"},
    {"conversion from pageview to signup this month", "funnel", "query-funnel",
     R"({"kind":"FunnelsQuery","output_format":"json",
         "series":[{"event":"$pageview"},{"event":"signed_up"}],
         "dateRange":{"date_from":"2026-11-01"},
         "funnelsFilter":{"funnelVizType":"steps","funnelOrderType":"ordered",
         "funnelWindowInterval":14,"funnelWindowIntervalUnit":"day"}})"},
    {"What share of users who sign up invite a team member within 7 days?",
     "funnel", "query-funnel",
     R"({"series":[{"event":"signed_up"},{"event":"invited_team_member"}],
         "funnelsFilter":{"funnelWindowInterval":7}})"},
    {"signup -> upload -> paid bill funnel by plan", "funnel", "query-funnel",
     R"({"series":[{"event":"signed_up"},{"event":"uploaded_file"},
         {"event":"paid_bill"}],
         "breakdownFilter":{"breakdown":"plan","breakdown_type":"event"}})"},
    {"how long does it take from signing up to paying a bill?", "funnel",
     "query-funnel",
     R"({"series":[{"event":"signed_up"},{"event":"paid_bill"}]})"},
    // SQL.
    {"SELECT event, count() FROM events GROUP BY event;", "sql", "query-run",
     R"({"query":{"kind":"DataVisualizationNode","source":{"kind":"HogQLQuery",
         "query":"SELECT event, count() FROM events GROUP BY event"}}})"},
});

constexpr auto title_rows = std::to_array<Row>({
    {"signups per day", "trend", "query-trends",
     R"({"series":[{"event":"Signed Up"}],"interval":"day"})"},
    {"how many completed orders yesterday?", "number", "query-trends",
     R"({"series":[{"event":"Order Completed","math":"total"}]})"},
    {"viewed products by store country last week", "trend", "query-trends",
     R"({"series":[{"event":"Product Viewed"}],"breakdownFilter":{
         "breakdowns":[{"property":"Store Country","type":"event"}]}})"},
    {"average order value of completed orders in October", "trend",
     "query-trends",
     R"({"series":[{"event":"Order Completed","math":"avg",
         "math_property":"Order Value"}]})"},
    {"funnel from product viewed to product added to order completed", "funnel",
     "query-funnel",
     R"({"series":[{"event":"Product Viewed"},{"event":"Product Added"},
         {"event":"Order Completed"}]})"},
    {"'Order Refunded' per week by loyalty tier", "trend", "query-trends",
     R"({"series":[{"event":"Order Refunded"}],"interval":"week",
         "breakdownFilter":{"breakdowns":[
         {"property":"Loyalty Tier","type":"person"}]}})"},
    {"show the shop overview dashboard", "dashboard", "dashboard-get",
     R"({"id":31})"},
});

constexpr auto camel_rows = std::to_array<Row>({
    {"app opens per day", "trend", "query-trends",
     R"({"series":[{"event":"appOpened"}]})"},
    {"registrations last week", "trend", "query-trends",
     R"({"series":[{"event":"userRegistered"}]})"},
    {"levelCompleted by level name", "trend", "query-trends",
     R"({"series":[{"event":"levelCompleted"}],"breakdownFilter":{
         "breakdowns":[{"property":"levelName","type":"event"}]}})"},
    {"conversion from level started to level completed", "funnel",
     "query-funnel",
     R"({"series":[{"event":"levelStarted"},{"event":"levelCompleted"}]})"},
    {"max coin amount of purchased coins last week", "trend", "query-trends",
     R"({"series":[{"event":"coinPurchased","math":"max",
         "math_property":"coinAmount"}]})"},
    {"screen views per hour today", "trend", "query-trends",
     R"({"series":[{"event":"$screen"}],"interval":"hour"})"},
    {"show me the newHomeScreen flag", "flag", "feature-flag-get-definition",
     R"({"id":3})"},
});

TEST_CASE("questions over snake_case names become their calls") {
  const auto schema = snake_project();
  for (const auto& row : snake_rows)
    check(row, schema);
}

TEST_CASE("questions over Title Case names become their calls") {
  const auto schema = title_project();
  for (const auto& row : title_rows)
    check(row, schema);
}

TEST_CASE("questions over camelCase names become their calls") {
  const auto schema = camel_project();
  for (const auto& row : camel_rows)
    check(row, schema);
}

TEST_CASE("the example of every frame reaches that frame") {
  for (const auto& frame : frames()) {
    CAPTURE(frame.name);
    const auto reading = read(frame.example);
    REQUIRE(reading.has_value());
    CHECK(reading->frame->name == frame.name);
  }
}

TEST_CASE("a schema in another order gives the same plan") {
  auto schema = snake_project();
  for (const auto& row : snake_rows) {
    CAPTURE(row.question);
    auto turned = schema;
    std::reverse(turned.events.begin(), turned.events.end());
    std::reverse(turned.flags.begin(), turned.flags.end());
    std::reverse(turned.cohorts.begin(), turned.cohorts.end());
    std::reverse(turned.properties.begin(), turned.properties.end());
    const auto one = plan_of(row.question, schema);
    const auto two = plan_of(row.question, turned);
    REQUIRE(one.has_value());
    REQUIRE(two.has_value());
    CHECK(json::canonical(to_json(*one)) == json::canonical(to_json(*two)));
  }
}

TEST_CASE("no call carries a relative date") {
  const auto schema = snake_project();
  for (const auto& row : snake_rows) {
    CAPTURE(row.question);
    const auto calls = calls_of(row.question, schema);
    REQUIRE(calls.has_value());
    const auto& arguments = calls->front().call.arguments;
    const auto& inner = arguments["query"]["source"];
    for (const auto* range :
         {&arguments["dateRange"], &inner["dateRange"], &arguments}) {
      for (const auto* key : {"date_from", "date_to"}) {
        const std::string date = (*range)[key].text_or("2026-01-01");
        CHECK(date.substr(0, 2) == "20");
      }
    }
  }
}

}  // namespace
}  // namespace claribi::plan
