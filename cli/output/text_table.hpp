// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/io.hpp"
#include "table/table.hpp"

namespace claribi::cli {

// The table as lines to read, by its shape: a record as names and values,
// prose as paragraphs, anything else in columns. On a terminal no line is
// wider than it is: texts are cut and numbers never are; where that cannot be
// done, each row becomes a block of names and values. In a pipe nothing is
// cut. "(no rows)" for an empty table.
std::string table_text(const table::Table& table, const Screen& screen);

}  // namespace claribi::cli
