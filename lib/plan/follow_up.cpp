// SPDX-License-Identifier: MIT
#include "plan/follow_up.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/result.hpp"
#include "plan/breakdown.hpp"
#include "plan/event_links.hpp"
#include "plan/filters.hpp"
#include "plan/frames.hpp"
#include "plan/guards.hpp"
#include "plan/link.hpp"
#include "plan/question.hpp"
#include "plan/slots.hpp"
#include "plan/time.hpp"

namespace claribi::plan {
namespace {

// What speaks for another kind of question outweighs this.
constexpr double own_frame_score = 3.0;

bool has_series(const Plan& plan) {
  return !plan.series.empty() || !plan.steps.empty();
}

// Whether the words ask for a kind of answer of their own.
bool starts_afresh(const Question& question, const Plan& last) {
  for (const Frame& frame : frames()) {
    if (frame.name == last.frame || frame.name == "trend" ||
        frame.name == "number") {
      continue;
    }
    double points = 0.0;
    for (const Cue& cue : frame.cues) {
      if (has_words(question, cue.words)) points += cue.weight;
    }
    if (points >= own_frame_score) return true;
  }
  return false;
}

void forget(Plan& plan, std::string_view slot) {
  std::erase_if(plan.assumptions, [&](const Assumption& assumption) {
    return assumption.slot == slot;
  });
}

bool take_words(Question& question, std::string_view pattern) {
  const auto span = find_words(question, pattern);
  if (!span) return false;
  take(question, *span);
  return true;
}

// "Without the filter", "no breakdown".
bool drop_parts(Question& question, Plan& plan) {
  bool changed = false;
  const auto names = [&](std::string_view words) {
    for (const std::string_view lead :
         {"=without|=no|=remove|=drop|=clear =the|=that|=any|=all ",
          "=without|=no|=remove|=drop|=clear "}) {
      if (take_words(question, std::string(lead) + std::string(words))) {
        return true;
      }
    }
    return false;
  };
  if (names("filter|filters")) {
    plan.filters.clear();
    forget(plan, "filter");
    changed = true;
  }
  if (names("breakdown|split|grouping")) {
    plan.breakdown.clear();
    plan.limit.reset();
    changed = true;
  }
  if (names("comparison|compare")) {
    plan.compare_to.reset();
    changed = true;
  }
  return changed;
}

bool change_time(const SaidTime& said, Plan& plan) {
  bool changed = false;
  // "Vs the week before" is about the period that was asked for.
  if (said.compare_to) {
    plan.compare_to = said.compare_to;
    changed = true;
  } else if (said.range.kind != TimeRange::Kind::unsaid) {
    plan.time = said.range;
    forget(plan, "period");
    changed = true;
  }
  if (said.interval) {
    plan.interval = said.interval;
    plan.total = false;
    forget(plan, "interval");
    changed = true;
  }
  return changed;
}

// A new property takes the place of the old one, unless it is to be added.
Result<bool> change_breakdown(Question& question, const source::Schema& schema,
                              Plan& plan) {
  const bool adds = has_words(question, "=also|=additionally|=too");
  auto before = std::exchange(plan.breakdown, {});
  const bool was_total = plan.total;
  CLARIBI_TRY(take_breakdown(question, schema, plan));
  if (plan.breakdown.empty()) {
    plan.breakdown = std::move(before);
    plan.total = was_total;
    return false;
  }
  if (adds) {
    plan.breakdown.insert(plan.breakdown.begin(), before.begin(), before.end());
  }
  return true;
}

// A filter of a property takes the place of the one that it had.
Result<bool> change_filters(Question& question, const source::Schema& schema,
                            Plan& plan) {
  auto before = std::exchange(plan.filters, {});
  CLARIBI_TRY(take_filters(question, schema, plan));
  const bool changed = !plan.filters.empty();
  std::erase_if(before, [&](const Filter& old) {
    return std::ranges::any_of(plan.filters, [&](const Filter& filter) {
      return filter.property == old.property;
    });
  });
  plan.filters.insert(plan.filters.begin(), before.begin(), before.end());
  return changed;
}

// "As a number", "over time", "unique users".
bool change_display(Question& question, Plan& plan) {
  if (take_words(question, "=as =a|=an =number|=total|=figure") ||
      take_words(question, "=in =total")) {
    plan.total = true;
    return true;
  }
  if (take_words(question, "=over =time") ||
      take_words(question, "=as =a|=an =line|=chart|=graph|=trend")) {
    plan.total = plan.as_table = false;
    return true;
  }
  if (take_words(question, "=as =a|=an table|list")) {
    plan.as_table = true;
    return true;
  }
  if (take_words(question, "unique|distinct #people")) {
    for (Series& series : plan.series)
      series.math = Math::dau;
    return true;
  }
  return false;
}

// "Same for cancellations": another event in the place of the only one.
Result<bool> change_event(Question& question, const source::Schema& schema,
                          Plan& plan) {
  const bool asked = has_words(question, "=same|=about|=instead|=for");
  if (!asked || plan.series.size() != 1) return false;
  const auto names = event_names(schema);
  CLARIBI_TRY_ASSIGN(const auto name, take_name(question, names, event_kind,
                                                plan, whole(question)));
  if (!name) return false;
  plan.series.front().event = name->raw;
  return true;
}

bool names_event(const Question& question, const source::Schema& schema) {
  const auto names = event_names(schema);
  const auto link = find_name(question, names);
  return link && link->score() >= contained_floor;
}

}  // namespace

Result<std::optional<Plan>> follow_up(std::string_view words, const Plan& last,
                                      const source::Schema& listed) {
  const source::Schema schema = in_order(listed);
  Question question = read_question(words);
  CLARIBI_TRY_ASSIGN(const auto decided, guard(question));
  if (!decided.empty() || !has_series(last)) return std::nullopt;
  CLARIBI_TRY_ASSIGN(const SaidTime said, read_time(question));
  if (starts_afresh(question, last)) return std::nullopt;
  Plan plan = last;
  bool changed = drop_parts(question, plan);
  changed |= change_time(said, plan);
  changed |= change_display(question, plan);
  CLARIBI_TRY_ASSIGN(const bool split,
                     change_breakdown(question, schema, plan));
  CLARIBI_TRY_ASSIGN(const bool filtered,
                     change_filters(question, schema, plan));
  CLARIBI_TRY_ASSIGN(const bool renamed, change_event(question, schema, plan));
  changed = changed || split || filtered || renamed;
  if (!renamed && names_event(question, schema)) return std::nullopt;
  if (!changed) return std::nullopt;
  admit_unread(question, plan);
  return plan;
}

}  // namespace claribi::plan
