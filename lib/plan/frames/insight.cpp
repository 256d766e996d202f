// SPDX-License-Identifier: MIT
// Saved insights: all of them, and what one of them shows now.
#include <array>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/frames/named_objects.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr auto list_cues = std::to_array<Cue>({
    {"=insights", 4.0},
    {"=which|=what|=list|=all|=our|=saved =insights", 4.0},
    {"=list|=show =saved|=all =insights", 2.0},
    {"=saved =reports|=charts|=queries|=graphs", 5.0},
    {"=how =many =insights|=saved", 2.0},
    {"=exist|=any|=have|=saved", 0.3},
    // "Give me insights about signups" is about signups.
    {"=insights =about|=on|=into|=for", -4.0},
    {"dashboard", -6.0},
});

constexpr auto one_cues = std::to_array<Cue>({
    {"=insight", 9.0},
    {"=saved =report|=chart|=query|=graph|=trend|=funnel", 9.0},
    {"=saved", 1.0},
    {"insight view|viewed|create|created|open|opened|event", -5.0},
    {"=insights", -3.0},
    {"=list|=all|=exist|=any", -1.0},
    {"dashboard", -6.0},
});

constexpr std::string_view list_tool = "insights-list";
const NameKind insight_kind{"insight", "saved insights", "List saved insights"};

// "Weekly revenue" is a name here and no interval: the words that were taken
// for a time may be part of a name.
void give_back_time(Question& question) {
  for (auto& token : question.tokens)
    token.used = false;
}

// The words of time that no name took. A saved insight has a period of its own.
void leave_out_time(const Question& before, const Question& after, Plan& plan) {
  std::vector<std::string> words;
  for (size_t at = 0; at < before.tokens.size(); ++at) {
    if (before.tokens[at].used && !after.tokens[at].used) {
      words.push_back(before.tokens[at].text);
    }
  }
  plan.time = {};
  plan.interval.reset();
  plan.compare_to.reset();
  if (words.empty()) return;
  assume(plan, "left out", join(words, " "),
         "a saved insight has its own period and interval");
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  const Question before = question;
  give_back_time(question);
  CLARIBI_TRY(take_object(question, schema.insights, insight_kind, plan));
  leave_out_time(before, question, plan);
  return {};
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  if (!plan.object) return fail(ErrorKind::usage, "the plan names no insight");
  source::ToolCall call{.tool = "insight-query"};
  call.arguments.set("insightId", plan.object->id);
  call.arguments.set("output_format", "json");
  return once(earlier, std::move(call));
}

}  // namespace

const Frame insights_frame{
    .name = "insights",
    .example = "List saved insights",
    .cues = list_cues,
    .grained = -1.0,
    .fill = fill_nothing,
    .next_calls = call_list<list_tool>,
};

const Frame insight_frame{
    .name = "insight",
    .example = "Show the Weekly revenue insight",
    .cues = one_cues,
    .needs = {.insights = true},
    .grained = -1.0,
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
