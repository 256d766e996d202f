// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "plan/plan.hpp"
#include "source/dialect.hpp"

namespace claribi::answer {

// How an answer came about, for the lines under it and for chart titles.
struct Provenance {
  std::string title;   // "signed_up per day"
  std::string period;  // "2026-10-19 to 2026-11-18 (UTC)"; may be empty.
  std::string query;   // tool · event · math · interval · period
  std::vector<std::string> assumed = {};  // One line per assumption.
};

Provenance describe(const plan::Plan& plan, const source::ToolCall& sent,
                    const Moment& moment);

}  // namespace claribi::answer
