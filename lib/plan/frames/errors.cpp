// SPDX-License-Identifier: MIT
// The list of error issues.
#include <array>
#include <utility>

#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 8> cues{{
    {"error|exception|crash|bug", 3.0},
    {"issue", 2.0},
    {"=stack =trace|=traces", 3.0},
    {"=top|=most|=list|=which|=what|=show|=new|=recent|=latest", 0.5},
    {"affect|affecting", 1.0},
    {"=over =time|=trend", -4.0},
    {"=by|=per|across|=split", -2.5},
    {"=by =users|=people|=sessions|=occurrences", 2.5},
}};

constexpr std::array<std::string_view, 4> states{"resolved", "archived",
                                                 "suppressed", "active"};

// What is sorted by: by occurrences unless the question says otherwise.
void take_order(const Question& question, Plan& plan) {
  struct Row {
    std::string_view words;
    std::string_view order;
  };
  static constexpr std::array<Row, 6> rows{{
      {"=most =users|=people|=customers", "users"},
      {"=by =users|=people", "users"},
      {"=affect|=affecting|=affected", "users"},
      {"=sessions", "sessions"},
      {"=new|=newest", "first_seen"},
      {"=latest|=recent|=recently", "last_seen"},
  }};
  for (const auto& row : rows) {
    if (!has_words(question, row.words)) continue;
    plan.order = std::string(row.order);
    return;
  }
  plan.order = "occurrences";
  if (!has_words(question, "=top|=most")) {
    assume(plan, "order", "occurrences", "no order was named");
  }
}

void take_state(Question& question, Plan& plan) {
  for (const auto state : states) {
    if (const auto span = find_words(question, "=" + std::string(state))) {
      take(question, *span);
      plan.state = std::string(state);
      return;
    }
  }
  plan.state = "active";
  assume(plan, "state", "active", "no state was named");
}

Result<void> fill(Question& question, const source::Schema& /*schema*/,
                  Plan& plan) {
  default_time(plan, Unit::day, 7);
  take_order(question, plan);
  take_state(question, plan);
  if (auto count = take_count_after(question, "=top|=first|=last")) {
    plan.limit = std::min(*count, 100);
  }
  static constexpr std::string_view said =
      "=most|=affect|=affecting|=affected|=newest|=recently|=tracking|=today|"
      "=currently|=happening|=frequent|=often|=biggest|=common|=sessions|"
      "=recent|=hit|=hitting|=open";
  for (size_t i = 0; i < question.tokens.size(); ++i) {
    if (words_at(question, said, i)) question.tokens[i].cue = true;
  }
  // What is left is looked for in the errors' texts.
  const Span rest = unread(question, whole(question));
  if (rest.size() > 0) {
    const bool one_quoted =
        rest.size() == 1 && question.tokens[rest.begin].quoted;
    plan.search =
        one_quoted ? question.tokens[rest.begin].text : text_of(question, rest);
    take(question, rest);
    assume(plan, "search", *plan.search,
           "words that are left are looked for in the errors", 0.8);
  }
  admit_unread(question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  source::ToolCall call{.tool = "query-error-tracking-issues-list"};
  call.arguments.set("dateRange", date_range(resolve(plan.time, moment)));
  call.arguments.set("orderBy", plan.order.value_or("occurrences"));
  call.arguments.set("status", plan.state.value_or("active"));
  if (plan.search) call.arguments.set("searchQuery", *plan.search);
  if (plan.limit) call.arguments.set("limit", *plan.limit);
  return once(earlier, std::move(call));
}

}  // namespace

const Frame errors_frame{
    .name = "errors",
    .example = "Top errors in the last 24 hours",
    .cues = cues,
    .grained = -4.0,
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
