// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "demo/hogql_ast.hpp"
#include "demo/hogql_sql.hpp"
#include "demo/tools.hpp"

namespace claribi::demo::hogql {

struct PrintedQuery {
  std::string sql;
  std::vector<std::string> names = {};
  std::vector<Type> types = {};
  int64_t limit = 0;  // The SQL asks for one row more.
};

// The query as SQL for the demo's database. Every word of it is one that is
// known here; names and values of the query are bound or replaced. Fails
// (tool_error) with "Query validation failed: ..." for unknown tables, columns
// and functions, and for what SQL itself does not allow.
[[nodiscard]] Result<PrintedQuery> print(const World& world, const Query& query,
                                         Parameters& parameters);

}  // namespace claribi::demo::hogql
