// SPDX-License-Identifier: MIT
// Facts and sentences of paths: which way is taken most often. How often a way
// was taken is counted, not by how many people.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

struct Way {
  int64_t step = 0;
  std::string source;
  std::string target;
  Amount times;
  std::optional<Amount> seconds = {};

  [[nodiscard]] std::string name() const {
    return short_name(source) + " → " + short_name(target);
  }
};

std::vector<Way> read_ways(const table::Table& table) {
  std::vector<Way> ways;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto times = read_amount(table.cell(row, "value"));
    if (!times) continue;
    ways.push_back({table.cell(row, "step").integer().value_or(0),
                    table.cell(row, "source").text_or(""),
                    table.cell(row, "target").text_or(""), *times,
                    read_amount(table.cell(row, "average_seconds"))});
  }
  return ways;
}

// The ways among which the most common one is looked for: those that lead to
// the end that was asked about, else those of the first step.
std::vector<Way> asked_ways(const Subject& subject, std::vector<Way> ways) {
  const auto& paths = subject.plan.paths;
  if (paths && paths->end && !paths->start) {
    std::erase_if(ways,
                  [&](const Way& way) { return way.target != *paths->end; });
  } else if (!ways.empty()) {
    const int64_t first = std::ranges::min(ways, {}, &Way::step).step;
    std::erase_if(ways, [&](const Way& way) { return way.step != first; });
  }
  std::ranges::stable_sort(ways, [](const Way& a, const Way& b) {
    return a.times != b.times ? a.times > b.times : a.name() < b.name();
  });
  return ways;
}

void add_way(Facts& facts, const std::string& which, const Way& way,
             Amount all) {
  facts.push_back(quantity(which, exactly(way.times), "times", way.name()));
  auto share = percent(which + "_share", way.times, all, way.name());
  if (share) facts.push_back(std::move(*share));
}

std::string place_words(const Facts& facts, const std::string& which) {
  const Fact& fact = *find_fact(facts, which);
  const std::string share = fact_text(facts, which + "_share");
  return fmt::format("{} ({}{})", fact.about, with_unit(fact.text, fact.unit),
                     share.empty() ? "" : ", " + share);
}

// "first steps", "steps after signed_up", "steps before paid_bill"
std::string what(const Subject& subject) {
  const auto& paths = subject.plan.paths;
  if (paths && paths->start) return "steps after " + *paths->start;
  if (paths && paths->end) return "steps before " + *paths->end;
  return "first steps";
}

}  // namespace

Facts paths_facts(const Subject& subject) {
  const std::vector<Way> all = read_ways(subject.table);
  const std::vector<Way> ways = asked_ways(subject, all);
  Facts facts;
  facts.push_back(count("ways", all.size(), "ways"));
  if (ways.empty()) return facts;
  Amount sum;
  for (const Way& way : ways)
    sum = sum + way.times;
  facts.push_back(quantity("all", exactly(sum), "times", what(subject)));
  add_way(facts, "top", ways[0], sum);
  if (ways[0].seconds) {
    facts.push_back(
        duration("top_time", exactly(*ways[0].seconds), ways[0].name()));
  }
  if (ways.size() > 1) add_way(facts, "second", ways[1], sum);
  return facts;
}

Sentences paths_sentences(const Subject& subject, const Facts& facts) {
  const Fact* all = find_fact(facts, "all");
  const std::string filters = filter_words(subject.plan);
  const std::string period = period_words(subject.plan, subject.moment);
  if (!all) return {no_words(what(subject), filters, period)};
  std::string when = filters.empty() ? "" : " " + filters;
  if (!period.empty()) when += " " + period;
  Sentences sentences{fmt::format("Of the {} {}{}, the most common is {}.",
                                  all->text, all->about, when,
                                  place_words(facts, "top"))};
  if (find_fact(facts, "second")) {
    sentences.push_back(
        fmt::format("Next is {}.", place_words(facts, "second")));
  }
  if (const Fact* time = find_fact(facts, "top_time")) {
    sentences.push_back(
        fmt::format("{} takes {} on average.", time->about, time->text));
  }
  if (subject.table.truncated) {
    sentences.push_back(fmt::format("Only the {} most taken ways are known.",
                                    fact_text(facts, "ways")));
  }
  return sentences;
}

}  // namespace claribi::answer
