// SPDX-License-Identifier: MIT
// The only two macros of the project. g++ 12's std::expected has no monadic
// members, and a chain of if statements would hide the story.
#pragma once

#include <utility>

#include "base/error.hpp"

#define CLARIBI_CONCAT_INNER(a, b) a##b
#define CLARIBI_CONCAT(a, b) CLARIBI_CONCAT_INNER(a, b)

// NOLINTBEGIN(bugprone-macro-parentheses)

// Leaves the function with the error of `expr`, a Result, if it has one.
#define CLARIBI_TRY(expr)                                     \
  do {                                                        \
    auto&& claribi_try = (expr);                              \
    if (!claribi_try.has_value()) {                           \
      return std::unexpected(std::move(claribi_try).error()); \
    }                                                         \
  } while (false)

// The same, and binds the value: CLARIBI_TRY_ASSIGN(auto key, read_key(path)).
#define CLARIBI_TRY_ASSIGN(declaration, expr)                                \
  CLARIBI_TRY_ASSIGN_AS(CLARIBI_CONCAT(claribi_try_, __LINE__), declaration, \
                        expr)
#define CLARIBI_TRY_ASSIGN_AS(name, declaration, expr)                    \
  auto name = (expr);                                                     \
  if (!name.has_value()) return std::unexpected(std::move(name).error()); \
  declaration = std::move(*name)

// NOLINTEND(bugprone-macro-parentheses)
