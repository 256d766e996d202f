// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "demo/sql_parts.hpp"
#include "demo/store.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// Lists show only what tells a person apart.
enum class PersonDetail { brief, all };

// The columns of the row `p` of persons that person_row() reads.
std::string person_columns(Parameters& parameters, int64_t now);

// {id, uuid, name, distinct_ids, properties, created_at, last_seen_at} from
// the cells of person_columns().
json::Value person_row(std::span<const Cell> cells, PersonDetail detail);

}  // namespace claribi::demo
