// SPDX-License-Identifier: MIT
#include "demo/property_filter.hpp"

#include <string>

#include <fmt/core.h>

#include "demo/text_match.hpp"
#include "doctest/doctest.h"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

TinyWorld four_events() {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.person(1, R"({"plan":"pro"})");
  tiny.session(1, 1, "2026-09-01T00:00:00Z", "2026-09-01T00:10:00Z");
  tiny.event("a", "2026-09-01", 1,
             R"({"n":1,"s":"Red","b":true,"d":"2026-09-01T10:00:00Z"})", 1);
  tiny.event("b", "2026-09-01", 1, R"({"n":2.5,"s":"blue","file type":"x"})");
  tiny.event("c", "2026-09-01", 2,
             R"({"n":"3","s":"50% off","b":false,"d":"2026-09-02"})");
  tiny.event("d", "2026-09-01", 2, R"({"s":""})");
  return tiny;
}

// The names of the events that meet the filters, or why they are refused.
std::string met(std::string_view filters) {
  const TinyWorld tiny = four_events();
  REQUIRE(define_text_match(tiny.store()).has_value());
  Parameters parameters;
  const auto sql = filter_sql(tiny.world(), json_of(filters), parameters);
  if (!sql) return sql.error().message;
  const auto rows = tiny.store().query(
      "SELECT coalesce(group_concat(n.name,''),'') FROM "
      "(SELECT * FROM events ORDER BY id) e JOIN "
      "event_names n ON n.id=e.event WHERE " +
          *sql,
      parameters.used_in(*sql));
  if (!rows) return rows.error().message;
  return std::get<std::string>(rows->rows[0][0]);
}

std::string one(std::string_view key, std::string_view op,
                std::string_view value, std::string_view type = "event") {
  return met("[{'key':'" + std::string(key) + "','operator':'" +
             std::string(op) + "','type':'" + std::string(type) +
             "','value':" + std::string(value) + "}]");
}

}  // namespace

TEST_CASE("each operator holds for what it names") {
  CHECK(one("s", "exact", "'Red'") == "a");
  CHECK(one("s", "exact", "['Red','blue']") == "ab");
  CHECK(one("s", "is_not", "['Red']") == "bcd");
  CHECK(one("s", "icontains", "'RE'") == "a");
  CHECK(one("s", "icontains", "'%'") == "c");
  CHECK(one("s", "not_icontains", "'e'") == "cd");
  CHECK(one("s", "regex", "'^[Rb].*e'") == "ab");
  CHECK(one("s", "not_regex", "'^\\\\w+$'") == "cd");
  CHECK(one("s", "is_set", "null") == "abc");
  CHECK(one("s", "is_not_set", "null") == "d");
  CHECK(one("n", "exact", "1") == "a");
  CHECK(one("n", "exact", "'2.50'") == "b");
  CHECK(one("n", "exact", "['1','3']") == "ac");
  CHECK(one("n", "gt", "1") == "b");
  CHECK(one("n", "gte", "'1'") == "ab");
  CHECK(one("n", "lt", "2") == "a");
  CHECK(one("n", "lte", "2.5") == "ab");
  CHECK(one("n", "between", "[2,3]") == "b");
  CHECK(one("n", "not_between", "[2,3]") == "acd");
  CHECK(one("b", "exact", "true") == "a");
  CHECK(one("b", "exact", "['false']") == "c");
  CHECK(one("b", "is_not", "'true'") == "bcd");
  CHECK(one("d", "is_date_before", "'2026-09-02'") == "a");
  CHECK(one("d", "is_date_after", "'2026-09-01'") == "ac");
  CHECK(one("d", "is_date_exact", "'2026-09-01'") == "a");
}

TEST_CASE("filters look at persons, sessions and odd names") {
  CHECK(one("plan", "exact", "'pro'", "person") == "ab");
  CHECK(one("plan", "is_not_set", "null", "person") == "cd");
  CHECK(one("$session_duration", "gt", "599", "session") == "a");
  CHECK(one("$session_id", "exact", "'session-1'") == "a");
  CHECK(one("file type", "exact", "'x'") == "b");
  CHECK(one("\\\") OR 1=1 --", "is_set", "null") == "");
}

TEST_CASE("filters all hold, groups as they say") {
  CHECK(met("[]") == "abcd");
  CHECK(met("[{'key':'n','operator':'gt','value':0},{'key':'s',"
            "'value':'blue'}]") == "b");
  CHECK(met("{'type':'OR','values':[{'key':'s','value':'Red'},{'type':'AND',"
            "'values':[{'key':'s','value':'blue'},{'key':'n',"
            "'value':2.5}]}]}") == "ab");
}

TEST_CASE("filters that cannot be met are refused") {
  CHECK(one("s", "sounds_like", "'x'") ==
        "Validation error: Unsupported operator: sounds_like (field: "
        "query.properties)");
  CHECK(one("id", "exact", "1", "group")
            .starts_with("Validation error: Unsupported property type: "
                         "group of id"));
  CHECK(one("id", "in", "99", "cohort") ==
        "Validation error: cohort 99 does not exist");
  CHECK(one("s", "regex", "'(a'") == "Validation error: Invalid regex: (a");
  CHECK(one("n", "gt", "'big'").contains("'big' is not a number"));
  CHECK(met("[{'value':1}]").contains("has no key"));
  CHECK(met("'x'").contains("valid list"));
  std::string deep = "{'key':'a'}";
  for (int i = 0; i < 20; ++i)
    deep = fmt::format("{{'type':'AND','values':[{}]}}", deep);
  CHECK(met(deep).contains("too deep"));
}

TEST_CASE("a filter can be a cohort") {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.person(1, R"({"plan":"pro"})");
  tiny.event("a", "2026-09-01T08:00:00Z", 1);
  tiny.event("a", "2026-09-01T08:00:00Z", 2);
  tiny.event("a", "2026-09-01T08:00:00Z", 3);
  tiny.project().cohorts =
      json_of(
          "[{'id':7,'filters':{'properties':{'type':'OR','values':[{'type':"
          "'person','key':'plan','value':['pro']}]}}}]")
          .items();
  const auto counted = [&](std::string_view op) {
    const auto answer = query_trends(
        tiny.world(),
        json_of(fmt::format(
            "{{'series':[{{'event':'a'}}],'dateRange':{{'date_from':"
            "'2026-09-01','date_to':'2026-09-01'}},'properties':[{{'key':'id',"
            "'type':'cohort','value':7,'operator':'{}'}}]}}",
            op)));
    REQUIRE(answer.has_value());
    return answer->value["results"].at(0)["count"].integer().value_or(-1);
  };
  CHECK(counted("in") == 1);
  CHECK(counted("exact") == 1);
  CHECK(counted("not_in") == 2);
}
