// SPDX-License-Identifier: MIT
// The part of HogQL that the demo understands, as a tree. Nodes never change
// once the parser has made them, so they are shared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claribi::demo::hogql {

struct Query;
struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

struct Expr {
  enum class Kind {
    null,
    boolean,   // text: "true" or "false"
    number,    // text: as written
    string,    // text: the string
    interval,  // text: the unit; args: the count
    column,    // path: the names between the dots
    star,      // The * of SELECT * and count(*).
    call,      // text: the function; parameters, args, distinct
    negate,    // args: one
    invert,    // NOT; args: one
    binary,    // text: the operator ("and", "=", "like", ...); args: two
    in,        // args: the value and the list, or the value and `query`
    between,   // args: value, low, high
    is_null,   // args: one
    choose,    // CASE; args: condition, value, ..., and perhaps the ELSE
  };
  Kind kind = Kind::null;
  std::string text = {};
  std::vector<std::string> path = {};
  std::vector<ExprPtr> args = {};
  std::vector<ExprPtr> parameters = {};
  std::shared_ptr<const Query> query = {};
  bool distinct = false;
  bool negated = false;  // NOT IN, NOT BETWEEN, IS NOT NULL, NOT LIKE
  size_t depth = 1;      // Of the tree below and with this node.
};

struct Item {
  ExprPtr value;
  std::string name;  // Its alias, or what was written.
  bool aliased = false;
};

struct Order {
  ExprPtr value;
  bool descending = false;
};

struct Select {
  bool distinct = false;
  std::vector<Item> items = {};
  std::string table = {};  // Or:
  std::shared_ptr<const Query> subquery = {};
  std::string alias = {};
  ExprPtr where = {};
  std::vector<ExprPtr> group_by = {};
  ExprPtr having = {};
  std::vector<Order> order_by = {};
  std::optional<int64_t> limit = {};
  int64_t offset = 0;
};

struct Named {
  std::string name;
  std::shared_ptr<const Query> query;
};

struct Query {
  std::vector<Named> with = {};
  std::vector<Select> selects = {};  // Between them UNION ALL.
};

}  // namespace claribi::demo::hogql
