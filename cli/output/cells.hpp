// SPDX-License-Identifier: MIT
// What the writers of this folder have in common.
#pragma once

#include <string>
#include <vector>

#include "cli/io.hpp"
#include "json/value.hpp"
#include "table/table.hpp"

namespace claribi::cli {

// A cell without quotes: a string as it is, a number as it was spelled, null
// as nothing, an array or object as compact JSON. Escapes nothing.
std::string plain_cell(const json::Value& cell);

// The names of the columns as members of an object: the second of two equal
// names becomes "name_2".
std::vector<std::string> member_names(const table::Table& table);

// The row as an object with those names.
json::Value row_object(const std::vector<std::string>& names,
                       const table::Row& row);

// What a terminal would act on made visible, if the text goes to one. A pipe
// and a file get every byte.
std::string guard_terminal(std::string text, const Screen& screen);

}  // namespace claribi::cli
