// SPDX-License-Identifier: MIT
// Facts and sentences of a funnel.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/statistics.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

struct Step {
  std::string event;
  int64_t count = 0;
  std::optional<Amount> median_seconds = {};
};

struct Group {
  std::string name;  // The breakdown's value; empty without one.
  std::vector<Step> steps = {};

  [[nodiscard]] int64_t entered() const { return steps.front().count; }
  [[nodiscard]] int64_t finished() const { return steps.back().count; }
};

std::vector<Group> read_groups(const table::Table& table) {
  std::vector<Group> groups;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const std::string name = table.cell(row, "breakdown").text_or("");
    auto group = std::ranges::find(groups, name, &Group::name);
    if (group == groups.end()) {
      groups.push_back({name});
      group = groups.end() - 1;
    }
    group->steps.push_back({table.cell(row, "event").text_or(""),
                            table.cell(row, "count").integer().value_or(0),
                            read_amount(table.cell(row, "median_seconds"))});
  }
  return groups;
}

// A rate of people, where there are enough of them.
std::optional<Fact> rate(std::string name, int64_t part, int64_t of,
                         std::string about) {
  return percent(std::move(name), whole(part), whole(of), std::move(about));
}

std::string arrow(const Step& from, const Step& to) {
  return from.event + " → " + to.event;
}

void add_largest_loss(Facts& facts, const std::vector<Step>& steps) {
  size_t worst = 0;
  int64_t most = 0;
  for (size_t i = 1; i < steps.size(); ++i) {
    const int64_t lost = steps[i - 1].count - steps[i].count;
    if (lost <= most) continue;
    most = lost;
    worst = i;
  }
  if (worst == 0) return;
  const std::string about = arrow(steps[worst - 1], steps[worst]);
  facts.push_back(
      quantity("largest_loss", exactly(whole(most)), "people", about));
  if (auto share =
          rate("largest_loss_rate", most, steps[worst - 1].count, about)) {
    facts.push_back(std::move(*share));
  }
}

// Medians do not add up: only the slowest step can be named.
void add_slowest_step(Facts& facts, const std::vector<Step>& steps) {
  size_t slowest = 0;
  Amount longest;
  for (size_t i = 1; i < steps.size(); ++i) {
    const std::optional<Amount>& median = steps[i].median_seconds;
    if (!median || steps[i].count == 0) continue;
    if (slowest == 0 || *median > longest) {
      slowest = i;
      longest = *median;
    }
  }
  if (slowest == 0) return;
  const Ratio seconds = exactly(longest);
  facts.push_back({"median_time", number_value(seconds), "seconds",
                   duration_text(seconds),
                   arrow(steps[slowest - 1], steps[slowest])});
}

void add_single(Facts& facts, const Group& group) {
  const std::vector<Step>& steps = group.steps;
  const Step& last = steps.back();
  facts.push_back(quantity("entered", exactly(whole(group.entered())), "people",
                           steps.front().event));
  facts.push_back(quantity("finished", exactly(whole(group.finished())),
                           "people", last.event));
  const std::string about = arrow(steps.front(), last);
  if (auto overall =
          rate("overall", group.finished(), group.entered(), about)) {
    facts.push_back(std::move(*overall));
    add_interval(facts, "overall_interval", whole(group.finished()),
                 whole(group.entered()), about);
  }
  add_largest_loss(facts, steps);
  add_slowest_step(facts, steps);
}

void add_place(Facts& facts, const std::string& which, const Group& group) {
  const std::string name = short_name(group.name);
  const auto share = rate(which, group.finished(), group.entered(), name);
  if (!share) return;
  facts.push_back(*share);
  facts.push_back(quantity(which + "_finished",
                           exactly(whole(group.finished())), "people", name));
  facts.push_back(quantity(which + "_entered", exactly(whole(group.entered())),
                           "people", name));
}

// Whether a group's rate stands out from the rest; the bound is divided by
// the number of looks, as one of many groups always looks good.
bool stands_out(const Group& group, const std::vector<const Group*>& all) {
  double rest_finished = 0;
  double rest_entered = 0;
  for (const Group* other : all) {
    if (other == &group) continue;
    rest_finished += static_cast<double>(other->finished());
    rest_entered += static_cast<double>(other->entered());
  }
  const double z = proportions_z(static_cast<double>(group.finished()),
                                 static_cast<double>(group.entered()),
                                 rest_finished, rest_entered);
  const double two_sided = std::erfc(std::abs(z) / std::sqrt(2.0));
  return two_sided * static_cast<double>(all.size()) < 0.01;
}

void add_groups(Facts& facts, const std::vector<Group>& groups) {
  std::vector<const Group*> large;
  for (const Group& group : groups) {
    if (large_enough(whole(group.entered()))) large.push_back(&group);
  }
  facts.push_back(count("groups", groups.size(), "groups"));
  facts.push_back(count("smallest_group", smallest_base, "people"));
  std::ranges::stable_sort(large, [](const Group* a, const Group* b) {
    const Wide left = static_cast<Wide>(a->finished()) * b->entered();
    const Wide right = static_cast<Wide>(b->finished()) * a->entered();
    return left != right ? left > right : a->name < b->name;
  });
  if (large.empty()) return;
  add_place(facts, "best", *large.front());
  if (large.size() == 1) return;
  add_place(facts, "worst", *large.back());
  facts.push_back(
      name_fact("stands_out", stands_out(*large.front(), large)  ? "best"
                              : stands_out(*large.back(), large) ? "worst"
                                                                 : "none"));
}

std::string event_names(const Group& group) {
  std::string names;
  for (const Step& step : group.steps) {
    if (!names.empty()) names += " → ";
    names += step.event;
  }
  return names;
}

Sentences group_sentences(const Facts& facts, const std::string& when,
                          const Group& any) {
  const Fact* best = find_fact(facts, "best");
  const Fact& smallest = *find_fact(facts, "smallest_group");
  const std::string groups = with_unit(fact_text(facts, "groups"), "groups");
  if (!best) {
    return {
        fmt::format("{}{}: none of {} has {} people or more, too few to "
                    "compare.",
                    event_names(any), when, groups, smallest.text)};
  }
  const auto place = [&](const std::string& which) {
    const Fact& fact = *find_fact(facts, which);
    return fmt::format("{}: {} ({} of {} people)", fact.about, fact.text,
                       fact_text(facts, which + "_finished"),
                       fact_text(facts, which + "_entered"));
  };
  Sentences sentences{
      fmt::format("Of {}, counting those of {} people or more, the best "
                  "conversion{} is {}.",
                  groups, smallest.text, when, place("best"))};
  if (!find_fact(facts, "worst")) return sentences;
  sentences.push_back(fmt::format("The worst is {}.", place("worst")));
  const std::string out = fact_text(facts, "stands_out");
  sentences.push_back(
      out == "none"
          ? "Neither differs from the rest beyond normal variation."
          : fmt::format("{} differs from the rest beyond normal variation.",
                        find_fact(facts, out)->about));
  return sentences;
}

Sentences single_sentences(const Facts& facts, const std::string& when,
                           const std::string& filters) {
  const Fact& entered = *find_fact(facts, "entered");
  const Fact& finished = *find_fact(facts, "finished");
  const Fact* overall = find_fact(facts, "overall");
  const std::string who = with_unit(entered.text, entered.unit);
  std::string first =
      overall
          ? fmt::format("{} of {} who did {}{}{} went on to {} ({})",
                        overall->text, who, entered.about, filters, when,
                        finished.about, finished.text)
          : fmt::format("{} of {} who did {}{}{} went on to {}", finished.text,
                        who, entered.about, filters, when, finished.about);
  if (const Fact* interval = find_fact(facts, "overall_interval")) {
    first += fmt::format("; likely {}", interval->text);
  }
  Sentences sentences{first + "."};
  if (const Fact* loss = find_fact(facts, "largest_loss")) {
    const Fact* share = find_fact(facts, "largest_loss_rate");
    sentences.push_back(fmt::format(
        "The largest loss is {}: {}{}.", loss->about,
        with_unit(loss->text, loss->unit),
        share ? fmt::format(" ({} of the step before)", share->text) : ""));
  }
  if (const Fact* median = find_fact(facts, "median_time")) {
    const bool whole_way =
        median->about == entered.about + " → " + finished.about;
    sentences.push_back(
        whole_way ? fmt::format("Median time {}.", median->text)
                  : fmt::format("The slowest step is {}: median time {}.",
                                median->about, median->text));
  }
  return sentences;
}

}  // namespace

Facts funnel_facts(const Subject& subject) {
  const std::vector<Group> groups = read_groups(subject.table);
  Facts facts;
  if (groups.empty()) return facts;
  facts.push_back(count("steps", groups[0].steps.size(), "steps"));
  if (subject.table.column("breakdown")) {
    add_groups(facts, groups);
  } else {
    add_single(facts, groups[0]);
  }
  return facts;
}

Sentences funnel_sentences(const Subject& subject, const Facts& facts) {
  const std::vector<Group> groups = read_groups(subject.table);
  const std::string period = period_words(subject.plan, subject.moment);
  const std::string filters = filter_words(subject.plan);
  const bool nobody = std::ranges::all_of(
      groups, [](const Group& group) { return group.entered() == 0; });
  if (nobody) {
    const std::string first = !groups.empty() ? groups[0].steps[0].event
                              : !subject.plan.steps.empty()
                                  ? subject.plan.steps[0]
                                  : "the first step";
    return {no_words("people did " + first, filters, period)};
  }
  const std::string when = period.empty() ? "" : " " + period;
  const std::string where = filters.empty() ? "" : " " + filters;
  Sentences sentences = subject.table.column("breakdown")
                            ? group_sentences(facts, when + where, groups[0])
                            : single_sentences(facts, when, where);
  sentences.push_back(open_window_words(subject.plan, subject.moment));
  return sentences;
}

}  // namespace claribi::answer
