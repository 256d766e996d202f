// SPDX-License-Identifier: MIT
#include "demo/generate.hpp"

#include <map>

#include "doctest/doctest.h"
#include "generated_world.hpp"
#include "json/reader.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

std::vector<std::vector<Cell>> first_rows(const Store& store) {
  const auto rows = store.query(
      "SELECT e.event, e.timestamp, e.person, e.session, e.properties, p.uuid, "
      "p.properties FROM events e JOIN persons p ON p.id = e.person ORDER BY "
      "e.id LIMIT 200");
  REQUIRE(rows.has_value());
  return rows->rows;
}

int64_t number(const Store& store, const std::string& sql) {
  return scalar(store, sql).integer().value_or(-1);
}

// Distinct persons who did the event.
int64_t people(const Store& store, const std::string& event) {
  return number(store,
                "SELECT count(DISTINCT person) FROM events WHERE event = "
                "(SELECT id FROM event_names WHERE name = '" +
                    event + "')");
}

}  // namespace

TEST_CASE("the same project, seed and day give the same rows") {
  const Store again = make_store(generated_project(), 5000);
  CHECK(number(again, "SELECT count(*) FROM events") ==
        number(generated_store(), "SELECT count(*) FROM events"));
  CHECK(first_rows(again) == first_rows(generated_store()));
}

TEST_CASE("another seed gives other rows") {
  const Store other = make_store(generated_project(), 5000, 2);
  CHECK(first_rows(other) != first_rows(generated_store()));
}

TEST_CASE("about as many events are made as were asked for") {
  const auto count = number(generated_store(), "SELECT count(*) FROM events");
  CHECK(count > 3500);
  CHECK(count < 6500);
}

TEST_CASE("data lie between 180 days ago and the end of tomorrow") {
  const auto& store = generated_store();
  const auto from = parse_instant("2026-05-28T00:00:00Z");
  const auto to = parse_instant("2026-11-26T00:00:00Z");
  CHECK(number(store, "SELECT value FROM meta WHERE name = 'data_from'") ==
        from->time_since_epoch().count());
  CHECK(number(store, "SELECT value FROM meta WHERE name = 'data_to'") ==
        to->time_since_epoch().count());
  CHECK(number(store,
               "SELECT count(*) FROM events, meta m WHERE m.name = 'data_from' "
               "AND timestamp < m.value") == 0);
  CHECK(number(store,
               "SELECT count(*) FROM events, meta m WHERE m.name = 'data_to' "
               "AND timestamp >= m.value") == 0);
  // The last day, which is tomorrow, has its data already.
  CHECK(number(store,
               "SELECT count(*) FROM events, meta m WHERE m.name = "
               "'data_to' AND timestamp >= m.value - 86400000") > 5);
  CHECK(number(store,
               "SELECT count(DISTINCT timestamp / 86400000) FROM "
               "events") > 170);
}

TEST_CASE("nobody is known for what is still to come") {
  const Store store = make_store(generated_project(), 60000);
  const auto listed = std::to_string(generated_project().persons.size());
  // Everybody whose whole life is in the window, by when they first upgraded.
  const std::string upgraders =
      "SELECT p.id, json_extract(p.properties, '$.plan') AS plan, "
      "min(e.timestamp) AS at, (SELECT value - 2 * 86400000 FROM meta WHERE "
      "name = 'data_to') AS today FROM persons p JOIN events e ON e.person = "
      "p.id AND e.event = (SELECT id FROM event_names WHERE name = "
      "'upgraded_plan') WHERE p.id > " +
      listed +
      " AND p.created_at >= (SELECT value FROM meta WHERE name = 'data_from') "
      "GROUP BY p.id";
  const auto count = [&](const std::string& condition) {
    return number(
        store, "SELECT count(*) FROM (" + upgraders + ") WHERE " + condition);
  };
  CHECK(count("at >= today") > 0);
  CHECK(count("at >= today AND plan <> 'free'") == 0);
  CHECK(count("at < today AND plan <> 'free'") > 10);
}

TEST_CASE("weekends are quieter than weekdays") {
  const auto by_day = [](const char* days) {
    return number(generated_store(),
                  "SELECT count(*) FROM events WHERE strftime('%w', timestamp "
                  "/ 1000, 'unixepoch') IN " +
                      std::string(days));
  };
  // Two days against two days.
  CHECK(by_day("('0','6')") * 3 < by_day("('2','3')") * 2);
}

TEST_CASE("each step after the sign-up is taken by fewer people") {
  const auto& store = generated_store();
  const auto pageview = people(store, "$pageview");
  const auto signed_up = people(store, "signed_up");
  CHECK(pageview > signed_up);
  CHECK(signed_up > people(store, "upgraded_plan"));
  CHECK(people(store, "uploaded_file") > people(store, "shared_file_link"));
  CHECK(people(store, "shared_file_link") >
        people(store, "invited_team_member"));
  CHECK(people(store, "paid_bill") > 0);
}

TEST_CASE("nothing happens before what it needs") {
  const auto early = number(
      generated_store(),
      "SELECT count(*) FROM (SELECT e.person, min(e.timestamp) AS upload, "
      "(SELECT min(timestamp) FROM events s WHERE s.person = e.person AND "
      "s.event = (SELECT id FROM event_names WHERE name = 'signed_up')) AS "
      "signup FROM events e WHERE e.event = (SELECT id FROM event_names WHERE "
      "name = 'uploaded_file') GROUP BY 1) WHERE upload < signup");
  CHECK(early == 0);
}

TEST_CASE("nobody signs up twice and some people come back") {
  const auto& store = generated_store();
  CHECK(number(store,
               "SELECT count(*) FROM (SELECT person FROM events WHERE event = "
               "(SELECT id FROM event_names WHERE name = 'signed_up') GROUP BY "
               "1 HAVING count(*) > 1)") == 0);
  const auto returning = number(
      store,
      "SELECT count(*) FROM (SELECT person FROM sessions GROUP BY 1 HAVING "
      "max(start_time) - min(start_time) > 14 * 86400000)");
  const auto all = number(store, "SELECT count(*) FROM persons");
  CHECK(returning * 20 > all);
  CHECK(returning < all);
}

TEST_CASE("an event of a session lies in it and names it") {
  const auto wrong = number(
      generated_store(),
      "SELECT count(*) FROM events e JOIN sessions s ON s.id = e.session "
      "WHERE e.timestamp < s.start_time OR e.timestamp > s.end_time OR "
      "e.person != s.person OR json_extract(e.properties, "
      "'$.\"$session_id\"') IS NOT s.uuid");
  CHECK(wrong == 0);
}

TEST_CASE("a bill has the amount of its plan and belongs to no session") {
  const auto& store = generated_store();
  const auto rows = store.query(
      "SELECT DISTINCT json_extract(properties, '$.plan'), "
      "json_extract(properties, '$.amount_usd') FROM events WHERE event = "
      "(SELECT id FROM event_names WHERE name = 'paid_bill') AND session IS "
      "NULL");
  REQUIRE(rows.has_value());
  const std::map<std::string, int64_t> amounts = {
      {"starter", 12}, {"pro", 29}, {"business", 99}};
  REQUIRE_FALSE(rows->rows.empty());
  for (const auto& row : rows->rows) {
    const auto plan = std::get<std::string>(row[0]);
    REQUIRE(amounts.contains(plan));
    CHECK(std::get<int64_t>(row[1]) == amounts.at(plan));
  }
}

TEST_CASE("a listed person has the ids and properties of the description") {
  const auto& store = generated_store();
  const auto rows = store.query(
      "SELECT uuid, json_extract(properties, '$.email'), "
      "json_extract(properties, '$.plan'), json_valid(properties), "
      "(SELECT count(*) FROM distinct_ids d WHERE d.person = p.id) FROM "
      "persons p WHERE distinct_id = 'p_001'");
  REQUIRE(rows.has_value());
  REQUIRE(rows->rows.size() == 1);
  const auto& row = rows->rows[0];
  CHECK(row[0] == Cell("0190a1f0-0000-7000-8000-000000000001"));
  CHECK(row[1] == Cell("ada@lighthouse.example"));
  CHECK(row[2] == Cell("pro"));
  CHECK(row[3] == Cell(int64_t{1}));
  CHECK(row[4] == Cell(int64_t{2}));
  CHECK(number(store, "SELECT count(*) FROM events WHERE person = 1") > 20);
}

TEST_CASE("all properties are JSON objects") {
  const auto& store = generated_store();
  for (const char* table : {"events", "persons", "sessions"}) {
    CAPTURE(table);
    CHECK(number(store, "SELECT count(*) FROM " + std::string(table) +
                            " WHERE NOT json_valid(properties)") == 0);
  }
}

TEST_CASE("any description is generated in proportion to its volumes") {
  const auto description = arguments(R"({
    "name":"B","timezone":"America/New_York",
    "events":[
      {"name":"open it","volume_30d":9000,"properties":[
        {"name":"kind \"x\"","type":"String","values":["a","b"]},
        {"name":"n","type":"Numeric","values":[1,2]},
        {"name":"free","type":"Numeric"},
        {"name":"on","type":"Boolean"}]},
      {"name":"close","volume_30d":3000},
      {"name":"rare","volume_30d":2},
      {"name":"$exception","volume_30d":900,"properties":[
        {"name":"$exception_types","type":"String","values":["TypeError"]},
        {"name":"$exception_values","type":"String","values":["x"]}]}],
    "persons":[{"id":"u-1","distinct_ids":["jane"],
      "properties":{"created_at":"2026-06-02T09:14:00Z"}}],
    "recordings":[{"id":"rec-1","distinct_id":"jane",
      "start_time":"2026-11-20T08:00:00Z","recording_duration":600,
      "click_count":12,"contains_events":["open it","rare"]}]})");
  const auto project = read_project(description);
  REQUIRE(project.has_value());
  const Store store = make_store(*project, 6000);
  const auto count = [&](const std::string& event) {
    return static_cast<double>(
        number(store,
               "SELECT count(*) FROM events WHERE event = (SELECT id "
               "FROM event_names WHERE name = '" +
                   event + "')"));
  };
  CHECK(count("open it") / count("close") == doctest::Approx(3).epsilon(0.15));
  CHECK(count("rare") > 0);
  CHECK(number(store,
               "SELECT count(DISTINCT json_extract(properties, '$.n')) FROM "
               "events WHERE event = 1 AND json_extract(properties, '$.n') IN "
               "(1, 2)") == 2);
  const auto session = store.query(
      "SELECT s.start_time, s.end_time, json_extract(s.properties, "
      "'$.click_count'), (SELECT count(*) FROM events e WHERE e.session = "
      "s.id) FROM sessions s WHERE uuid = 'rec-1'");
  REQUIRE(session.has_value());
  REQUIRE(session->rows.size() == 1);
  const auto& row = session->rows[0];
  CHECK(std::get<int64_t>(row[1]) - std::get<int64_t>(row[0]) == 600000);
  CHECK(row[2] == Cell(int64_t{12}));
  CHECK(row[3] == Cell(int64_t{2}));
}

TEST_CASE("an event that repeats on its own comes at its interval") {
  const auto project = read_project(arguments(R"({
    "name":"C","events":[{"name":"open","volume_30d":100},
      {"name":"digest","every_days":30},
      {"name":"start","share":1},
      {"name":"bill","every_days":10,"needs":"start","until":"stop"},
      {"name":"stop","share":0.5,"needs":"start"}]})"));
  REQUIRE(project.has_value());
  const Store store = make_store(*project, 2000);
  const auto gaps = [&](const char* event) {
    return store.query(
        "SELECT DISTINCT next - timestamp FROM (SELECT timestamp, "
        "lead(timestamp) OVER (PARTITION BY person ORDER BY timestamp) AS "
        "next FROM events e JOIN event_names n ON n.id = e.event WHERE n.name "
        "= '" +
        std::string(event) + "') WHERE next IS NOT NULL");
  };
  constexpr int64_t day = 24LL * 60 * 60 * 1000;
  for (const auto& [event, days] : {std::pair{"digest", 30}, {"bill", 10}}) {
    CAPTURE(event);
    const auto found = gaps(event);
    REQUIRE(found.has_value());
    REQUIRE(found->rows.size() == 1);
    CHECK(found->rows[0][0] == Cell(days * day));
  }
  // Nobody pays after the end.
  CHECK(number(store,
               "SELECT count(*) FROM events b JOIN events s ON s.person = "
               "b.person WHERE b.event = 4 AND s.event = 5 AND b.timestamp > "
               "s.timestamp") == 0);
}
