// SPDX-License-Identifier: MIT
// From a question to a plan, in two steps, so that only the part of the schema
// that the question needs has to be fetched in between.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "plan/frames.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// What can be said of a question without knowing the project.
struct Reading {
  Question question;
  const Frame* frame = nullptr;
  // What of the frame's needs this question cannot do without.
  source::SchemaNeeds needs = {};
  TimeRange time = {};
  std::optional<Unit> interval = {};
  std::optional<std::string> compare_to = {};
  std::string cut = {};  // Words that were no part of the question.
};

// Fails with not_answerable (no frame fits), refused (asks to change
// something; names the read-only alternative) or usage (nothing was asked).
[[nodiscard]] Result<Reading> read(std::string_view question);

// Whether words of the question are neither events nor anything else that is
// known, so that properties have to be read after all.
[[nodiscard]] bool wants_properties(const Reading& reading,
                                    const source::Schema& schema);

// The texts, in lower case, that could be values of properties: words that are
// left when time, cues and names are taken away.
[[nodiscard]] std::vector<std::string> possible_values(
    const Reading& reading, const source::Schema& schema);

// Links the names in the question to the schema and fills the plan. A name
// that is not in the schema never gets into a plan: not_answerable with the
// nearest names, or needs_clarification with at most three runnable readings
// as hints.
[[nodiscard]] Result<Plan> link(Reading reading, const source::Schema& schema);

}  // namespace claribi::plan
