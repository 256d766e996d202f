// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/hogql_sql.hpp"

namespace claribi::demo::hogql {

// left OP right for = <> < <= > >=, both brought to one type first: a text
// that stands beside a time is read as a time, beside a number as a number.
[[nodiscard]] Result<Piece> compare(std::string_view op, Piece left,
                                    Piece right, Parameters& parameters);

// value [NOT] IN (list)
[[nodiscard]] Result<Piece> among(const Piece& value,
                                  const std::vector<Piece>& list, bool negated,
                                  Parameters& parameters);

// + - * / % and ||, with times, dates and intervals.
[[nodiscard]] Result<Piece> calculate(std::string_view op, const Piece& left,
                                      const Piece& right,
                                      Parameters& parameters);

// A number as it was written. Fails for one that does not fit.
[[nodiscard]] Result<Piece> number_literal(const std::string& text,
                                           Parameters& parameters);

}  // namespace claribi::demo::hogql
