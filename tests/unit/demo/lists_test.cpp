// SPDX-License-Identifier: MIT
#include <set>

#include "demo/cohorts.hpp"
#include "demo/rest.hpp"
#include "demo/tools.hpp"
#include "doctest/doctest.h"
#include "generated_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

using Tool = Result<ToolAnswer> (*)(const World&, const json::Value&);

json::Value run(Tool tool, std::string_view text = "{}") {
  const auto answer = tool(generated_world(), arguments(text));
  if (!answer) FAIL(answer.error().message);
  return answer->value;
}

Error refused(Tool tool, std::string_view text) {
  const auto answer = tool(generated_world(), arguments(text));
  REQUIRE_FALSE(answer.has_value());
  return answer.error();
}

std::vector<std::string> names(const json::Value& list,
                               std::string_view member = "name") {
  std::vector<std::string> all;
  for (const auto& row : list["results"].items()) {
    all.push_back(row[member].text_or(""));
  }
  return all;
}

}  // namespace

TEST_CASE("a page has its neighbours' addresses and the count of all") {
  const auto page = run(feature_flag_get_all, R"({"limit":3,"offset":"2"})");
  CHECK(page["count"].integer() == 9);
  CHECK(page["results"].size() == 3);
  CHECK(page["next"].text_or("") ==
        "https://us.posthog.com/api/projects/1/feature_flags/"
        "?limit=3&offset=5");
  CHECK(page["previous"].text_or("") ==
        "https://us.posthog.com/api/projects/1/feature_flags/"
        "?limit=3&offset=0");
  CHECK(page["results"].at(0)["id"].integer() == 203);
  const auto whole = run(feature_flag_get_all);
  CHECK(whole["next"].is_null());
  CHECK(whole["previous"].is_null());
  const auto beyond = run(feature_flag_get_all, R"({"offset":1e9})");
  CHECK(beyond["count"].integer() == 9);
  CHECK(beyond["results"].size() == 0);
}

TEST_CASE("dashboards are listed with the pinned ones first") {
  const auto list = run(dashboards_get_all);
  CHECK(names(list) == std::vector<std::string>{"Activation", "Growth overview",
                                                "Billing", "Product health"});
  const auto& row = list["results"].at(0);
  CHECK(row["pinned"].boolean() == true);
  CHECK_FALSE(row.has("tiles"));
  CHECK(row["_posthogUrl"].text_or("") ==
        "https://us.posthog.com/project/1/dashboard/11");
  CHECK(names(run(dashboards_get_all, R"({"search":"GROWTH"})")) ==
        std::vector<std::string>{"Growth overview"});
}

TEST_CASE("a dashboard has tiles with the query of each insight") {
  for (const char* id : {R"({"id":11})", R"({"id":"11"})", R"({"id":11.0})"}) {
    const auto dashboard = run(dashboard_get, id);
    CHECK(dashboard["name"].text_or("") == "Activation");
    REQUIRE(dashboard["tiles"].size() == 3);
    const auto& insight = dashboard["tiles"].at(1)["insight"];
    CHECK(insight["short_id"].text_or("") == "actFunn1");
    CHECK(insight["query"]["source"]["kind"].text_or("") == "FunnelsQuery");
  }
}

TEST_CASE("a dashboard wants its id and nothing older") {
  const auto old = refused(dashboard_get, R"({"dashboardId":11})");
  CHECK(old.kind == ErrorKind::usage);
  CHECK(old.message ==
        "Invalid input for \"dashboard-get\": missing required parameter: id");
  CHECK(refused(dashboard_get, R"({"id":"eleven"})").message ==
        "Invalid input for \"dashboard-get\": parameter id: expected number, "
        "received string");
  const auto missing = refused(dashboard_get, R"({"id":99})");
  CHECK(missing.kind == ErrorKind::tool_error);
  CHECK(missing.message.starts_with(
      "Request failed:\nPath: GET /api/projects/1/dashboards/99/\nStatus "
      "Code: 404 (Not Found)"));
}

TEST_CASE("flags are found by search, key and state") {
  CHECK(names(run(feature_flag_get_all, R"({"search":"PRICING"})"), "key") ==
        std::vector<std::string>{"new-pricing"});
  CHECK(names(run(feature_flag_get_all, R"({"key":"Dark-Mode"})"), "key") ==
        std::vector<std::string>{"dark-mode"});
  CHECK(names(run(feature_flag_get_all, R"({"active":"false"})"), "key") ==
        std::vector<std::string>{"legacy-editor"});
  CHECK(run(feature_flag_get_all, R"({"active":"true"})")["count"].integer() ==
        8);
  CHECK(names(run(feature_flag_get_all, R"({"active":"STALE"})"), "key") ==
        std::vector<std::string>{"dark-mode"});
  CHECK(names(run(feature_flag_get_all, R"({"type":"multivariant"})"), "key") ==
        std::vector<std::string>{"onboarding-checklist"});
  CHECK(refused(feature_flag_get_all, R"({"active":"on"})").message ==
        "Invalid input for \"feature-flag-get-all\": parameter active: must "
        "be one of true, false, STALE");
}

TEST_CASE("a flag's row says whether it is on and for how many") {
  const auto list = run(feature_flag_get_all);
  std::set<std::string> everyone;
  for (const auto& row : list["results"].items()) {
    CHECK(row["active"].boolean().has_value());
    const auto& groups = row["filters"]["groups"];
    REQUIRE(groups.size() > 0);
    if (groups.size() == 1 &&
        groups.at(0)["rollout_percentage"].integer() == 100) {
      everyone.insert(row["key"].text_or(""));
    }
  }
  CHECK(everyone == std::set<std::string>{"fast-uploads", "dark-mode",
                                          "link-expiry",
                                          "onboarding-checklist"});
}

TEST_CASE("a flag is found by its id under every name, or by its key") {
  for (const char* text :
       {R"({"id":201})", R"({"id":"201"})", R"({"flagId":201})",
        R"({"flag_id":201})", R"({"feature_flag_id":201})",
        R"({"flagKey":"new-pricing"})", R"({"key":"new-pricing"})"}) {
    CAPTURE(text);
    const auto flag = run(feature_flag_get_definition, text);
    CHECK(flag["key"].text_or("") == "new-pricing");
    CHECK(flag["filters"]["groups"].at(0)["rollout_percentage"].integer() ==
          25);
  }
  CHECK(refused(feature_flag_get_definition, "{}").message ==
        "Invalid input for \"feature-flag-get-definition\": missing required "
        "parameter: id");
  CHECK(
      refused(feature_flag_get_definition, R"({"id":1})").message.find("404") !=
      std::string::npos);
}

TEST_CASE("a cohort counts the persons that its filters match") {
  const auto& store = generated_store();
  const auto paying = scalar(
      store,
      "SELECT count(*) FROM persons WHERE json_extract(properties, '$.plan') "
      "IN ('starter', 'pro', 'business') AND created_at <= "
      "strftime('%s', '2026-11-24 10:30:00') * 1000");
  REQUIRE(paying.integer() > 0);
  const auto power = scalar(
      store,
      "SELECT count(*) FROM (SELECT person FROM events e JOIN event_names n "
      "ON n.id = e.event WHERE n.name = 'uploaded_file' AND timestamp <= "
      "strftime('%s', '2026-11-24 10:30:00') * 1000 AND timestamp > "
      "strftime('%s', '2026-10-25 10:30:00') * 1000 GROUP BY 1 HAVING "
      "count(*) >= 5)");
  REQUIRE(power.integer() > 0);
  const auto list = run(cohorts_list);
  CHECK(list["count"].integer() == 5);
  const auto& rows = list["results"];
  CHECK(rows.at(0)["name"].text_or("") == "Paying users");
  CHECK(rows.at(0)["count"] == paying);
  CHECK(rows.at(1)["count"] == power);
  // On the free plan and signed up lately: both must hold.
  const auto free = scalar(
      store,
      "SELECT count(*) FROM persons p WHERE json_extract(properties, "
      "'$.plan') = 'free' AND EXISTS (SELECT 1 FROM events e JOIN event_names "
      "n ON n.id = e.event WHERE n.name = 'signed_up' AND e.person = p.id AND "
      "timestamp <= strftime('%s', '2026-11-24 10:30:00') * 1000 AND "
      "timestamp > strftime('%s', '2026-11-10 10:30:00') * 1000)");
  CHECK(rows.at(2)["count"] == free);
  CHECK(rows.at(4)["count"].integer() == 40);
  CHECK(rows.at(4)["is_static"].boolean() == true);
}

TEST_CASE("a cohort is retrieved with its filters") {
  const auto answer =
      cohorts_retrieve(generated_world(), arguments(R"({"id":1})"));
  REQUIRE(answer.has_value());
  CHECK(answer->structured);
  CHECK(answer->value["name"].text_or("") == "Paying users");
  CHECK(answer->value["count"].integer() > 0);
  CHECK(answer->value["filters"]["properties"]["type"].text_or("") == "OR");
  CHECK(refused(cohorts_retrieve, R"({"id":77})").message.find("404") !=
        std::string::npos);
}

TEST_CASE("a cohort can ask for absence, order and negation") {
  const auto& store = generated_store();
  const auto count = [&](std::string_view filter) {
    const auto cohort = arguments(filter);
    Parameters parameters;
    const auto sql = cohort_members_sql(generated_world(), cohort, parameters);
    REQUIRE(sql.has_value());
    const auto rows = bound_query(store, parameters, *sql);
    REQUIRE(rows.has_value());
    return rows->rows.size();
  };
  const auto all = count(R"({"filters":{"properties":{"values":[]}}})");
  const auto with_email =
      count(R"({"filters":{"properties":{"key":"email","type":"person",
            "operator":"is_set"}}})");
  const auto without_email =
      count(R"({"filters":{"properties":{"key":"email","type":"person",
            "operator":"is_not_set"}}})");
  CHECK(with_email > 0);
  CHECK(with_email + without_email == all);
  const auto uploaded = count(
      R"({"filters":{"properties":{"type":"behavioral","key":"uploaded_file",
      "value":"performed_event","time_value":365}}})");
  const auto never = count(
      R"({"filters":{"properties":{"type":"behavioral","key":"uploaded_file",
      "value":"performed_event","time_value":365,"negation":true}}})");
  CHECK(uploaded > 0);
  CHECK(uploaded + never == all);
  Parameters parameters;
  CHECK_FALSE(
      cohort_members_sql(generated_world(),
                         arguments(R"({"filters":{"properties":{"key":"a",
                            "operator":"sounds_like","value":"b"}}})"),
                         parameters)
          .has_value());
}

TEST_CASE("a search in the documentation puts the best page first") {
  struct Case {
    const char* query;
    const char* title;
  };
  const Case cases[] = {
      {"How do I set up feature flags?", "# Creating feature flags\n"},
      {"how do I create a behavioral cohort in PostHog?", "# Cohorts\n"},
      {"conversion window of a funnel", "# Funnels\n"},
      {"watch recordings", "# Session replay\n"},
      {"exceptions grouped into issues", "# Error tracking\n"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.query);
    json::Value args;
    args.set("query", one.query);
    const auto answer = docs_search(generated_world(), args);
    REQUIRE(answer.has_value());
    const auto content = answer->value["content"].text_or("");
    CHECK(content.starts_with(one.title));
    CHECK(content.find("\nURL: https://posthog.com/docs/") !=
          std::string::npos);
  }
  const auto none = run(docs_search, R"({"query":"zebra crossing"})");
  CHECK(none["content"].text_or("") == "No results found.");
  CHECK(refused(docs_search, "{}").message ==
        "Invalid input for \"docs-search\": missing required parameter: "
        "query");
}

TEST_CASE("times are written with milliseconds and Z") {
  CHECK(time_json(int64_t{1795602600250}).text_or("") ==
        "2026-11-25T10:30:00.250Z");
  CHECK(time_json(Cell()).is_null());
}
