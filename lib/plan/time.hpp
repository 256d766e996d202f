// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"

namespace claribi::plan {

// The time phrase of a question, the grain it asks for ("per week"), and how
// far back the period lies that it is compared with ("-1w"; PostHog aligns the
// two by it). Kind unsaid if there is no phrase.
struct SaidTime {
  TimeRange range = {};
  std::optional<Unit> interval = {};
  std::optional<std::string> compare_to = {};
};
// Takes the tokens it understands. Fails for the future (not_answerable), for
// dates that do not exist (usage) and that can be read in two ways
// (needs_clarification).
[[nodiscard]] Result<SaidTime> read_time(Question& question);

// A range with its ends: [from, to) in project time; `open` if `to` is now.
struct ResolvedRange {
  LocalTime from;
  LocalTime to;
  bool open = false;
};
[[nodiscard]] ResolvedRange resolve(const TimeRange& range,
                                    const Moment& moment);

// The grain that suits a range when none was said: up to 2 days hour, 92 days
// day, 26 weeks week, else month.
[[nodiscard]] Unit default_interval(const ResolvedRange& range);

}  // namespace claribi::plan
