// SPDX-License-Identifier: MIT
// Tables of questions: each with the frame that it goes to and the call that
// is sent, or with what is asked back.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {

struct Asked {
  std::string_view question;
  std::string_view arguments;  // All of them, as JSON.
};

// Every question goes to that frame and makes that one call, no argument more.
inline void check_calls(std::string_view frame, std::string_view tool,
                        std::span<const Asked> rows,
                        const source::Schema& schema) {
  for (const Asked& row : rows) {
    const std::string question(row.question);
    CAPTURE(question);
    const auto plan = plan_of(row.question, schema);
    if (!plan) {
      FAIL_CHECK(plan.error().message);
      continue;
    }
    CHECK(plan->frame == frame);
    const auto calls = compile(*plan, same_words(), moment(), {});
    if (!calls || calls->size() != 1) {
      FAIL_CHECK("no single call");
      continue;
    }
    CHECK(calls->front().call.tool == tool);
    auto wanted = json::parse(row.arguments);
    REQUIRE(wanted.has_value());
    CHECK(json::compact(calls->front().call.arguments) ==
          json::compact(*wanted));
    const std::vector<table::Table> earlier(1);
    const auto next = compile(*plan, same_words(), moment(), earlier);
    REQUIRE(next.has_value());
    CHECK(next->empty());
  }
}

// None of the questions goes to that frame, whatever else becomes of it.
inline void check_elsewhere(std::string_view frame,
                            std::span<const std::string_view> questions) {
  for (const auto text : questions) {
    const std::string question(text);
    CAPTURE(question);
    const auto reading = read(text);
    CHECK((!reading || reading->frame->name != frame));
  }
}

// What is said aloud for that slot; "" if nothing is.
inline std::string said_of(const Plan& plan, std::string_view slot) {
  for (const auto& assumption : plan.assumptions) {
    if (assumption.slot == slot) return assumption.value;
  }
  return {};
}

}  // namespace claribi::plan
