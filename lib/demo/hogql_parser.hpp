// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>

#include "base/error.hpp"
#include "demo/hogql_ast.hpp"

namespace claribi::demo::hogql {

// One SELECT or WITH statement, with or without a semicolon at its end. Fails
// (tool_error) with "Query validation failed: " and the word that is wrong.
[[nodiscard]] Result<std::shared_ptr<const Query>> parse(
    std::string_view query);

}  // namespace claribi::demo::hogql
