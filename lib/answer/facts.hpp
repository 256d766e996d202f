// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "json/value.hpp"
#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::answer {

// One number or name that was computed from the table, never invented.
struct Fact {
  std::string name;        // Unique in its list: "average", "peak", "overall".
  json::Value value = {};  // Number or string.
  std::string unit = {};   // "events", "people", "%", "seconds"
  std::string text = {};   // As sentences show it.
  std::string about = {};  // The date, step or series that it belongs to.
};

// The facts of a table, from complete buckets first. What they are depends on
// the table's shape, not on the question's words.
std::vector<Fact> find_facts(const plan::Plan& plan, const table::Table& table,
                             const Moment& moment);

}  // namespace claribi::answer
