// SPDX-License-Identifier: MIT
// Pieces of SQL over the demo's database. Text from outside never becomes SQL:
// it is bound, and a piece refers to it by number (?7).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

// The values that a statement under construction is bound to.
class Parameters {
 public:
  // The number of the value, as it is written in SQL ("?3"). Equal values
  // share one, so that equal expressions become equal SQL.
  std::string bind(Cell value);

  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
  // The values for a finished statement: all up to the last that it names.
  // SQLite refuses to bind more.
  [[nodiscard]] std::span<const Cell> used_in(std::string_view sql) const;

 private:
  std::vector<Cell> cells_;
};

// Where a property is kept.
enum class Owner { event, person, session };

// "event", "person", "session" and what PostHog treats alike ("feature",
// "event_metadata"). Empty for types that the demo has no data for.
std::optional<Owner> owner_named(std::string_view type);

// The property of JSON text in the SQL expression `json`; NULL if it is not
// there. A boolean reads as 1 or 0.
std::string json_member_sql(std::string_view json, std::string_view name,
                            Parameters& parameters);

// The property of the row `e` of events, of its person or of its session, with
// the type that it has. "$session_id", "$session_duration" (seconds),
// "$start_timestamp" and "$end_timestamp" come from the session itself,
// "$feature/..." of an event from the flags of its person unless the event has
// its own.
std::string property_sql(Owner owner, std::string_view name,
                         Parameters& parameters);

// The same as PostHog shows it: text, "true" and "false" for booleans, NULL
// for what is missing or empty.
std::string property_text_sql(Owner owner, std::string_view name,
                              Parameters& parameters);

// The same where it is a number, else NULL.
std::string property_number_sql(Owner owner, std::string_view name,
                                Parameters& parameters);

// The id of an event's name; -1 for a name that never happened. For an
// equality that the index can answer.
std::string event_id_sql(std::string_view event, Parameters& parameters);

}  // namespace claribi::demo
