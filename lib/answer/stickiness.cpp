// SPDX-License-Identifier: MIT
// Facts and sentences of a stickiness: on how many days people did something,
// among those who did it at all.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

constexpr size_t most_named = 3;

// On exactly so many intervals so many people did it.
struct Often {
  int64_t intervals = 0;
  Amount people;
};

struct Group {
  std::string name;
  std::vector<Often> often = {};

  [[nodiscard]] Amount people() const {
    Amount all;
    for (const Often& one : often)
      all = all + one.people;
    return all;
  }
};

// A cumulative table counts people in every row up to their own.
void make_exact(Group& group) {
  for (size_t i = 0; i + 1 < group.often.size(); ++i)
    group.often[i].people = group.often[i].people - group.often[i + 1].people;
}

std::string group_name(const table::Table& table, size_t row) {
  std::string series = table.cell(row, "series").text_or("");
  if (!table.column("breakdown")) return series;
  const std::string value = table.cell(row, "breakdown").text_or("");
  return value.empty() ? series : series + ", " + value;
}

std::vector<Group> read_groups(const table::Table& table) {
  std::vector<Group> groups;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto people = read_amount(table.cell(row, "value"));
    const auto intervals = table.cell(row, "intervals").integer();
    if (!people || !intervals) continue;
    if (table.cell(row, "period").string() == "previous") continue;
    const std::string name = group_name(table, row);
    auto group = std::ranges::find(groups, name, &Group::name);
    if (group == groups.end()) group = groups.insert(group, {.name = name});
    group->often.push_back({*intervals, *people});
  }
  for (Group& group : groups) {
    std::ranges::stable_sort(group.often, {}, &Often::intervals);
    if (table.cumulative) make_exact(group);
  }
  return groups;
}

std::string unit_of(const table::Table& table) {
  return table.unit ? std::string(unit_name(*table.unit)) + "s" : "intervals";
}

void add_group(Facts& facts, const Group& group, const std::string& suffix,
               const std::string& unit) {
  const Amount people = group.people();
  const std::string name = short_name(group.name);
  facts.push_back(quantity("people" + suffix, exactly(people), "people", name));
  if (people == Amount{}) return;
  Wide weighted = 0;
  for (const Often& one : group.often)
    weighted += one.people.millionths * one.intervals;
  const Ratio average{weighted, people.millionths};
  Fact fact = quantity("average" + suffix, average, unit, name);
  fact.text = average_text(average);
  facts.push_back(std::move(fact));
  const Often& last = group.often.back();
  facts.push_back(count("intervals" + suffix,
                        static_cast<size_t>(last.intervals), unit, name));
  const auto part = [&](const std::string& which, const Often& one) {
    facts.push_back(
        quantity(which + suffix, exactly(one.people), "people", name));
    auto share = percent(which + "_share" + suffix, one.people, people, name);
    if (share) facts.push_back(std::move(*share));
  };
  if (group.often.size() > 1) part("once", group.often.front());
  part("always", last);
}

std::string suffix_of(size_t group) {
  return group == 0 ? "" : fmt::format("_{}", group + 1);
}

std::string level_sentence(const Facts& facts, const std::string& suffix,
                           const std::string& when) {
  const Fact& people = *find_fact(facts, "people" + suffix);
  const Fact* average = find_fact(facts, "average" + suffix);
  if (!average) return fmt::format("Nobody did {}{}.", people.about, when);
  const Fact& all = *find_fact(facts, "intervals" + suffix);
  return fmt::format("{} did {}{}, on {} of {} on average.",
                     with_unit(people.text, people.unit), people.about, when,
                     average->text, with_unit(all.text, all.unit));
}

std::string part_words(const Facts& facts, const std::string& which) {
  const std::string share = fact_text(facts, which + "_share");
  const std::string people = fact_text(facts, which);
  if (people == "0") return "none";
  return share.empty() ? people : fmt::format("{} ({})", people, share);
}

std::string ends_sentence(const Facts& facts) {
  if (!find_fact(facts, "once")) return "";
  const Fact& all = *find_fact(facts, "intervals");
  return begin_sentence(fmt::format(
      "{} did it on one {} only, {} on all {}.", part_words(facts, "once"),
      singular(all.unit), part_words(facts, "always"), all.text));
}

}  // namespace

Facts stickiness_facts(const Subject& subject) {
  const std::vector<Group> groups = read_groups(subject.table);
  const std::string unit = unit_of(subject.table);
  Facts facts;
  for (size_t i = 0; i < groups.size(); ++i)
    add_group(facts, groups[i], suffix_of(i), unit);
  if (groups.size() > 1) {
    facts.push_back(count("groups", groups.size(), "groups"));
  }
  return facts;
}

Sentences stickiness_sentences(const Subject& subject, const Facts& facts) {
  const std::vector<Group> groups = read_groups(subject.table);
  const std::string period = period_words(subject.plan, subject.moment);
  const std::string filters = filter_words(subject.plan);
  if (groups.empty()) {
    const std::string event = first_event(subject.plan);
    return {no_words(event.empty() ? "data" : "people did " + event, filters,
                     period)};
  }
  std::string when = filters.empty() ? "" : " " + filters;
  if (!period.empty()) when += " " + period;
  Sentences sentences;
  for (size_t i = 0; i < std::min(groups.size(), most_named); ++i)
    sentences.push_back(level_sentence(facts, suffix_of(i), when));
  if (groups.size() == 1) sentences.push_back(ends_sentence(facts));
  sentences.push_back(open_period_words(subject.plan, subject.moment));
  return sentences;
}

}  // namespace claribi::answer
