// SPDX-License-Identifier: MIT
// Facts and sentences of how long a funnel took. The average is the server's;
// of the median only the stretch of time is known in which it lies.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

struct Stretch {
  Amount from;
  std::optional<Amount> to = {};
  Amount people;
};

std::vector<Stretch> read_stretches(const table::Table& table) {
  std::vector<Stretch> stretches;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto from = read_amount(table.cell(row, "seconds_from"));
    const auto people = read_amount(table.cell(row, "people"));
    if (!from || !people) continue;
    stretches.push_back(
        {*from, read_amount(table.cell(row, "seconds_to")), *people});
  }
  return stretches;
}

// Where those who took less time become half of all.
const Stretch& middle_of(const std::vector<Stretch>& stretches, Amount all) {
  Amount below;
  for (const Stretch& stretch : stretches) {
    below = below + stretch.people;
    if (below + below >= all) return stretch;
  }
  return stretches.back();
}

void add_times(Facts& facts, const std::vector<Stretch>& stretches,
               Amount all) {
  const Stretch& middle = middle_of(stretches, all);
  facts.push_back(duration("median_from", exactly(middle.from)));
  if (middle.to) facts.push_back(duration("median_to", exactly(*middle.to)));
  const Stretch& most =
      *std::ranges::max_element(stretches, {}, &Stretch::people);
  facts.push_back(quantity("most_common", exactly(most.people), "people"));
  facts.push_back(duration("most_common_from", exactly(most.from)));
  if (most.to) facts.push_back(duration("most_common_to", exactly(*most.to)));
}

// "between 1 min and 2 min", "2 min or more"
std::string between(const Facts& facts, const std::string& which) {
  const std::string from = fact_text(facts, which + "_from");
  const std::string to = fact_text(facts, which + "_to");
  return to.empty() ? from + " or more"
                    : fmt::format("between {} and {}", from, to);
}

std::string way(const Subject& subject) {
  const auto& steps = subject.plan.steps;
  return steps.size() < 2
             ? "went through the funnel"
             : fmt::format("went from {} to {}", steps.front(), steps.back());
}

}  // namespace

Facts distribution_facts(const Subject& subject) {
  const std::vector<Stretch> stretches = read_stretches(subject.table);
  Facts facts;
  Amount all;
  for (const Stretch& stretch : stretches)
    all = all + stretch.people;
  facts.push_back(quantity("people", exactly(all), "people"));
  if (all == Amount{}) return facts;
  if (const auto average = read_amount(subject.table.average_seconds)) {
    facts.push_back(duration("average_time", exactly(*average)));
  }
  add_times(facts, stretches, all);
  return facts;
}

Sentences distribution_sentences(const Subject& subject, const Facts& facts) {
  const std::string filters = filter_words(subject.plan);
  const std::string period = period_words(subject.plan, subject.moment);
  const Fact& people = *find_fact(facts, "people");
  if (people.text == "0") {
    return {no_words("people " + way(subject), filters, period)};
  }
  std::string when = filters.empty() ? "" : " " + filters;
  if (!period.empty()) when += " " + period;
  const std::string average = fact_text(facts, "average_time");
  std::string first = fmt::format(
      "{} {}{}", with_unit(people.text, people.unit), way(subject), when);
  if (!average.empty()) first += fmt::format(", in {} on average", average);
  const Fact& most = *find_fact(facts, "most_common");
  return {first + ".",
          fmt::format("The median is {}.", between(facts, "median")),
          fmt::format("The most common time: {} took {}.",
                      with_unit(most.text, most.unit),
                      between(facts, "most_common")),
          open_window_words(subject.plan, subject.moment)};
}

}  // namespace claribi::answer
