// SPDX-License-Identifier: MIT
#include "cli/event_names.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::cli {
namespace {

// Whether some event of the call may have no name: a funnel has a count for
// each of them, other results are about all of them.
bool may_be_misspelt(const table::Table& table) {
  const bool funnel = table.shape == table::Shape::funnel;
  const auto value = table.column(funnel ? "count" : "value");
  if (!value) return false;
  const auto is_zero = [&](const table::Row& row) {
    return row[*value].number().value_or(0) == 0;
  };
  return funnel ? std::ranges::any_of(table.rows, is_zero)
                : std::ranges::all_of(table.rows, is_zero);
}

std::unexpected<Error> no_such_event(const source::Schema& schema,
                                     const std::string& event) {
  std::vector<std::string> names;
  names.reserve(schema.events.size());
  for (const source::EventInfo& known : schema.events) {
    names.push_back(known.name);
  }
  std::vector<std::string> hints;
  for (const std::string& name : nearest(event, names)) {
    const auto known =
        std::ranges::find(schema.events, name, &source::EventInfo::name);
    hints.push_back(fmt::format("did you mean {} ({} in 30 days)?", name,
                                group_digits(std::to_string(known->volume))));
  }
  if (hints.empty()) {
    hints.emplace_back(
        "see the events: claribi call query-run --sql 'select event, "
        "count() from events group by event order by 2 desc'");
  }
  return fail(
      ErrorKind::not_answerable,
      fmt::format("there is no event '{}'", escape_terminal_line(event)),
      std::move(hints));
}

}  // namespace

Result<void> check_event_names(source::Connection& connection,
                               const source::Outcome& outcome) {
  const auto events = connection.target().vendor->events_in(outcome.sent);
  if (events.empty() || !may_be_misspelt(outcome.table)) return {};
  // A name may be younger than what is remembered.
  connection.forget_schema();
  const auto schema = connection.schema({.events = true});
  // The result stands even if the names cannot be had.
  if (!schema) return {};
  for (const std::string& event : events) {
    const bool known =
        std::ranges::find(schema->events, event, &source::EventInfo::name) !=
        schema->events.end();
    if (!known) return no_such_event(*schema, event);
  }
  return {};
}

}  // namespace claribi::cli
