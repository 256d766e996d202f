// SPDX-License-Identifier: MIT
// People: those who did something, and one of them.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr int default_people = 10;

constexpr std::array<Cue, 10> people_cues{{
    {"people|person|users|user|customers|visitors =who|=that", 3.5},
    {"=find|=list|=show|=get people|users|customers|persons|visitors", 2.5},
    {"=find|=list|=show =me|=the|=all|=some people|users|customers|persons",
     2.5},
    {"=which|=what people|users|customers|persons|visitors", 3.5},
    {"=who", 2.0},
    {"=how =many|=much", -6.0},
    {"=number|=share|=percentage|=percent|=count|=average", -6.0},
    {"recording|replay|cohort|error|=flag|=flags|=errors", -4.0},
    {"unique|distinct|=active", -2.0},
    {"trend|chart|=funnel|conversion", -4.0},
}};

constexpr std::array<Cue, 9> person_cues{{
    {"#email", 4.5},
    {"#uuid", 5.0},
    {"person|user|customer|profile|visitor #id|#uuid|#email|#number", 6.0},
    {"=show =me #id", 2.5},
    {"=who =is #id|#uuid|#email|#number", 6.0},
    {"=person|=persons|=profile", 2.0},
    {"=find|=show|=get =person|=user|=customer", 3.5},
    {"=list|=show|=all =persons|=profiles", 3.5},
    {"=how =many", -4.0},
}};

Result<void> fill_people(Question& question, const source::Schema& schema,
                         Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  default_time(plan, Unit::day, 30);
  const auto count =
      take_count_after(question, "=top|=first|=last|=find|=list");
  plan.limit = std::min(count.value_or(default_people), 100);
  if (!count) {
    assume(plan, "limit", std::to_string(default_people),
           "those seen last, each by a call of its own");
  }
  CLARIBI_TRY_ASSIGN(const auto events, take_events(question, schema, plan, 1));
  if (events.empty()) {
    const Span rest = unread(question, whole(question));
    if (rest.size() > 0) {
      return no_such(event_kind, text_of(question, rest), event_names(schema));
    }
    std::vector<std::string> readings;
    for (const auto& event : example_events(schema)) {
      readings.push_back("Find people who did " + in_question(event));
    }
    return unclear("what these people did was not said", readings);
  }
  plan.series.push_back({.event = events.front()});
  plan.order = "last_seen";
  admit_unread(question, plan);
  return {};
}

// A HogQL string. Names come from the project, whoever wrote them.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string lookup(const Plan& plan, const Moment& moment) {
  const ResolvedRange range = resolve(plan.time, moment);
  std::string until;
  if (!range.open) {
    until = fmt::format(" and timestamp < toDateTime('{}')",
                        format_date_time(range.to));
  }
  return fmt::format(
      "select distinct_id, max(timestamp) as last_seen, count() as events "
      "from events where event = {} and timestamp >= toDateTime('{}'){} "
      "group by distinct_id order by last_seen desc limit {}",
      quoted(plan.series.front().event.value_or("")),
      format_date_time(range.from), until, plan.limit.value_or(default_people));
}

std::vector<source::ToolCall> persons_of(const table::Table& found,
                                         size_t most) {
  std::vector<std::string> ids;
  for (size_t row = 0; row < found.rows.size() && ids.size() < most; ++row) {
    const auto& cell = found.cell(row, "distinct_id");
    std::string id = cell.text_or(cell.number_text().value_or(""));
    if (id.empty() || std::ranges::find(ids, id) != ids.end()) continue;
    ids.push_back(std::move(id));
  }
  std::vector<source::ToolCall> calls;
  for (auto& id : ids) {
    source::ToolCall call{.tool = "persons-list"};
    call.arguments.set("distinct_id", std::move(id));
    calls.push_back(std::move(call));
  }
  return calls;
}

Result<std::vector<source::ToolCall>> people_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (plan.series.empty() || !plan.series.front().event) {
    return fail(ErrorKind::usage, "the plan names no event");
  }
  if (earlier.empty()) return once(earlier, sql_call(lookup(plan, moment)));
  // The look-up comes first; after it every table is a person.
  if (earlier.size() > 1) return std::vector<source::ToolCall>{};
  return persons_of(earlier.front(),
                    static_cast<size_t>(plan.limit.value_or(default_people)));
}

// Signs by which one person is told: an address, an id, or a name.
Result<void> fill_person(Question& question, const source::Schema& /*schema*/,
                         Plan& plan) {
  for (const auto kind : {"#email", "#uuid", "#id", "#number"}) {
    const auto span = find_words(question, kind);
    if (!span) continue;
    const std::string text = question.tokens[span->begin].text;
    plan.object = ObjectRef{.kind = "person"};
    (std::string_view(kind) == "#email" ? plan.object->name : plan.object->id) =
        text;
    take(question, *span);
    admit_unread(question, plan);
    return {};
  }
  const Span rest = unread(question, whole(question));
  if (rest.size() == 0) return {};  // All of them.
  const bool one_quoted =
      rest.size() == 1 && question.tokens[rest.begin].quoted;
  plan.search =
      one_quoted ? question.tokens[rest.begin].text : text_of(question, rest);
  take(question, rest);
  assume(plan, "search", *plan.search, "looked for in addresses, names and ids",
         0.8);
  admit_unread(question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> person_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  source::ToolCall call{.tool = "persons-list"};
  if (plan.object && !plan.object->id.empty()) {
    call.tool = "persons-retrieve";
    call.arguments.set("id", plan.object->id);
  } else if (plan.object) {
    call.arguments.set("email", plan.object->name);
  } else if (plan.search) {
    call.arguments.set("search", *plan.search);
  }
  return once(earlier, std::move(call));
}

}  // namespace

const Frame people_frame{
    .name = "people",
    .example = "Find people who triggered signup events",
    .cues = people_cues,
    .needs = {.events = true},
    .grained = -4.0,
    .fill = fill_people,
    .next_calls = people_calls,
};

const Frame person_frame{
    .name = "person",
    .example = "Show me person p_001",
    .cues = person_cues,
    .grained = -3.0,
    .fill = fill_person,
    .next_calls = person_calls,
};

}  // namespace claribi::plan
