// SPDX-License-Identifier: MIT
// A frame is a kind of question: a trend, a funnel, the list of flags. Each is
// one file in frames/ and one row of the table in frames.cpp.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"
#include "table/table.hpp"

namespace claribi::plan {

// A word sequence that speaks for a frame, as find_words() reads it. A positive
// weight speaks for it, a negative against.
struct Cue {
  std::string_view words;
  double weight = 1.0;
};

struct Frame {
  std::string_view name;
  std::string_view example;  // A question that this frame answers.
  std::span<const Cue> cues = {};
  source::SchemaNeeds needs = {};
  double timed = 0.0;    // Weight of a time phrase in the question,
  double grained = 0.0;  // and of an interval ("per day").
  // Words without which a question is not for this frame; "": any question.
  std::string_view only_with = {};

  // Fills the slots of the plan from the question and the schema; plan.time
  // and plan.interval are already read. Marks the tokens it uses. Fails with
  // needs_clarification, not_answerable or refused.
  Result<void> (*fill)(Question& question, const source::Schema& schema,
                       Plan& plan) = nullptr;

  // The canonical calls that come next, given the tables that earlier calls
  // of this plan brought (none at first). Empty: the plan is done. Pure.
  Result<std::vector<source::ToolCall>> (*next_calls)(
      const Plan& plan, const Moment& moment,
      std::span<const table::Table> earlier) = nullptr;
};

// All of them; among equals the earlier one is chosen.
std::span<const Frame> frames();
const Frame* find_frame(std::string_view name);

}  // namespace claribi::plan
