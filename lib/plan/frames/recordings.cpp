// SPDX-License-Identifier: MIT
// The list of session recordings.
#include <array>
#include <utility>

#include "base/result.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

// A page that a person can read; the tool's own default differs by server.
constexpr int default_page = 50;

constexpr std::array<Cue, 6> cues{{
    {"recording|replay", 6.0},
    {"session", 1.0},
    {"longest|=shortest|=recent|=latest session", 4.0},
    {"=sessions =where|=with|=of|=for|=from", 2.5},
    {"=watch", 2.0},
    {"=recent|=latest|=longest|=newest", 0.3},
}};

void take_order(Question& question, Plan& plan) {
  struct Row {
    std::string_view words;
    std::string_view order;
  };
  static constexpr std::array<Row, 4> rows{{
      {"=longest", "duration"},
      {"=most =active", "activity_score"},
      {"=most =clicks", "click_count"},
      {"=most =errors", "console_error_count"},
  }};
  for (const auto& row : rows) {
    if (const auto span = find_words(question, row.words)) {
      take(question, *span);
      plan.order = std::string(row.order);
      return;
    }
  }
  assume(plan, "order", "newest first", "no order was named");
}

// Rage clicks are events, and the tool selects by properties only.
void admit_events(Question& question, Plan& plan) {
  for (const auto words : {"=rage click|clicked", "rage-click|rageclick"}) {
    const auto span = find_words(question, words);
    if (!span) continue;
    take(question, *span);
    assume(plan, "left out", text_of(question, *span),
           "recordings cannot be selected by an event", 0.5);
  }
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  default_time(plan, Unit::day, 3);
  take_order(question, plan);
  if (auto count = take_count_after(question, "=top|=first|=last|=latest")) {
    plan.limit = count;
  }
  admit_events(question, plan);
  const Span rest = unread(question, whole(question));
  if (rest.size() == 0) return {};
  const auto names = object_names(schema.cohorts);
  CLARIBI_TRY_ASSIGN(const auto cohort, take_name(question, names, cohort_kind,
                                                  plan, whole(question)));
  if (!cohort) return no_such(cohort_kind, text_of(question, rest), names);
  plan.filters.push_back({.on = Owner::cohort,
                          .property = "id",
                          .op = "in",
                          .values = {schema.cohorts[cohort->owner].id}});
  plan.object = ObjectRef{.kind = "cohort",
                          .id = schema.cohorts[cohort->owner].id,
                          .name = schema.cohorts[cohort->owner].name};
  admit_unread(question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  source::ToolCall call{.tool = "query-session-recordings-list"};
  set_dates(call.arguments, resolve(plan.time, moment));
  if (plan.order) call.arguments.set("order", *plan.order);
  if (!plan.filters.empty()) {
    call.arguments.set("properties", filters_json(plan.filters));
  }
  call.arguments.set("limit", plan.limit.value_or(default_page));
  return once(earlier, std::move(call));
}

}  // namespace

const Frame recordings_frame{
    .name = "recordings",
    .example = "Recent session recordings for paying users",
    .cues = cues,
    .needs = {.cohorts = true},
    .grained = -3.0,
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
