// SPDX-License-Identifier: MIT
// What the sentences of every shape are put together from.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "answer/facts.hpp"
#include "answer/number.hpp"
#include "base/calendar.hpp"
#include "plan/plan.hpp"

namespace claribi::answer {

// How a series was counted, in words.
struct Metric {
  std::string label;         // "signed_up", "the average price of paid_bill"
  std::string subject = {};  // The label with the plan's filters.
  std::string unit = {};     // "events", "people", "sessions"; may be empty.
  bool additive = false;     // Buckets and groups may be summed.
  bool counts = false;       // Whole events or people: count statistics apply.
};

// The metric of the series at that place in the plan; `label` is what the
// table calls it. A plan without such a series leaves the label and no claim.
Metric metric_of(const plan::Plan& plan, size_t place, std::string_view label);

// "41 events", "1 event"; the number alone where there is no unit.
std::string with_unit(std::string_view number, std::string_view unit);
// "event" of "events", "person" of "people".
std::string singular(std::string_view unit);
// "1 dashboard", "1,234 dashboards".
std::string counted(size_t count, std::string_view plural);

// The fact of that name; null if it was not found.
const Fact* find_fact(std::span<const Fact> facts, std::string_view name);
// Its text, or nothing.
std::string fact_text(std::span<const Fact> facts, std::string_view name);

// A fact of a quantity, with its text grouped and rounded.
Fact quantity(std::string name, Ratio value, std::string unit,
              std::string about = {});
Fact count(std::string name, size_t value, std::string unit,
           std::string about = {});
// A percentage, or nothing on a base that is too small for one.
std::optional<Fact> percent(std::string name, Amount part, Amount base,
                            std::string about = {});
// Between which whole percentages a share of fewer than 1000 likely lies, as a
// fact; larger bases need none, those under 30 have no percentage at all.
void add_interval(std::vector<Fact>& facts, std::string name, Amount part,
                  Amount base, std::string about = {});
Fact duration(std::string name, Ratio seconds, std::string about = {});
Fact name_fact(std::string name, std::string text, std::string about = {});

// The period of the plan: "from 2026-11-11 to 2026-11-18", "on 2026-11-17",
// "from 2026-11-17 10:30 to 2026-11-18 10:30". Empty if none was said.
std::string period_words(const plan::Plan& plan, const Moment& moment);
// "2026-11-11 to 2026-11-18", or the one name if both are the same.
std::string span_words(std::string_view from, std::string_view to);
// With its preposition: "from 2026-11-11 to 2026-11-18", "on 2026-11-17",
// "at 2026-11-17 10:00", "in 2026-11", "in the week of 2026-11-16".
std::string when_words(std::string_view span);
// Says of a funnel that those who came last still have time, where that is so.
std::string open_window_words(const plan::Plan& plan, const Moment& moment);
// "where plan is pro and $browser is Chrome or Safari"; empty if none.
std::string filter_words(const plan::Plan& plan);

// "No signed_up events where plan is pro from 2026-11-11 to 2026-11-18."
// Parts that are empty are left out.
std::string no_words(std::string_view what, std::string_view filters,
                     std::string_view period);

// The event of the first series; empty if none is named.
std::string first_event(const plan::Plan& plan);

// A name from the data, short enough for a sentence.
std::string short_name(std::string_view name);
// The text of a cell as it is read aloud, numbers as spelled; empty for null.
std::string cell_text(const json::Value& cell);
// "the" becomes "The"; an event's name stays as it is spelled.
std::string begin_sentence(std::string text);

}  // namespace claribi::answer
