// SPDX-License-Identifier: MIT
// Whether people with a feature flag do something more often than people
// without it. PostHog writes the flags of a person into the events as
// properties "$feature/KEY", so one funnel per flag, split by that property,
// tells both shares.
#include "plan/frames/flag_effect.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/filters.hpp"
#include "plan/frames/behaviour.hpp"
#include "plan/frames/first_action.hpp"
#include "plan/frames/funnel.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr int most_flags = 8;
constexpr size_t most_definitions = 16;

constexpr auto cues = std::to_array<Cue>({
    {"flag|toggle|rollout", 1.5},
    {"correlate|correlated|correlation", 8.0},
    {"associated|linked|related =with|=to", 7.0},
    {"=go|=goes|=went|=come|=comes =together|=along|=with", 7.0},
    {"impact|effect|affect|influence", 7.0},
    {"flag|rollout "
     "improve|lift|boost|hurt|help|increase|raise|drive|lead|reduce|lower",
     8.0},
    {"=higher|=lower|=better|=worse|=more "
     "activation|activated|conversion|retention",
     4.0},
    {"=activation|=activate|=activates|=activated", 2.0},
    {"=with =and|=or =without", 3.0},
    // These belong to it but speak for nothing by themselves.
    {"=higher|=lower|=better|=worse|=more|=less|=rate|=rates|=share", 0.1},
    {"=feature|=features|=conversion|=convert|=often|=likely|=likelier", 0.1},
    {"improve|lift|boost|hurt|help|increase|raise|drive|lead|reduce|lower",
     0.1},
    {"recording|replay|dashboard|=insight|=insights", -6.0},
});

// --- From the question to the plan.

// Where people begin: the event of signing up, else any use of the product.
std::string assume_newcomers(const source::Schema& schema, Plan& plan) {
  const auto names = event_names(schema);
  const auto hits = score_names("sign up", names);
  if (!hits.empty() && hits.front().score >= accept_score) {
    const Name& name = names[hits.front().name];
    assume(plan, "start", name.raw, "people count from when they signed up",
           hits.front().score);
    return name.raw;
  }
  return assume_any_use(schema, plan, "start");
}

std::unexpected<Error> which_action(const source::Schema& schema) {
  std::vector<std::string> readings;
  for (const auto& event : example_events(schema)) {
    readings.push_back("Which feature flags correlate with more " +
                       in_question(event) + "?");
  }
  return unclear("what people with a flag do more often was not said",
                 readings);
}

// The event that is compared: the named one, or the one "activation" means.
Result<std::string> take_action(Question& question,
                                const source::Schema& schema, Plan& plan,
                                const std::string& start) {
  const auto words = find_first_action(question);
  const auto names = event_names(schema);
  if (words && !find_name(question, names, *words)) take(question, *words);
  CLARIBI_TRY_ASSIGN(auto events, take_events(question, schema, plan, 1));
  if (!events.empty()) return std::move(events.front());
  const Span rest = unread(question, whole(question));
  if (rest.size() > 0) {
    return no_such(event_kind, text_of(question, rest), names);
  }
  const std::array others{start};
  const Name* name = words ? first_action(names, others) : nullptr;
  if (name == nullptr) return which_action(schema);
  assume(plan, "action", name->raw, why_first_action(question, *words), 0.7);
  return name->raw;
}

// The one flag that is named; none means that all are compared.
Result<void> take_flag(Question& question, const source::Schema& schema,
                       Plan& plan) {
  const auto names = object_names(schema.flags);
  const auto link = find_name(question, names);
  if (!link || link->verdict != Verdict::sure) {
    plan.limit = most_flags;
    assume(plan, "limit", fmt::format("{} flags", most_flags),
           "those changed last that some people have and others have not");
    return {};
  }
  CLARIBI_TRY_ASSIGN(const auto found,
                     take_name(question, names, flag_kind, plan, link->span));
  const auto& flag = schema.flags[found->owner];
  plan.object = ObjectRef{.kind = "flag", .id = flag.id, .name = flag.key};
  return {};
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  if (has_no_period(plan.time)) plan.time = {};
  default_time(plan, Unit::day, 30);
  CLARIBI_TRY(take_flag(question, schema, plan));
  CLARIBI_TRY(take_filters(question, schema, plan));
  Plan start;  // Says what it assumes only if the start is needed.
  std::string first = assume_newcomers(schema, start);
  CLARIBI_TRY_ASSIGN(auto action, take_action(question, schema, plan, first));
  if (action == first) {
    start.assumptions.clear();
    first = assume_any_use(schema, start, "start");
  }
  std::ranges::move(start.assumptions, std::back_inserter(plan.assumptions));
  plan.steps = {std::move(first), std::move(action)};
  assume(plan, "window", "14 days", "no time to convert was named");
  assume(plan, "exposure", "the property $feature/KEY of the first step",
         "PostHog writes the flags of a person into the events");
  assume(plan, "cause", "not looked for",
         "people with a flag may differ in other ways");
  plan.interval.reset();
  plan.compare_to.reset();
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

// --- From the tables to the flags that are compared.

bool is_multivariate(const Value& filters) {
  return filters["multivariate"]["variants"].size() > 0;
}

bool is_active(const table::Table& table, size_t row) {
  if (const auto active = table.cell(row, "active").boolean()) return *active;
  const std::string status = table.cell(row, "status").text_or("ACTIVE");
  return status == "ACTIVE";
}

std::string changed_at(const table::Table& table, size_t row) {
  for (const std::string_view column :
       {"updated_at", "last_modified_at", "created_at"}) {
    std::string at = table.cell(row, column).text_or("");
    if (!at.empty()) return at;
  }
  return {};
}

// The rows of active flags, most recently changed first.
std::vector<size_t> active_rows(const table::Table& table) {
  std::vector<size_t> rows;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (is_active(table, row)) rows.push_back(row);
  }
  std::ranges::stable_sort(rows, std::greater{},
                           [&](size_t row) { return changed_at(table, row); });
  return rows;
}

bool has_rollouts(const table::Table& list) {
  return list.column("rollout") || list.column("filters");
}

ComparedFlag flag_in(const table::Table& table, size_t row) {
  return {.key = table.cell(row, "key").text_or(""),
          .rollout = table.cell(row, "rollout").integer(),
          .variants = is_multivariate(table.cell(row, "filters"))};
}

// Some people have it and others have not.
bool divides(const ComparedFlag& flag) {
  if (flag.key.empty()) return false;
  return flag.variants ||
         (flag.rollout && *flag.rollout > 0 && *flag.rollout < 100);
}

// The ids of the flags whose definitions tell what a list leaves out.
std::vector<std::string> undefined_ids(const table::Table& list) {
  std::vector<std::string> ids;
  for (const size_t row : active_rows(list)) {
    if (ids.size() == most_definitions) break;
    const Value& id = list.cell(row, "id");
    ids.emplace_back(id.number_text().value_or(id.string().value_or("")));
  }
  return ids;
}

std::vector<ComparedFlag> dividing_flags(std::span<const table::Table> tables,
                                         size_t most) {
  std::vector<ComparedFlag> flags;
  for (const auto& table : tables) {
    for (const size_t row : active_rows(table)) {
      ComparedFlag flag = flag_in(table, row);
      if (divides(flag) && flags.size() < most) {
        flags.push_back(std::move(flag));
      }
    }
  }
  return flags;
}

// The named flag is compared whatever its rollout is.
std::vector<ComparedFlag> named_flag(const Plan& plan,
                                     const table::Table& list) {
  for (size_t row = 0; row < list.rows.size(); ++row) {
    ComparedFlag flag = flag_in(list, row);
    if (flag.key == plan.object->name) return {flag};
  }
  return {{.key = plan.object->name}};
}

// --- The calls.

source::ToolCall flags_call() {
  source::ToolCall call{.tool = "feature-flag-get-all"};
  call.arguments.set("limit", 500);
  return call;
}

std::vector<source::ToolCall> definition_calls(const table::Table& list) {
  std::vector<source::ToolCall> calls;
  for (const auto& id : undefined_ids(list)) {
    source::ToolCall call{.tool = "feature-flag-get-definition"};
    call.arguments.set("id", id_json(id));
    calls.push_back(std::move(call));
  }
  return calls;
}

std::vector<source::ToolCall> funnel_calls(
    const Plan& plan, const Moment& moment,
    const std::vector<ComparedFlag>& flags) {
  std::vector<source::ToolCall> calls;
  for (const auto& flag : flags) {
    Plan split = plan;
    split.breakdown = {
        {.on = Owner::event, .property = "$feature/" + flag.key}};
    calls.push_back(
        query_call(split, "query-funnel", funnel_query(split, moment)));
  }
  return calls;
}

// Those of the calls that were not made before something went wrong.
std::vector<source::ToolCall> not_yet(std::vector<source::ToolCall> calls,
                                      size_t made) {
  const auto first = static_cast<std::ptrdiff_t>(std::min(made, calls.size()));
  calls.erase(calls.begin(), calls.begin() + first);
  return calls;
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (plan.steps.size() != 2) {
    return fail(ErrorKind::usage, "flags are compared by two events");
  }
  if (earlier.empty()) return std::vector{flags_call()};
  const Comparison comparison = compared_flags(plan, earlier);
  if (earlier.size() < comparison.lookups) {
    return not_yet(definition_calls(earlier.front()), earlier.size() - 1);
  }
  return not_yet(funnel_calls(plan, moment, comparison.flags),
                 earlier.size() - comparison.lookups);
}

}  // namespace

Comparison compared_flags(const Plan& plan,
                          std::span<const table::Table> earlier) {
  Comparison comparison;
  if (earlier.empty()) return comparison;
  const table::Table& list = earlier.front();
  if (plan.object) {
    comparison.flags = named_flag(plan, list);
    return comparison;
  }
  const auto most = static_cast<size_t>(plan.limit.value_or(most_flags));
  if (has_rollouts(list)) {
    comparison.flags = dividing_flags(earlier.first(1), most);
    return comparison;
  }
  comparison.lookups += undefined_ids(list).size();
  if (earlier.size() >= comparison.lookups) {
    comparison.flags =
        dividing_flags(earlier.subspan(1, comparison.lookups - 1), most);
  }
  return comparison;
}

const Frame flag_effect_frame{
    .name = flag_effect_name,
    .example = "Which feature flag rollouts correlate with higher activation?",
    .cues = cues,
    .needs = {.events = true, .properties = true, .flags = true},
    .only_with = "flag|toggle|rollout",
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
