// SPDX-License-Identifier: MIT
// Feature flags: all of them, and the definition of one.
#include <algorithm>
#include <array>
#include <utility>

#include "base/result.hpp"
#include "plan/frames/named_objects.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 8> list_cues{{
    {"=flags", 4.0},
    {"flag", 2.5},
    {"toggle", 2.0},
    {"=stale", 1.0},
    {"=which|=what|=list|=all|=any", 0.7},
    {"rollout|=rolled", 1.0},
    {"#percent", 1.0},
    {"=fully =rolled", 1.5},
}};

constexpr std::array<Cue, 7> one_cues{{
    {"=flag", 4.0},
    {"definition", 2.0},
    {"condition|variant|rollout|=rolled|=released|toggle", 2.0},
    {"#key", 0.9},
    {"=flags", -4.0},
    {"=which|=list|=all|=any", -1.5},
    {"=feature =flag", 0.5},
}};

void take_state(const Question& question, Plan& plan) {
  struct Row {
    std::string_view words;
    std::string_view state;
  };
  static constexpr std::array<Row, 3> rows{{
      {"=stale", "STALE"},
      {"=inactive|=disabled|=off|=paused", "false"},
      {"=active|=enabled|=live|=on", "true"},
  }};
  for (const auto& row : rows) {
    if (!has_words(question, row.words)) continue;
    plan.state = std::string(row.state);
    return;
  }
}

// "100%", "at least 50 %", "fully rolled out".
void take_rollout(Question& question, Plan& plan) {
  if (const auto percent = find_words(question, "#percent")) {
    std::string digits = question.tokens[percent->begin].text;
    digits.pop_back();
    plan.minimum_rollout = count_in({.text = digits});
  } else if (const auto spaced = find_words(question, "#number =%|percent")) {
    plan.minimum_rollout = count_in(question.tokens[spaced->begin]);
  } else if (has_words(question, "=fully|=everyone|=everybody") ||
             has_words(question, "=all =users|=people|=visitors")) {
    plan.minimum_rollout = 100;
  }
  if (!plan.minimum_rollout) return;
  plan.minimum_rollout = std::min(*plan.minimum_rollout, 100);
  if (*plan.minimum_rollout < 100 &&
      !has_words(question, "least|=over|=above|=more")) {
    assume(plan, "rollout", "at least that share",
           "the question does not say exactly or at least");
  }
}

Result<void> fill_list(Question& question, const source::Schema& /*schema*/,
                       Plan& plan) {
  take_state(question, plan);
  take_rollout(question, plan);
  if (!plan.state) {
    assume(plan, "state", "active and inactive", "no state was named");
  }
  return {};
}

constexpr ObjectLookup lookup{&flag_kind, &source::Schema::flags,
                              "feature-flag-get-definition"};

Result<std::vector<source::ToolCall>> list_calls(
    const Plan& plan, const Moment& /*moment*/,
    std::span<const table::Table> earlier) {
  source::ToolCall call{.tool = "feature-flag-get-all"};
  if (plan.state) call.arguments.set("active", *plan.state);
  return once(earlier, std::move(call));
}

}  // namespace

const Frame flags_frame{
    .name = "flags",
    .example = "Which flags are at 100% rollout?",
    .cues = list_cues,
    .grained = -3.0,
    .fill = fill_list,
    .next_calls = list_calls,
};

const Frame flag_frame{
    .name = "flag",
    .example = "Show me the checkout-v2 flag definition",
    .cues = one_cues,
    .needs = {.flags = true},
    .grained = -3.0,
    .fill = fill_object<lookup>,
    .next_calls = call_object<lookup>,
};

}  // namespace claribi::plan
