// SPDX-License-Identifier: MIT
// Facts and sentences of a retention: whoever came back, of all whose interval
// is over, and never the mean of the cohorts' percentages.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/buckets.hpp"
#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/statistics.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

constexpr int64_t most_later_intervals = 6;

// One interval of one cohort.
struct Cell {
  std::string cohort;  // "2026-11-01", "the week of 2026-11-02"
  std::string group;   // The breakdown's value, or the cohort.
  int64_t interval = 0;
  Amount size;
  std::optional<Amount> returned = {};
  bool complete = false;
};

struct Pool {
  std::string name = {};
  Amount size = {};
  Amount returned = {};
  size_t cohorts = 0;

  void add(const Cell& cell) {
    size = size + cell.size;
    returned = returned + *cell.returned;
    ++cohorts;
  }
};

using Cells = std::vector<Cell>;

Unit unit_of(const Subject& subject) {
  if (subject.table.unit) return *subject.table.unit;
  const auto& retention = subject.plan.retention;
  return retention ? retention->period : Unit::day;
}

Cells read_cells(const Subject& subject) {
  const table::Table& table = subject.table;
  const bool broken_down = table.column("breakdown").has_value();
  Cells cells;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto start = read_start(table.cell(row, "cohort").text_or(""));
    const auto size = read_amount(table.cell(row, "size"));
    const auto interval = table.cell(row, "interval").integer();
    if (!start || !size || !interval) continue;
    Cell cell{.cohort = bucket_name(unit_of(subject), *start),
              .group = table.cell(row, "breakdown").text_or(""),
              .interval = *interval,
              .size = *size,
              .returned = read_amount(table.cell(row, "returned"))};
    if (!broken_down) cell.group = cell.cohort;
    cell.complete =
        cell.returned && !table.cell(row, "partial").boolean().value_or(false);
    cells.push_back(std::move(cell));
  }
  return cells;
}

// What the question is about: "day-7 retention"; else the first one after the
// cohort's own period.
int64_t asked_interval(const Subject& subject) {
  const auto& retention = subject.plan.retention;
  return std::max(1, retention ? retention->asked.value_or(1) : 1);
}

Cells at_interval(const Cells& cells, int64_t interval) {
  Cells found;
  std::ranges::copy_if(cells, std::back_inserter(found), [&](const Cell& cell) {
    return cell.interval == interval;
  });
  return found;
}

Pool pooled(const Cells& cells) {
  Pool pool;
  for (const Cell& cell : cells) {
    if (cell.complete) pool.add(cell);
  }
  return pool;
}

// Somebody who starts twice may be in two cohorts: those are no people.
std::string people_unit(const Subject& subject) {
  return subject.table.additive
             ? "people"
             : fmt::format("person-{}s", unit_name(unit_of(subject)));
}

std::string interval_name(const Subject& subject, int64_t interval) {
  return fmt::format("{} {}", unit_name(unit_of(subject)), interval);
}

void add_pool(Facts& facts, const Pool& pool, const std::string& suffix,
              const std::string& unit, const std::string& about) {
  facts.push_back(count("cohorts" + suffix, pool.cohorts, "cohorts", about));
  facts.push_back(
      quantity("returned" + suffix, exactly(pool.returned), unit, about));
  facts.push_back(quantity("base" + suffix, exactly(pool.size), unit, about));
  auto rate = percent("rate" + suffix, pool.returned, pool.size, about);
  if (rate) facts.push_back(std::move(*rate));
}

// One group's share among others, with what it was made of.
void add_place(Facts& facts, const std::string& which, const Pool& pool) {
  const std::string name = short_name(pool.name);
  facts.push_back(*percent(which, pool.returned, pool.size, name));
  facts.push_back(
      quantity(which + "_returned", exactly(pool.returned), "people", name));
  facts.push_back(
      quantity(which + "_base", exactly(pool.size), "people", name));
}

// Cohorts, or breakdown values over all their cohorts, best first. Only where
// each of them is large enough to have a percentage.
void add_range(Facts& facts, const Cells& cells) {
  std::vector<Pool> pools;
  for (const Cell& cell : cells) {
    if (!cell.complete) continue;
    auto pool = std::ranges::find(pools, cell.group, &Pool::name);
    if (pool == pools.end()) pool = pools.insert(pool, {.name = cell.group});
    pool->add(cell);
  }
  const bool all_large = std::ranges::all_of(
      pools, [](const Pool& pool) { return large_enough(pool.size); });
  if (pools.size() < 2 || !all_large) return;
  std::ranges::stable_sort(pools, [](const Pool& a, const Pool& b) {
    const double left = to_double(a.returned) / to_double(a.size);
    const double right = to_double(b.returned) / to_double(b.size);
    return left != right ? left > right : a.name < b.name;
  });
  add_place(facts, "best", pools.front());
  add_place(facts, "worst", pools.back());
}

// The older cohorts against the newer ones. Not where somebody may be in both.
void add_halves(Facts& facts, const Subject& subject, const Cells& cells) {
  if (!subject.table.additive || subject.table.column("breakdown")) return;
  Cells complete;
  std::ranges::copy_if(cells, std::back_inserter(complete), &Cell::complete);
  const auto middle =
      complete.begin() + static_cast<std::ptrdiff_t>(complete.size() / 2);
  const Pool first = pooled({complete.begin(), middle});
  const Pool second = pooled({middle, complete.end()});
  if (!large_enough(first.size) || !large_enough(second.size)) return;
  facts.push_back(*percent("first_half", first.returned, first.size,
                           "before " + middle->cohort));
  facts.push_back(*percent("second_half", second.returned, second.size,
                           "from " + middle->cohort));
  const double z =
      proportions_z(to_double(second.returned), to_double(second.size),
                    to_double(first.returned), to_double(first.size));
  facts.push_back(name_fact("change", std::abs(z) < z_5_percent ? "none"
                                      : z > 0                   ? "up"
                                                                : "down"));
}

// Cohorts that are too young, named by the first of them.
void add_left_out(Facts& facts, const Cells& cells) {
  size_t young = 0;
  std::string first;
  for (const Cell& cell : cells) {
    if (cell.complete) continue;
    if (young++ == 0 || cell.cohort < first) first = cell.cohort;
  }
  if (young > 0) facts.push_back(count("left_out", young, "cohorts", first));
}

std::string who(const Subject& subject) {
  const auto& retention = subject.plan.retention;
  if (!retention) return "";
  if (retention->start == retention->returning) {
    return " of " + retention->start;
  }
  return fmt::format(" from {} to {}", retention->start, retention->returning);
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string& part : parts) {
    if (!part.empty()) all += " " + part;
  }
  return all;
}

std::string left_out_words(const Facts& facts) {
  const Fact* left = find_fact(facts, "left_out");
  if (!left) return "";
  const bool one = left->text == "1";
  return fmt::format("; {}{} not finished and left out", left->about,
                     one ? " is" : " and later are");
}

// "Day-1 retention of signed_up from 2026-11-01 to 2026-11-18: 31.8 %
// (1,204 of 3,786 people in 16 cohorts; 2026-11-17 and later are not finished
// and left out)."
std::string rate_sentence(const Subject& subject, const Facts& facts) {
  const Fact& cohorts = *find_fact(facts, "cohorts");
  const Fact& base = *find_fact(facts, "base");
  std::string name = cohorts.about;
  std::ranges::replace(name, ' ', '-');
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  const std::string subject_words =
      fmt::format("{} retention{}{}", name, who(subject),
                  joined({filter_words(subject.plan),
                          period_words(subject.plan, subject.moment)}));
  const std::string counts = fmt::format(
      "{} of {} in {}", fact_text(facts, "returned"),
      with_unit(base.text, base.unit), with_unit(cohorts.text, cohorts.unit));
  const Fact* rate = find_fact(facts, "rate");
  if (!rate) {
    return fmt::format("{}: {}{}.", subject_words, counts,
                       left_out_words(facts));
  }
  const Fact* likely = find_fact(facts, "rate_interval");
  return fmt::format("{}: {}{} ({}{}).", subject_words, rate->text,
                     likely ? ", likely " + likely->text : "", counts,
                     left_out_words(facts));
}

std::string halves_sentence(const Facts& facts) {
  const Fact* first = find_fact(facts, "first_half");
  if (!first) return "";
  const Fact& second = *find_fact(facts, "second_half");
  const std::string change = fact_text(facts, "change");
  const std::string_view verdict =
      change == "none" ? "the difference is within normal variation"
                       : "more than normal variation";
  return fmt::format("Cohorts {} had {}, those {} {}: {}.", first->about,
                     first->text, second.about, second.text, verdict);
}

std::string later_sentence(const Facts& facts) {
  std::string all;
  for (int64_t i = 2; i <= 1 + most_later_intervals; ++i) {
    const Fact* rate = find_fact(facts, fmt::format("rate_{}", i));
    if (!rate) continue;
    all += fmt::format("{}{} {}", all.empty() ? "" : ", ", rate->about,
                       rate->text);
  }
  return all.empty() ? "" : fmt::format("Later: {}.", all);
}

std::string range_sentence(const Facts& facts) {
  const Fact* best = find_fact(facts, "best");
  if (!best) return "";
  const auto place = [&](const std::string& which) {
    const Fact& fact = *find_fact(facts, which);
    return fmt::format("{} for {} ({} of {})", fact.text, fact.about,
                       fact_text(facts, which + "_returned"),
                       fact_text(facts, which + "_base"));
  };
  return fmt::format("The highest was {}, the lowest {}.", place("best"),
                     place("worst"));
}

std::string nobody_words(const Subject& subject) {
  const auto& retention = subject.plan.retention;
  return no_words(retention ? "people did " + retention->start : "cohorts",
                  filter_words(subject.plan),
                  period_words(subject.plan, subject.moment));
}

}  // namespace

Facts retention_facts(const Subject& subject) {
  const Cells cells = read_cells(subject);
  const int64_t asked = asked_interval(subject);
  const Cells asked_cells = at_interval(cells, asked);
  const std::string unit = people_unit(subject);
  Facts facts;
  const Pool pool = pooled(asked_cells);
  const std::string name = interval_name(subject, asked);
  add_pool(facts, pool, "", unit, name);
  if (subject.table.additive) {
    add_interval(facts, "rate_interval", pool.returned, pool.size, name);
  }
  add_left_out(facts, asked_cells);
  add_halves(facts, subject, asked_cells);
  add_range(facts, asked_cells);
  if (subject.plan.retention && subject.plan.retention->asked) return facts;
  for (int64_t i = asked + 1;; ++i) {
    const Cells later = at_interval(cells, i);
    if (later.empty()) return facts;
    const Pool later_pool = pooled(later);
    if (later_pool.cohorts == 0) continue;
    add_pool(facts, later_pool, fmt::format("_{}", i), unit,
             interval_name(subject, i));
  }
}

Sentences retention_sentences(const Subject& subject, const Facts& facts) {
  const Cells cells = read_cells(subject);
  const bool nobody = std::ranges::all_of(
      cells, [](const Cell& cell) { return cell.size == Amount{}; });
  if (nobody) return {nobody_words(subject)};
  if (fact_text(facts, "cohorts") == "0") {
    return {fmt::format("No cohort{} has its {} behind it yet.",
                        joined({period_words(subject.plan, subject.moment)}),
                        find_fact(facts, "cohorts")->about)};
  }
  return {rate_sentence(subject, facts), halves_sentence(facts),
          later_sentence(facts), range_sentence(facts)};
}

}  // namespace claribi::answer
