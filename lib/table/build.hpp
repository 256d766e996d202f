// SPDX-License-Identifier: MIT
// Filling a table from JSON, with no vendor's habits.
#pragma once

#include <string>
#include <vector>

#include "json/value.hpp"
#include "table/table.hpp"

namespace claribi::table {

// An array of objects: one row each; the columns are the union of the names,
// in the order first seen. Elements that are no objects go into a column
// named "value". Shape: rows.
Table from_objects(const json::Array& elements);

// Column names and rows of cells, as SQL results come. A row that is too
// short is filled with nulls. Shape: rows.
Table from_rows(const std::vector<std::string>& names, const json::Array& rows);

// One object: its members are the columns of the single row. Shape: record.
Table from_object(const json::Value& object);

// Adds the rows of `more` below those of `table`. Columns are matched by name;
// one that only `more` has is added, and cells that a row lacks are null.
// Nothing is left out. Types are inferred anew.
void append(Table& table, const Table& more);

// Sets the type of each column from its cells: date and datetime where every
// string is one in ISO form, integer where every number is whole, json where
// any cell is an array or object.
void infer_types(Table& table);

}  // namespace claribi::table
