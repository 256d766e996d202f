// SPDX-License-Identifier: MIT
#include <random>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "demo/hogql_parser.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

TinyWorld made_world() {
  TinyWorld tiny("2026-09-03T12:00:00Z", "Europe/Berlin");
  tiny.person(1, R"({"plan":"pro","email":"a@x.org"})", "2026-08-01");
  tiny.person(2, R"({"plan":"free"})", "2026-08-20T10:00:00Z");
  tiny.person(9, R"({"plan":"late"})", "2026-09-04");
  tiny.session(1, 1, "2026-09-01T08:00:00Z", "2026-09-01T08:10:00Z");
  tiny.event("view", "2026-09-01T08:00:00Z", 1,
             R"({"$browser":"Chrome","size":10,"file type":"pdf"})", 1);
  tiny.event("view", "2026-09-01T23:30:00Z", 1,
             R"({"$browser":"Chrome","size":30,"vip":true})", 1);
  tiny.event("view", "2026-09-02T09:00:00Z", 2,
             R"({"$browser":"Safari","size":50})");
  tiny.event("pay", "2026-09-02T09:00:01Z", 2, R"({"amount":2.5})");
  tiny.event("pay", "2026-09-03T13:00:00Z", 2, R"({"amount":100})");
  tiny.project().events = {
      {.name = "view",
       .properties = {{.name = "size", .type = "Numeric"},
                      {.name = "vip", .type = "Boolean"},
                      {.name = "$browser"}}},
      {.name = "pay", .properties = {{.name = "amount", .type = "Numeric"}}}};
  tiny.project().person_properties = {{.name = "plan"}};
  return tiny;
}

std::string rows(const TinyWorld& tiny, std::string_view query) {
  const auto answer = run_hogql(tiny.world(), query);
  if (!answer) return answer.error().message;
  return json::compact((*answer)["results"]);
}

struct Case {
  std::string query;
  std::string rows;
};

}  // namespace

TEST_CASE("a query gives columns, types, rows and whether there are more") {
  const TinyWorld tiny = made_world();
  const auto answer = run_hogql(
      tiny.world(), "select event, count() as n from events group by event");
  REQUIRE(answer.has_value());
  CHECK(json::compact((*answer)["columns"]) == R"(["event","n"])");
  CHECK(json::compact((*answer)["types"]) ==
        R"([["event","String"],["n","Int64"]])");
  CHECK((*answer)["hasMore"] == json::Value(false));
  const auto cut = run_hogql(tiny.world(), "SELECT event FROM events LIMIT 2");
  REQUIRE(cut.has_value());
  CHECK((*cut)["results"].size() == 2);
  CHECK((*cut)["hasMore"] == json::Value(true));
  const auto named =
      run_hogql(tiny.world(),
                "SELECT  count( ),\n properties.$browser FROM events "
                "GROUP BY properties.$browser");
  REQUIRE(named.has_value());
  CHECK(json::compact((*named)["columns"]) ==
        R"x(["count( )","properties.$browser"])x");
}

TEST_CASE("without LIMIT a query gives a hundred rows") {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  for (int i = 0; i < 101; ++i)
    tiny.event("a", "2026-09-01", 1);
  const auto all = run_hogql(tiny.world(), "SELECT uuid FROM events");
  REQUIRE(all.has_value());
  CHECK((*all)["results"].size() == 100);
  CHECK((*all)["hasMore"] == json::Value(true));
  CHECK(run_hogql(tiny.world(), "SELECT 1 FROM events LIMIT 90000")
            .value()["results"]
            .size() == 101);
}

TEST_CASE("queries give the rows that they should") {
  const TinyWorld tiny = made_world();
  const std::vector<Case> cases = {
      {"SELECT 1", "[[1]]"},
      {"SELECT 1 + 2 * 3, -2, 7 / 2, 7 % 4, 'it''s', true, null",
       R"([[7,-2,3.5,3,"it's",true,null]])"},
      {"SELECT count() FROM events", "[[4]]"},
      {"SELECT count(*) FROM events;", "[[4]]"},
      {"SELECT event, count() FROM events GROUP BY event ORDER BY 2 DESC",
       R"([["view",3],["pay",1]])"},
      {"SELECT event e, count() c FROM events GROUP BY e ORDER BY c",
       R"([["pay",1],["view",3]])"},
      {"SELECT count() FROM events WHERE event = 'view'", "[[3]]"},
      {"SELECT count() FROM events WHERE event != 'view'", "[[1]]"},
      {"SELECT count() FROM events WHERE 'pay' = event", "[[1]]"},
      {"SELECT count() FROM events WHERE event IN ('view','pay','x')", "[[4]]"},
      {"SELECT count() FROM events WHERE event NOT IN ['view']", "[[1]]"},
      {"SELECT count() FROM events WHERE event LIKE 'v%'", "[[3]]"},
      {"SELECT count() FROM events WHERE event LIKE 'V%'", "[[0]]"},
      {"SELECT count() FROM events WHERE event ILIKE 'V_EW'", "[[3]]"},
      {"SELECT count() FROM events WHERE event NOT ILIKE '%a%'", "[[3]]"},
      {"SELECT count() FROM events WHERE match(event, '^(p|v)\\\\w+y$')",
       "[[1]]"},
      {"SELECT timestamp FROM events ORDER BY timestamp LIMIT 1",
       R"([["2026-09-01T08:00:00Z"]])"},
      {"SELECT toDate(timestamp) AS day, count() FROM events GROUP BY day "
       "ORDER BY day",
       R"([["2026-09-01",1],["2026-09-02",3]])"},
      {"SELECT toStartOfDay(timestamp) AS t FROM events ORDER BY t LIMIT 1",
       R"([["2026-08-31T22:00:00Z"]])"},
      {"SELECT toStartOfHour(max(timestamp)) FROM events",
       R"([["2026-09-02T09:00:00Z"]])"},
      {"SELECT DISTINCT toStartOfWeek(timestamp), toStartOfMonth(timestamp), "
       "toYYYYMM(timestamp) FROM events",
       R"([["2026-08-31","2026-09-01",202609]])"},
      {"SELECT DISTINCT toStartOfYear(timestamp), "
       "dateTrunc('month', timestamp) FROM events",
       R"([["2026-01-01","2026-09-01"]])"},
      {"SELECT toHour(timestamp) h, count() FROM events GROUP BY h ORDER BY h",
       R"([[1,1],[10,1],[11,2]])"},
      {"SELECT now(), today(), yesterday()",
       R"([["2026-09-03T12:00:00Z","2026-09-03","2026-09-02"]])"},
      {"SELECT now() - INTERVAL 2 HOUR, today() - INTERVAL 1 MONTH, "
       "today() - 3, today() + toIntervalWeek(1), now() - INTERVAL '1 day'",
       R"([["2026-09-03T10:00:00Z","2026-08-03","2026-08-31","2026-09-10",)"
       R"("2026-09-02T12:00:00Z"]])"},
      {"SELECT count() FROM events WHERE timestamp >= '2026-09-02'", "[[3]]"},
      {"SELECT count() FROM events WHERE timestamp >= '2026-09-02T00:00:00Z'",
       "[[2]]"},
      {"SELECT count() FROM events WHERE timestamp > now() - INTERVAL 1 DAY",
       "[[0]]"},
      {"SELECT count() FROM events WHERE timestamp BETWEEN '2026-09-01' AND "
       "toDateTime('2026-09-01 23:59:59')",
       "[[1]]"},
      {"SELECT count() FROM events WHERE toDate(timestamp) = '2026-09-02'",
       "[[3]]"},
      {"SELECT count() FROM events WHERE toDate(timestamp) >= yesterday()",
       "[[3]]"},
      {"SELECT dateDiff('day', toDateTime('2026-09-01 23:00:00'), "
       "toDateTime('2026-09-02 01:00:00')), dateDiff('hour', "
       "toDateTime('2026-09-01 23:00:00'), toDateTime('2026-09-02 01:00:00')), "
       "dateDiff('month', toDate('2025-12-31'), toDate('2026-03-01'))",
       "[[1,2,3]]"},
      {"SELECT uniq(person_id), count(DISTINCT distinct_id), "
       "uniq(properties.$browser) FROM events",
       "[[2,2,2]]"},
      {"SELECT countIf(event = 'view'), sumIf(properties.size, "
       "properties.size > 10), uniqIf(person_id, event = 'pay'), "
       "avgIf(properties.size, event = 'view') FROM events",
       "[[3,80,1,30]]"},
      {"SELECT sum(properties.size), avg(properties.size), "
       "min(properties.size), max(properties.size), median(properties.size), "
       "quantile(0.75)(properties.size) FROM events",
       "[[90,30,10,50,30,40]]"},
      {"SELECT sum(properties.size), avg(properties.size), count() FROM events "
       "WHERE event = 'never'",
       "[[0,null,0]]"},
      {"SELECT properties.size FROM events WHERE properties.size > '20' "
       "ORDER BY properties.size DESC",
       "[[50],[30]]"},
      {"SELECT properties['file type'], properties.`file type` FROM events "
       "WHERE properties.\"file type\" IS NOT NULL",
       R"([["pdf","pdf"]])"},
      {"SELECT properties.vip FROM events WHERE properties.vip = true",
       "[[true]]"},
      {"SELECT count() FROM events WHERE properties.vip = 'true'", "[[1]]"},
      {"SELECT count() FROM events WHERE properties.nothing IS NULL", "[[4]]"},
      {"SELECT DISTINCT person.properties.plan AS plan, person.created_at "
       "FROM events ORDER BY plan",
       R"([["free","2026-08-20T10:00:00Z"],["pro","2026-08-01T00:00:00Z"]])"},
      {"SELECT DISTINCT distinct_id, person_id, properties.$session_id, "
       "$session_id FROM events WHERE event = 'view' ORDER BY distinct_id",
       R"([["user1","person-1","session-1","session-1"],)"
       R"(["user2","person-2",null,null]])"},
      {"SELECT id, properties.plan, created_at FROM persons ORDER BY id",
       R"([["person-1","pro","2026-08-01T00:00:00Z"],)"
       R"(["person-2","free","2026-08-20T10:00:00Z"]])"},
      {"SELECT * FROM sessions",
       R"([["session-1","user1","person-1","2026-09-01T08:00:00Z",)"
       R"("2026-09-01T08:10:00Z",600]])"},
      {"SELECT e.event FROM events AS e WHERE e.properties.amount > 1",
       R"([["pay"]])"},
      {"SELECT events.event FROM events WHERE events.properties.amount > 1",
       R"([["pay"]])"},
      {"SELECT avg(n) FROM (SELECT person_id, count() AS n FROM events GROUP "
       "BY person_id)",
       "[[2]]"},
      {"SELECT t.day FROM (SELECT toDate(timestamp) AS day FROM events) AS t "
       "WHERE t.day > '2026-09-01' LIMIT 1",
       R"([["2026-09-02"]])"},
      {"SELECT * FROM (SELECT event, timestamp FROM events) ORDER BY 1",
       "Query validation failed: there is no column 1"},
      {"WITH v AS (SELECT person_id FROM events WHERE event = 'view'), p AS "
       "(SELECT person_id FROM v WHERE person_id IN (SELECT person_id FROM "
       "events WHERE event = 'pay')) SELECT count() FROM p",
       "[[1]]"},
      {"SELECT 1 AS a UNION ALL SELECT 2 UNION ALL (SELECT 3)",
       "[[1],[2],[3]]"},
      {"SELECT event FROM events GROUP BY event HAVING count() > 1",
       R"([["view"]])"},
      {"SELECT event, count() c FROM events GROUP BY event HAVING c > 1 "
       "ORDER BY c / 2 DESC, event ASC",
       R"([["view",3]])"},
      {"SELECT CASE WHEN event = 'pay' THEN 'money' ELSE 'time' END AS kind, "
       "count() FROM events GROUP BY kind ORDER BY kind",
       R"([["money",1],["time",3]])"},
      {"SELECT CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", R"([["b"]])"},
      {"SELECT if(1 > 2, 'a', 'b'), multiIf(false, 1, true, 2, 3), "
       "coalesce(null, 5), ifNull(null, 'x')",
       R"([["b",2,5,"x"]])"},
      {"SELECT lower('AB'), upper('ab'), length('abc'), concat('a', 1, 'b'), "
       "'x' || 'y', round(2.567, 1), floor(2.9), toString(5), toInt('42'), "
       "toFloat('1.5')",
       R"([["ab","AB",3,"a1b","xy",2.6,2,"5",42,1.5]])"},
      {"SELECT NOT true AND false OR 1 = 1, 1 == 1, 2 <> 2",
       "[[true,true,false]]"},
      {"SELECT event FROM events ORDER BY timestamp DESC LIMIT 1 OFFSET 1",
       R"([["view"]])"},
      {"SELECT 1 -- a comment\n /* and another */ + 1", "[[2]]"},
      {"SELECT toDate(timestamp) AS timestamp FROM events LIMIT 1",
       R"([["2026-09-01"]])"},
      {"SELECT count() AS c, c * 2 FROM events", "[[4,8]]"},
      {"SELECT any(event) FROM events WHERE event = 'pay'", R"([["pay"]])"},
      {"SELECT now() - toDateTime('2026-09-03T11:59:00Z')", "[[60]]"},
      {"SELECT today() - toDate('2026-09-01')", "[[2]]"},
      {"SELECT toString(timestamp) FROM events ORDER BY timestamp LIMIT 1",
       R"([["2026-09-01 10:00:00"]])"},
  };
  for (const Case& item : cases) {
    CAPTURE(item.query);
    CHECK(rows(tiny, item.query) == item.rows);
  }
}

TEST_CASE("what is not understood is refused, naming the word") {
  const TinyWorld tiny = made_world();
  const std::vector<Case> cases = {
      {"", "only SELECT is allowed, not the end of the query"},
      {"DELETE FROM events", "only SELECT is allowed, not 'DELETE'"},
      {"DROP TABLE events", "only SELECT is allowed, not 'DROP'"},
      {"PRAGMA table_info(events)", "only SELECT is allowed, not 'PRAGMA'"},
      {"SELECT 1; DROP TABLE events", "only one statement is allowed"},
      {"SELECT evnt FROM events",
       "Unable to resolve field: evnt. Did you mean: event?"},
      {"SELECT plan FROM persons",
       "Unable to resolve field: plan. Did you mean: properties.plan?"},
      {"SELECT event FROM evens",
       "Unknown table `evens`. Did you mean: events?"},
      {"SELECT 1 FROM sqlite_master", "Unknown table `sqlite_master`"},
      {"SELECT 1 FROM event_names", "Unknown table `event_names`"},
      {"SELECT contIf(1) FROM events",
       "Unsupported function call 'contIf(...)'. Perhaps you meant "
       "'countIf(...)'?"},
      {"SELECT load_extension('x')",
       "Unsupported function call 'load_extension(...)'"},
      {"SELECT lower(1, 2)", "Function 'lower' expects 1 argument, found 2"},
      {"SELECT event, count() FROM events",
       "Column `event` is not under aggregate function and not in GROUP BY"},
      {"SELECT event FROM events GROUP BY person_id",
       "Column `event` is not under aggregate function and not in GROUP BY"},
      {"SELECT count(count()) FROM events",
       "Aggregate function count() is found inside another aggregate "
       "function"},
      {"SELECT 1 FROM events WHERE count() > 1",
       "Aggregate function count() is found in WHERE or GROUP BY"},
      {"SELECT event FROM events WHERE timestamp > 'yesterday'",
       "'yesterday' is not a date or time"},
      {"SELECT 1 FROM events WHERE properties.size > 'big'",
       "'big' is not a number"},
      {"SELECT event FROM events JOIN persons ON 1", "'JOIN' is not supported"},
      {"SELECT 1 FROM events, persons", "',' is not supported"},
      {"SELECT event events FROM",
       "unexpected the end of the query, expected a name"},
      {"SELECT (SELECT 1)",
       "a subquery is only supported in FROM and after IN"},
      {"SELECT 'open", "a ' is not closed"},
      {"SELECT {x}", "unexpected character '{'"},
      {"SELECT 1x", "'1x' is not a number"},
      {"SELECT 1 UNION SELECT 2", "only UNION ALL is supported"},
      {"SELECT 1 UNION ALL SELECT 2, 3",
       "the parts of UNION ALL differ in columns"},
      {"SELECT 1 LIMIT x", "unexpected 'x', expected a whole number"},
      {"SELECT INTERVAL 1 FORTNIGHT", "unknown interval unit 'FORTNIGHT'"},
      {"SELECT row_number() OVER ()", "window functions are not supported"},
      {"SELECT match('a', '(a')",
       "'(a' is not a regular expression that is supported"},
      {"WITH a AS (SELECT 1 FROM a) SELECT 1 FROM a", "Unknown table `a`"},
      {"SELECT event FROM events WHERE person_id IN (SELECT 1, 2)",
       "a subquery after IN gives one column"},
  };
  for (const Case& item : cases) {
    CAPTURE(item.query);
    CHECK(rows(tiny, item.query) ==
          std::string("Query validation failed: ") + item.rows);
  }
}

TEST_CASE("deep and doubling queries are refused before they grow") {
  const TinyWorld tiny = made_world();
  const auto refused = [&](const std::string& query) {
    return rows(tiny, query).starts_with("Query validation failed: the query");
  };
  std::string negated;
  for (int i = 0; i < 1000; ++i)
    negated += "- ";
  std::string sum = "SELECT 1";
  CHECK(refused("SELECT " + std::string(3000, '(') + "1"));
  CHECK(refused("SELECT " + negated + "1"));
  CHECK(refused(std::string(70000, ' ')));
  std::string nots = "SELECT ";
  std::string froms = "SELECT 1";
  for (int i = 0; i < 1000; ++i) {
    sum += "+1";
    nots += "NOT ";
    froms += " FROM (SELECT 1";
  }
  CHECK(refused(sum));
  CHECK(refused(nots + "1"));
  CHECK(refused(froms));
  std::string doubling = "SELECT properties.size AS a0";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "a" + std::to_string(i - 1);
    doubling += fmt::format(",{0}+{0} AS a{1}", before, i);
  }
  CHECK(refused(doubling + " FROM events"));
}

TEST_CASE("values of a query are bound and never become SQL") {
  const TinyWorld tiny = made_world();
  CHECK(rows(tiny, "SELECT '''; DROP TABLE events; --'") ==
        R"([["'; DROP TABLE events; --"]])");
  CHECK(rows(tiny, "SELECT properties['\") OR 1=1 --'] FROM events LIMIT 1") ==
        "[[null]]");
  CHECK(rows(tiny, "SELECT 1 AS `\"; DROP TABLE events`") == "[[1]]");
  CHECK(rows(tiny, "SELECT count() FROM events") == "[[4]]");
}

TEST_CASE("soups of tokens are refused or answered, and never SQL's errors") {
  const TinyWorld tiny = made_world();
  const std::vector<std::string> tokens = {
      "SELECT", "FROM",     "events",    "persons", "WHERE",      "GROUP",
      "BY",     "ORDER",    "LIMIT",     "(",       ")",          ",",
      "*",      "count",    "event",     "'x'",     "1",          "2.5",
      "=",      "<",        "-",         "+",       "AND",        "NOT",
      "IN",     "[",        "]",         ".",       "properties", "$browser",
      "AS",     "a",        "CASE",      "WHEN",    "THEN",       "END",
      "NULL",   "IS",       "WITH",      "UNION",   "ALL",        "INTERVAL",
      "DAY",    "toDate",   "timestamp", ";",       "BETWEEN",    "LIKE",
      "HAVING", "DISTINCT", "uniq",      "now",     "`q`",        "\"",
      "'",      "--"};
  std::mt19937 random(7);
  std::uniform_int_distribution<size_t> pick(0, tokens.size() - 1);
  int answered = 0;
  for (int i = 0; i < 2000; ++i) {
    // Half of them begin like a query, so that some get far.
    std::string soup = i % 2 == 0 ? "SELECT event FROM events WHERE" : "SELECT";
    const size_t count = 1 + pick(random) % 9;
    for (size_t k = 0; k < count; ++k)
      soup.append(" ").append(tokens[pick(random)]);
    CAPTURE(soup);
    const auto answer = run_hogql(tiny.world(), soup);
    if (answer) {
      ++answered;
      continue;
    }
    CHECK(answer.error().message.starts_with("Query validation failed: "));
    // What does not parse never gets to the database.
    if (hogql::parse(soup)) {
      CHECK_FALSE(answer.error().message.contains("syntax error"));
      CHECK_FALSE(answer.error().message.contains("no such"));
    }
  }
  CHECK(answered > 5);
}
