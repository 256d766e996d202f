// SPDX-License-Identifier: MIT
#include "tiny_world.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "doctest/doctest.h"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tables =
    "CREATE TABLE event_names(id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    "CREATE TABLE persons(id INTEGER PRIMARY KEY, uuid TEXT UNIQUE,"
    " distinct_id TEXT UNIQUE, created_at INTEGER, last_seen_at INTEGER,"
    " properties TEXT);"
    "CREATE TABLE events(id INTEGER PRIMARY KEY, event INTEGER,"
    " timestamp INTEGER, person INTEGER, session INTEGER, properties TEXT);"
    "CREATE INDEX events_by_name ON events(event, timestamp, person);"
    "CREATE INDEX events_by_time ON events(timestamp);"
    "CREATE INDEX events_by_person ON events(person, timestamp);"
    "CREATE TABLE sessions(id INTEGER PRIMARY KEY, uuid TEXT UNIQUE,"
    " person INTEGER, start_time INTEGER, end_time INTEGER, properties TEXT);"
    "CREATE TABLE person_flags(person INTEGER, flag TEXT, value TEXT,"
    " since INTEGER, PRIMARY KEY(person, flag)) WITHOUT ROWID;";

Store empty_store() {
  auto store = Store::create(":memory:");
  REQUIRE(store.has_value());
  return std::move(*store);
}

int64_t ms(std::string_view at) {
  const auto instant = parse_instant(at);
  REQUIRE(instant.has_value());
  return instant->time_since_epoch().count();
}

}  // namespace

TinyWorld::TinyWorld(std::string_view now, std::string_view zone)
    : store_(empty_store()) {
  run(std::string(tables));
  moment_.now = Instant{std::chrono::milliseconds{ms(now)}};
  auto found = TimeZone::named(zone);
  REQUIRE(found.has_value());
  moment_.calendar.zone = *found;
  project_.calendar = moment_.calendar;
}

void TinyWorld::run(const std::string& sql) {
  const auto done = store_.execute(sql);
  if (!done) FAIL(done.error().message);
}

void TinyWorld::person(int number, std::string_view properties,
                       std::string_view created_at) {
  run(
      fmt::format("INSERT OR IGNORE INTO persons VALUES({0},'person-{0}',"
                  "'user{0}',{1},{1},'{2}')",
                  number, ms(created_at), properties));
}

void TinyWorld::event(std::string_view name, std::string_view at, int number,
                      std::string_view properties, int session) {
  person(number, "{}");
  run(fmt::format("INSERT OR IGNORE INTO event_names(name) VALUES('{}')",
                  name));
  run(
      fmt::format("INSERT INTO events(event,timestamp,person,session,"
                  "properties) SELECT id,{},{},nullif({},0),'{}' FROM "
                  "event_names WHERE name='{}'",
                  ms(at), number, session, properties, name));
}

void TinyWorld::session(int number, int person_number, std::string_view from,
                        std::string_view to) {
  run(
      fmt::format("INSERT INTO sessions VALUES({0},'session-{0}',{1},{2},{3},"
                  "'{{}}')",
                  number, person_number, ms(from), ms(to)));
}

void TinyWorld::flag(int person_number, std::string_view key,
                     std::string_view value, std::string_view since) {
  run(fmt::format("INSERT INTO person_flags VALUES({},'{}','{}',{})",
                  person_number, key, value, ms(since)));
}

json::Value json_of(std::string_view text) {
  std::string written(text);
  std::ranges::replace(written, '\'', '"');
  auto value = json::parse(written);
  if (!value) FAIL(written << ": " << value.error().message);
  return std::move(*value);
}

}  // namespace claribi::demo

using namespace claribi;
using namespace claribi::demo;

TEST_CASE("the tiny world holds the events that were put into it") {
  TinyWorld world("2026-09-08");
  world.event("a", "2026-09-01", 1);
  world.event("a", "2026-09-02", 2);
  const auto rows = world.store().query("SELECT count(*) FROM events");
  REQUIRE(rows.has_value());
  CHECK(rows->rows[0][0] == Cell(int64_t{2}));
}
