// SPDX-License-Identifier: MIT
#include "demo/store.hpp"

#include <cmath>

#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::demo;

namespace {

Store numbers(int count) {
  auto store = Store::create(":memory:");
  REQUIRE(store.has_value());
  REQUIRE(store->execute("CREATE TABLE n(i INTEGER, t TEXT)").has_value());
  int next = 0;
  REQUIRE(store
              ->insert("INSERT INTO n VALUES(?1, ?2)",
                       [&](std::vector<Cell>& row) {
                         if (next == count) return false;
                         row = {int64_t{next}, "t" + std::to_string(next)};
                         ++next;
                         return true;
                       })
              .has_value());
  return std::move(*store);
}

std::filesystem::path fresh(std::string_view name) {
  auto path = std::filesystem::temp_directory_path() / name;
  std::filesystem::remove(path);
  return path;
}

}  // namespace

TEST_CASE("a store gives back what was inserted, with its types") {
  const Store store = numbers(2);
  const auto rows =
      store.query("SELECT i, t, i / 2.0 AS half, NULL AS none FROM n");
  REQUIRE(rows.has_value());
  CHECK(rows->columns == std::vector<std::string>{"i", "t", "half", "none"});
  REQUIRE(rows->rows.size() == 2);
  CHECK(rows->rows[1] == std::vector<Cell>{int64_t{1}, std::string("t1"), 0.5,
                                           std::monostate()});
  CHECK_FALSE(rows->more);
}

TEST_CASE("a query takes its parameters by number") {
  const Store store = numbers(10);
  const std::vector<Cell> parameters = {int64_t{3}, std::string("t3")};
  const auto rows =
      store.query("SELECT count(*) FROM n WHERE i=?1 AND t=?2", parameters);
  REQUIRE(rows.has_value());
  CHECK(rows->rows[0][0] == Cell(int64_t{1}));
}

TEST_CASE("a query stops at its row limit and says that there is more") {
  const Store store = numbers(10);
  const auto cut = store.query("SELECT i FROM n", {}, {.rows = 9});
  REQUIRE(cut.has_value());
  CHECK(cut->rows.size() == 9);
  CHECK(cut->more);
  const auto whole = store.query("SELECT i FROM n", {}, {.rows = 10});
  REQUIRE(whole.has_value());
  CHECK_FALSE(whole->more);
}

TEST_CASE("a query that never ends is stopped by its time limit") {
  const Store store = numbers(1);
  const auto endless = store.query(
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) "
      "SELECT count(*) FROM c",
      {}, {.time = std::chrono::milliseconds(1)});
  REQUIRE_FALSE(endless.has_value());
  CHECK(endless.error().kind == ErrorKind::limit_reached);
  // The limit is gone with the query that had it.
  CHECK(store.query("SELECT count(*) FROM n").has_value());
}

TEST_CASE("a query refuses what is not one SELECT") {
  const Store store = numbers(1);
  for (const char* sql : {"DELETE FROM n", "SELECT 1; SELECT 2", "SELEKT", "",
                          "SELECT nothing FROM n"}) {
    CAPTURE(sql);
    const auto rows = store.query(sql);
    REQUIRE_FALSE(rows.has_value());
    CHECK(rows.error().kind == ErrorKind::tool_error);
  }
  CHECK(store.query("SELECT 1;\n").has_value());
  CHECK(store.query("SELECT i FROM n")->rows.size() == 1);
}

TEST_CASE("a defined function is called with its arguments") {
  const Store store = numbers(3);
  REQUIRE(store
              .define("twice", 1,
                      [](std::span<const Cell> arguments) -> Cell {
                        const auto* value = std::get_if<int64_t>(&arguments[0]);
                        if (value == nullptr) return std::monostate();
                        return *value * 2;
                      })
              .has_value());
  const auto rows = store.query("SELECT twice(i), twice(t) FROM n WHERE i=2");
  REQUIRE(rows.has_value());
  CHECK(rows->rows[0] == std::vector<Cell>{int64_t{4}, std::monostate()});
}

TEST_CASE("quantile interpolates between neighbours and skips NULL and text") {
  const Store store = numbers(5);  // 0 1 2 3 4
  const auto rows = store.query(
      "SELECT quantile(i, 0.5), quantile(i, 0.9), quantile(i, 0), "
      "quantile(i, 1), quantile(t, 0.5), "
      "quantile(CASE WHEN i > 2 THEN i END, 0.5) FROM n");
  REQUIRE(rows.has_value());
  const auto& row = rows->rows[0];
  CHECK(std::get<double>(row[0]) == doctest::Approx(2.0));
  CHECK(std::get<double>(row[1]) == doctest::Approx(3.6));
  CHECK(std::get<double>(row[2]) == doctest::Approx(0.0));
  CHECK(std::get<double>(row[3]) == doctest::Approx(4.0));
  CHECK(row[4] == Cell());
  CHECK(std::get<double>(row[5]) == doctest::Approx(3.5));
  const auto none = store.query("SELECT quantile(i, 0.5) FROM n WHERE i > 9");
  REQUIRE(none.has_value());
  CHECK(none->rows[0][0] == Cell());
}

TEST_CASE("opening fails for what is not a database") {
  const auto missing = Store::open(fresh("claribi-no-such.db"));
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().kind == ErrorKind::file);

  const auto path = fresh("claribi-store-test?odd#name%.db");
  {
    auto store = Store::create(path);
    REQUIRE(store.has_value());
    REQUIRE(store->execute("CREATE TABLE x(a); INSERT INTO x VALUES(7)")
                .has_value());
  }
  auto store = Store::open(path);
  REQUIRE(store.has_value());
  CHECK(store->query("SELECT a FROM x")->rows[0][0] == Cell(int64_t{7}));
  CHECK_FALSE(store->execute("DELETE FROM x").has_value());
  std::filesystem::remove(path);
}

TEST_CASE("a cell becomes the JSON of its type") {
  CHECK(to_json(Cell()).is_null());
  CHECK(to_json(int64_t{3}) == json::Value(3));
  CHECK(to_json(1.5) == json::Value(1.5));
  CHECK(to_json(std::string("x")) == json::Value("x"));
  CHECK(to_json(std::nan("")).is_null());
}
