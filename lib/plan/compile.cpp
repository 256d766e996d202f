// SPDX-License-Identifier: MIT
#include "plan/compile.hpp"

#include <utility>

#include "base/result.hpp"
#include "plan/frames.hpp"
#include "plan/time.hpp"

namespace claribi::plan {

Result<std::vector<source::Translation>> compile(
    const Plan& plan, const source::Dialect& dialect, const Moment& moment,
    std::span<const table::Table> earlier) {
  const Frame* frame = find_frame(plan.frame);
  if (frame == nullptr) {
    return fail(ErrorKind::usage,
                "the plan's frame '" + plan.frame + "' is not known");
  }
  const bool timed = plan.time.kind != TimeRange::Kind::unsaid;
  if (timed && resolve(plan.time, moment).from > moment.local()) {
    return fail(ErrorKind::not_answerable,
                "the period '" + plan.time.phrase + "' has not begun yet", {},
                {.slot = "period", .reason = "forecast"});
  }
  CLARIBI_TRY_ASSIGN(const auto calls,
                     frame->next_calls(plan, moment, earlier));
  std::vector<source::Translation> translated;
  for (const auto& call : calls) {
    CLARIBI_TRY_ASSIGN(auto translation, dialect.translate(call, dialect));
    translated.push_back(std::move(translation));
  }
  return translated;
}

}  // namespace claribi::plan
