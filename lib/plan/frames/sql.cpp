// SPDX-License-Identifier: MIT
// SQL that the user typed, passed through as it is.
#include "base/text.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"

namespace claribi::plan {
namespace {

Result<void> fill(Question& question, const source::Schema& /*schema*/,
                  Plan& plan) {
  std::string_view sql = question.text;
  while (sql.ends_with(';') || sql.ends_with(' '))
    sql.remove_suffix(1);
  plan.sql = std::string(sql);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (!plan.sql) return fail(ErrorKind::usage, "the plan has no SQL");
  return once(earlier, sql_call(*plan.sql));
}

}  // namespace

// It has no cues: the form of the question decides.
const Frame sql_frame{
    .name = "sql",
    .example = "SELECT event, count() FROM events GROUP BY event LIMIT 10",
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
