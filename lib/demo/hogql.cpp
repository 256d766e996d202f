// SPDX-License-Identifier: MIT
#include "base/result.hpp"
#include "demo/hogql_lexer.hpp"
#include "demo/hogql_parser.hpp"
#include "demo/hogql_printer.hpp"
#include "demo/hogql_time.hpp"
#include "demo/query_frame.hpp"
#include "demo/text_match.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

using hogql::Type;

json::Value shown(const Cell& cell, Type type) {
  const auto* integer = std::get_if<int64_t>(&cell);
  if (integer != nullptr && type == Type::time) {
    return format_instant(Instant{std::chrono::milliseconds{*integer}});
  }
  if (integer != nullptr && type == Type::boolean) return *integer != 0;
  if (const auto* real = std::get_if<double>(&cell)) return plain_number(*real);
  return to_json(cell);
}

json::Value results_json(const Rows& rows, const std::vector<Type>& types) {
  json::Array results;
  for (const auto& row : rows.rows) {
    json::Array cells;
    for (size_t i = 0; i < row.size(); ++i)
      cells.push_back(shown(row[i], types.at(i)));
    results.emplace_back(std::move(cells));
  }
  return results;
}

json::Value answer(const hogql::PrintedQuery& printed, const Rows& rows) {
  json::Array columns;
  json::Array types;
  for (size_t i = 0; i < printed.names.size(); ++i) {
    columns.emplace_back(printed.names[i]);
    types.emplace_back(
        json::Array{json::Value(printed.names[i]),
                    json::Value(hogql::type_name(printed.types[i]))});
  }
  return json::Object{{"columns", std::move(columns)},
                      {"types", std::move(types)},
                      {"results", results_json(rows, printed.types)},
                      {"hasMore", rows.more}};
}

}  // namespace

Result<json::Value> run_hogql(const World& world, std::string_view query) {
  CLARIBI_TRY_ASSIGN(const auto parsed, hogql::parse(query));
  Parameters parameters;
  CLARIBI_TRY_ASSIGN(const auto printed,
                     hogql::print(world, *parsed, parameters));
  CLARIBI_TRY(define_text_match(world.store));
  CLARIBI_TRY(hogql::define_time_functions(world.store, world.moment.calendar));
  auto rows = world.store.query(printed.sql, parameters.used_in(printed.sql),
                                {.rows = static_cast<size_t>(printed.limit)});
  if (!rows) {
    if (rows.error().kind != ErrorKind::tool_error) {
      return std::unexpected(std::move(rows).error());
    }
    return hogql::refuse(rows.error().message);
  }
  return answer(printed, *rows);
}

}  // namespace claribi::demo
