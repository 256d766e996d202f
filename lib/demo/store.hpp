// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// A cell of SQLite: NULL, integer, real or text.
using Cell = std::variant<std::monostate, int64_t, double, std::string>;

json::Value to_json(const Cell& cell);

struct Rows {
  std::vector<std::string> columns = {};
  std::vector<std::vector<Cell>> rows = {};
  bool more = false;  // The row limit cut the result.
};

struct QueryLimits {
  size_t rows = 50000;
  std::chrono::milliseconds time = std::chrono::seconds(10);
};

// The database of a demo project: a SQLite file. Times are milliseconds since
// 1970 in UTC, properties are JSON text.
//
//   event_names(id INTEGER PRIMARY KEY, name TEXT UNIQUE)
//   persons(id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, distinct_id TEXT UNIQUE,
//           created_at INTEGER, last_seen_at INTEGER, properties TEXT)
//   events(id INTEGER PRIMARY KEY, event INTEGER, timestamp INTEGER,
//          person INTEGER, session INTEGER, properties TEXT)
//     index events_by_name(event, timestamp, person)
//     index events_by_time(timestamp, person)
//     index events_by_person(person, timestamp)
//   sessions(id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, person INTEGER,
//            start_time INTEGER, end_time INTEGER, properties TEXT)
//     index sessions_by_time(start_time)
//     index sessions_by_person(person, start_time)
//   distinct_ids(distinct_id TEXT PRIMARY KEY, person INTEGER): all ids of a
//     person; the first one is in persons too
//   person_flags(person INTEGER, flag TEXT, value TEXT, since INTEGER,
//     PRIMARY KEY(person, flag)): the feature flags of a person, which all of
//     their events in a session have from `since` on as "$feature/..."
//   meta(name TEXT PRIMARY KEY, value): data_from and data_to, the
//     milliseconds between which events lie, and seed
//
// Flags, cohorts, dashboards, insights, error issues and docs pages are in the
// Project. Events of no session have NULL there.
class Store {
 public:
  // Opens the file for reading, or makes an empty one to be filled. Fails
  // (file).
  [[nodiscard]] static Result<Store> open(const std::filesystem::path& path);
  [[nodiscard]] static Result<Store> create(const std::filesystem::path& path);

  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  // One SELECT with its parameters (?1, ?2, ...). Fails with tool_error
  // (SQLite's words) or limit_reached (time).
  [[nodiscard]] Result<Rows> query(std::string_view sql,
                                   std::span<const Cell> parameters = {},
                                   QueryLimits limits = {}) const;

  // Statements without a result, several at once. For filling.
  [[nodiscard]] Result<void> execute(std::string_view sql);
  // The same INSERT for many rows; `next` fills the cells and answers false
  // at the end.
  [[nodiscard]] Result<void> insert(
      std::string_view sql,
      const std::function<bool(std::vector<Cell>&)>& next);

  // A scalar function for SQL, called with its arguments. Deterministic.
  [[nodiscard]] Result<void> define(
      std::string_view name, int arguments,
      std::function<Cell(std::span<const Cell>)> function) const;
  // An aggregate `name(value, q)`: the quantile q of the non-null values, as
  // ClickHouse's quantile() interpolates it. Defined in every store:
  //   quantile(x, q)

 private:
  struct Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace claribi::demo
