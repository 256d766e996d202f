// SPDX-License-Identifier: MIT
#include "demo/tables.hpp"

#include <string_view>

namespace claribi::demo {

namespace {

constexpr std::string_view tables = R"sql(
CREATE TABLE event_names(id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE persons(id INTEGER PRIMARY KEY, uuid TEXT UNIQUE,
  distinct_id TEXT UNIQUE, created_at INTEGER, last_seen_at INTEGER,
  properties TEXT);
CREATE TABLE distinct_ids(distinct_id TEXT PRIMARY KEY, person INTEGER)
  WITHOUT ROWID;
CREATE TABLE sessions(id INTEGER PRIMARY KEY, uuid TEXT UNIQUE,
  person INTEGER, start_time INTEGER, end_time INTEGER, properties TEXT);
CREATE TABLE events(id INTEGER PRIMARY KEY, event INTEGER, timestamp INTEGER,
  person INTEGER, session INTEGER, properties TEXT);
CREATE TABLE person_flags(person INTEGER, flag TEXT, value TEXT,
  since INTEGER, PRIMARY KEY(person, flag)) WITHOUT ROWID;
CREATE TABLE meta(name TEXT PRIMARY KEY, value);
)sql";

// Sorting once is faster than keeping order with every row.
constexpr std::string_view indexes = R"sql(
CREATE INDEX events_by_name ON events(event, timestamp, person);
CREATE INDEX events_by_time ON events(timestamp, person);
CREATE INDEX events_by_person ON events(person, timestamp);
CREATE INDEX sessions_by_time ON sessions(start_time);
CREATE INDEX sessions_by_person ON sessions(person, start_time);
CREATE INDEX distinct_ids_by_person ON distinct_ids(person);
PRAGMA analysis_limit=400;
ANALYZE;
)sql";

}  // namespace

Result<void> make_tables(Store& store) {
  return store.execute(tables);
}

Result<void> make_indexes(Store& store) {
  return store.execute(indexes);
}

}  // namespace claribi::demo
