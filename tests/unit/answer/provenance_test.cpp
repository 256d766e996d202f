// SPDX-License-Identifier: MIT
#include "answer/provenance.hpp"

#include <string>

#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

source::ToolCall call(std::string tool, std::string_view arguments) {
  return {std::move(tool), *json::parse(arguments)};
}

constexpr std::string_view trends = R"({
  "kind": "TrendsQuery",
  "series": [{"kind": "EventsNode", "event": "signed_up", "math": "total"}],
  "interval": "day",
  "dateRange": {"date_from": "2026-10-19", "date_to": "2026-11-18"}})";

source::ToolCall trends_call() {
  return call("query-trends", trends);
}

}  // namespace

TEST_CASE("a trend is described by what was sent") {
  const Provenance told = describe(trend_plan(), trends_call(), wednesday());
  CHECK(told.title == "signed_up per day");
  CHECK(told.period == "2026-10-19 to 2026-11-18 (UTC)");
  CHECK(told.query ==
        "query-trends · signed_up · total · day · 2026-10-19 to 2026-11-18 "
        "(UTC) · test accounts: project default");
  CHECK(told.assumed.empty());
}

TEST_CASE("a wrapped query reads like one that is not") {
  const std::string wrapped =
      R"({"query": {"kind": "InsightVizNode", "source": )" +
      std::string(trends) + "}}";
  Provenance told =
      describe(trend_plan(), call("query-run", wrapped), wednesday());
  CHECK(told.title == "signed_up per day");
  CHECK(told.query ==
        "query-run · signed_up · total · day · 2026-10-19 to 2026-11-18 (UTC) "
        "· test accounts: project default");
}

TEST_CASE("the zone of the project is said") {
  Moment moment = wednesday();
  moment.calendar.zone = *TimeZone::named("Europe/Berlin");
  CHECK(describe(trend_plan(), trends_call(), moment).period ==
        "2026-10-19 to 2026-11-18 (Europe/Berlin)");
}

TEST_CASE("a range without an end goes up to today") {
  const auto sent = call("query-trends",
                         R"({"series": [{"event": "signed_up"}],
                             "dateRange": {"date_from": "2026-11-11"}})");
  CHECK(describe(trend_plan(), sent, wednesday()).period ==
        "2026-11-11 to 2026-11-18 (UTC)");
}

TEST_CASE("times of day are cut to the minute") {
  const auto sent = call("query-session-recordings-list",
                         R"({"date_from": "2026-11-17T10:30:00", "date_to":
               "2026-11-18T10:30:00", "limit": 10})");
  const Provenance told = describe({}, sent, wednesday());
  CHECK(told.title == "Session recordings");
  CHECK(told.query ==
        "query-session-recordings-list · 2026-11-17 10:30 to 2026-11-18 10:30 "
        "(UTC) · limit 10");
}

TEST_CASE("unique users, properties and breakdowns are in the title") {
  const auto sent = call("query-trends", R"({
      "series": [{"event": "$pageview", "math": "dau"}], "interval": "week",
      "breakdownFilter": {"breakdowns": [{"property": "$browser"}]},
      "filterTestAccounts": true})");
  const Provenance told =
      describe(trend_plan("$pageview", plan::Math::dau), sent, wednesday());
  CHECK(told.title == "people with $pageview per week by $browser");
  CHECK(told.period.empty());
  CHECK(told.query ==
        "query-trends · $pageview · dau · by $browser · week · test accounts: "
        "excluded");
  plan::Plan sum = trend_plan("paid_bill", plan::Math::sum);
  sum.series[0].property = "amount";
  sum.total = true;
  const auto summed = call("query-trends", R"({
      "series": [{"event": "paid_bill", "math": "sum",
                  "math_property": "amount"}]})");
  const Provenance total = describe(sum, summed, wednesday());
  CHECK(total.title == "total amount of paid_bill");
  CHECK(total.query ==
        "query-trends · paid_bill · sum of amount · test accounts: project "
        "default");
}

TEST_CASE("filters, comparison and formula are part of the query") {
  plan::Plan plan = trend_plan();
  plan.series.push_back({.event = "logged_in"});
  plan.formula = "A/B";
  plan.filters = {{.property = "plan", .values = {"pro"}}};
  const auto sent = call("query-trends", R"({
      "series": [{"event": "signed_up"}, {"event": "logged_in"}],
      "interval": "day", "trendsFilter": {"formula": "A/B"},
      "compareFilter": {"compare": true, "compare_to": "-1w"},
      "filterTestAccounts": false})");
  const Provenance told = describe(plan, sent, wednesday());
  CHECK(told.title == "A/B of signed_up, logged_in per day");
  CHECK(told.query ==
        "query-trends · signed_up (total) · logged_in (total) · formula A/B · "
        "where plan is pro · day · against -1w · test accounts: included");
}

TEST_CASE("a funnel is described by its steps and window") {
  const auto sent = call("query-funnel", R"({
      "series": [{"event": "signed_up"}, {"event": "uploaded_file"}],
      "dateRange": {"date_from": "2026-10-19", "date_to": "2026-11-18"},
      "funnelsFilter": {"funnelWindowInterval": 14,
                        "funnelWindowIntervalUnit": "day"}})");
  const Provenance told = describe({.frame = "funnel"}, sent, wednesday());
  CHECK(told.title == "Funnel: signed_up → uploaded_file");
  CHECK(told.query ==
        "query-funnel · signed_up → uploaded_file · window 14 days · "
        "2026-10-19 to 2026-11-18 (UTC) · test accounts: project default");
}

TEST_CASE("lists and objects are named by their tool") {
  const auto title = [](const plan::Plan& plan, const char* tool,
                        std::string_view arguments = "{}") {
    return describe(plan, call(tool, arguments), wednesday()).title;
  };
  plan::Plan flags;
  CHECK(title(flags, "feature-flag-get-all") == "Feature flags");
  flags.minimum_rollout = 100;
  CHECK(title(flags, "feature-flag-get-all") ==
        "Feature flags at 100 % rollout");
  flags.minimum_rollout = 50;
  CHECK(title(flags, "feature-flag-get-all") ==
        "Feature flags at 50 % rollout or more");
  CHECK(title({}, "query-error-tracking-issues-list") == "Top errors");
  CHECK(title({}, "dashboards-get-all") == "Dashboards");
  CHECK(title({}, "cohorts-list") == "Cohorts");
  CHECK(title({}, "persons-list") == "People");
  CHECK(title({}, "hogql-schema") == "Events and properties");
  CHECK(title({}, "some-new-tool") == "some-new-tool");
  CHECK(title({}, "docs-search", R"({"query": "feature flags"})") ==
        "Documentation: feature flags");
  plan::Plan flag;
  flag.object = plan::ObjectRef{.kind = "flag", .id = "3", .name = "beta"};
  CHECK(title(flag, "feature-flag-get-definition", R"({"id": 3})") ==
        "Feature flag beta");
}

TEST_CASE("a query in SQL is shown as it was sent") {
  const auto sent = call("query-run", R"({"query": {
      "kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery",
      "query": "select count() from events"}}})");
  const Provenance told = describe({}, sent, wednesday());
  CHECK(told.title == "SQL query");
  CHECK(told.query == "query-run · SQL select count() from events");
  CHECK(
      describe({}, call("execute-sql", R"({"query": "select 1"})"), wednesday())
          .query == "execute-sql · SQL select 1");
}

TEST_CASE("an id that was sent is said") {
  const auto sent = call("persons-retrieve", R"({"id": "p_001"})");
  CHECK(describe({}, sent, wednesday()).query == "persons-retrieve · id p_001");
}

TEST_CASE("every assumption has a line with its reason and score") {
  plan::Plan plan = trend_plan();
  plan.assumptions = {{"event", "signed_up", "\"signups\"", 0.95},
                      {"interval", "day", "the default", 1.0},
                      {"window", "14 days", "", 1.0},
                      {"event", "paid_bill", "'bills' reads as an event", 0.8}};
  const Provenance told = describe(plan, trends_call(), wednesday());
  REQUIRE(told.assumed.size() == 4);
  CHECK(told.assumed[0] == "\"signups\" → event signed_up (score 0.95)");
  CHECK(told.assumed[1] == "interval day (the default)");
  CHECK(told.assumed[2] == "window 14 days");
  CHECK(told.assumed[3] == "'bills' reads as an event: paid_bill (score 0.80)");
}
