// SPDX-License-Identifier: MIT
#include "demo/flags.hpp"

#include <string>

#include <fmt/core.h>

#include "doctest/doctest.h"
#include "generated_world.hpp"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

const std::vector<std::string> traits = {"plan", "email"};
const std::vector<std::string> events = {"signup", "upload"};

FlagPlan plan(std::string_view flag) {
  auto plans = compile_flags({json_of(flag)}, traits, events);
  REQUIRE(plans.size() == 1);
  return plans.front();
}

FlagPlan with_groups(std::string_view groups) {
  return plan(fmt::format("{{'key':'k','filters':{{'groups':[{}]}}}}", groups));
}

// Of 2,000 persons.
double share(const FlagPlan& flag, std::string_view value,
             const std::vector<std::string>& of = {"\"free\"",
                                                   "\"a@b.example\""}) {
  int count = 0;
  for (uint64_t person = 0; person < 2000; ++person) {
    if (flag.value_for(person, of) == value) ++count;
  }
  return count / 2000.0;
}

// Large enough for shares.
const Store& many() {
  static const Store store = make_store(generated_project(), 60000);
  return store;
}

// The share of those who signed up that uploaded a file within 14 days.
double activation(std::string_view flag, std::string_view value) {
  const World world{.store = many(),
                    .project = generated_project(),
                    .moment = {.now = generated_now()}};
  const auto answer = query_funnel(
      world,
      json_of(fmt::format(
          "{{'series':[{{'event':'signed_up'}},{{'event':'uploaded_file'}}],"
          "'dateRange':{{'date_from':'-150d'}},'properties':[{{'key':"
          "'$feature/{}','type':'event','operator':'exact','value':['{}']}}]}}",
          flag, value)));
  REQUIRE(answer.has_value());
  const auto& steps = answer->value["results"];
  const auto of = steps.at(0)["count"].number().value_or(0);
  CHECK(of > 50);
  return steps.at(1)["count"].number().value_or(0) / of;
}

}  // namespace

TEST_CASE("a rollout lets in its share of persons, always the same ones") {
  const auto some = with_groups("{'rollout_percentage':40}");
  CHECK(share(some, "true") == doctest::Approx(0.4).epsilon(0.1));
  CHECK(share(some, "true") + share(some, "false") == 1);
  CHECK(some.value_for(7, traits) == some.value_for(7, traits));
  CHECK(share(with_groups("{'rollout_percentage':100}"), "true") == 1);
  CHECK(share(with_groups("{'rollout_percentage':0}"), "false") == 1);
  // Who is in stays in when the rollout grows.
  const auto more = with_groups("{'rollout_percentage':60}");
  for (uint64_t person = 0; person < 200; ++person) {
    if (some.value_for(person, traits) == "true") {
      CHECK(more.value_for(person, traits) == "true");
    }
  }
}

TEST_CASE("release conditions ask for properties") {
  const auto paying =
      with_groups("{'properties':[{'key':'plan','value':['pro','business']}]}");
  CHECK(share(paying, "true", {"\"pro\"", ""}) == 1);
  CHECK(share(paying, "true", {"\"free\"", ""}) == 0);
  const auto staff = with_groups(
      "{'properties':[{'key':'email','operator':'icontains','value':"
      "'@B.example'}]}");
  CHECK(share(staff, "true") == 1);
  CHECK(share(staff, "true", {"\"free\"", "\"a@c.example\""}) == 0);
  const auto others = with_groups(
      "{'properties':[{'key':'plan','operator':'is_not','value':'free'}]}");
  CHECK(share(others, "true") == 0);
  CHECK(share(others, "true", {"\"pro\"", ""}) == 1);
  // What is unknown lets nobody in.
  CHECK(share(with_groups("{'properties':[{'key':'age','value':'7'}]}"),
              "true") == 0);
  // Any of the conditions is enough.
  CHECK(share(with_groups("{'properties':[{'key':'plan','value':'pro'}]},"
                          "{'rollout_percentage':100}"),
              "true") == 1);
}

TEST_CASE("variants share those who are let in") {
  const auto flag = plan(
      "{'key':'k','filters':{'groups':[{'rollout_percentage':100}],"
      "'multivariate':{'variants':[{'key':'a','rollout_percentage':50},{'key':"
      "'b','rollout_percentage':50}]}}}");
  CHECK(share(flag, "a") == doctest::Approx(0.5).epsilon(0.1));
  CHECK(share(flag, "a") + share(flag, "b") == 1);
}

TEST_CASE("a flag that is off is nobody's") {
  CHECK(compile_flags({json_of("{'key':'k','active':false}")}, traits, events)
            .empty());
}

TEST_CASE("every event of a session says what the flags were") {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.flag(1, "new-pricing", "true", "2026-09-01T08:30:00Z");
  tiny.flag(2, "new-pricing", "false");
  tiny.event("view", "2026-09-01T08:00:00Z", 1, "{}", 1);  // Before the flag.
  tiny.event("view", "2026-09-01T09:00:00Z", 1, "{}", 1);
  tiny.event("view", "2026-09-01T09:00:00Z", 1);  // Of no session.
  tiny.event("view", "2026-09-01T09:00:00Z", 2, "{}", 2);
  tiny.event("view", "2026-09-01T09:00:00Z", 3,
             R"({"$feature/new-pricing":true})");  // Loaded with the event.
  const std::string on =
      "{'key':'$feature/new-pricing','type':'event','operator':'exact',"
      "'value':['true']}";
  const auto total = [&](std::string_view rest) {
    const auto answer = query_trends(
        tiny.world(),
        json_of(fmt::format("{{'series':[{{'event':'view'}}],'dateRange':{{"
                            "'date_from':'2026-09-01','date_to':'2026-09-01'}},"
                            "{}}}",
                            rest)));
    REQUIRE(answer.has_value());
    return json::compact(answer->value["results"].at(0)["data"]);
  };
  CHECK(total("'properties':[" + on + "]") == "[2]");
  const auto split = query_trends(
      tiny.world(),
      json_of("{'series':[{'event':'view'}],'dateRange':{'date_from':"
              "'2026-09-01','date_to':'2026-09-01'},'breakdownFilter':{"
              "'breakdowns':[{'property':'$feature/new-pricing','type':"
              "'event'}]}}"));
  REQUIRE(split.has_value());
  std::string parts;
  for (const auto& series : split->value["results"].items())
    parts += series["label"].text_or("") + json::compact(series["data"]) + " ";
  CHECK(parts == "true[2] false[1] $$_posthog_breakdown_null_$$[2] ");
  const auto retention = query_retention(
      tiny.world(),
      json_of("{'retentionFilter':{'totalIntervals':1,'targetEntity':{'id':"
              "'view'}},'dateRange':{'date_from':'2026-09-01','date_to':"
              "'2026-09-01'},'properties':[" +
              on + "]}"));
  REQUIRE(retention.has_value());
  CHECK(json::compact(retention->value["results"].at(0)["values"]) ==
        R"([{"count":2,"label":"Day 0"}])");
  const auto sql = run_hogql(
      tiny.world(),
      "select count() from events where properties['$feature/new-pricing'] = "
      "'false'");
  REQUIRE(sql.has_value());
  CHECK(json::compact((*sql)["results"]) == "[[1]]");
  const auto names = read_data_schema(
      tiny.world(),
      json_of("{'query':{'kind':'event_properties','event_name':'view'}}"));
  REQUIRE(names.has_value());
  CHECK(names->value.text_or("").contains("- $feature/new-pricing\n"));
}

TEST_CASE("one rollout goes with activation, the others do not") {
  const double helped = activation("guided-upload", "true");
  const double alone = activation("guided-upload", "false");
  CHECK(helped - alone > 0.1);
  const double priced = activation("new-pricing", "true");
  const double unpriced = activation("new-pricing", "false");
  CHECK(std::abs(priced - unpriced) < 0.08);
}

TEST_CASE("an event about a flag says what the person's flag is") {
  const std::string called =
      "FROM events e JOIN event_names n ON n.id=e.event "
      "WHERE n.name='$feature_flag_called'";
  const auto count = [&](const std::string& condition) {
    return scalar(many(), "SELECT count(*) " + called + condition)
        .integer()
        .value_or(-1);
  };
  CHECK(count("") > 300);
  CHECK(count(" AND NOT EXISTS(SELECT 1 FROM person_flags f WHERE "
              "f.person=e.person AND "
              "f.flag=e.properties->>'$.\"$feature_flag\"' AND f.value=CASE "
              "json_type(e.properties,'$.\"$feature_flag_response\"') WHEN "
              "'true' THEN 'true' WHEN 'false' THEN 'false' ELSE "
              "e.properties->>'$.\"$feature_flag_response\"' END AND "
              "f.since<=e.timestamp)") == 0);
  CHECK(count(" AND e.properties LIKE '%legacy-editor%'") == 0);
}
