// SPDX-License-Identifier: MIT
// Random tables of every shape: each number of a sentence is that of a fact,
// each fact is recomputed from the table by code that shares nothing with the
// product, and no sentence names a cause.
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/answer/tables.hpp"

namespace claribi::answer {
namespace {

using namespace test;
using table::Row;
using table::Shape;
using table::Table;

// What the facts of a table have to be. Facts that are words or that come from
// a statistical test are left to their own tests.
using Expected = std::map<std::string, double>;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int roll(int low, int high) {
    return low + static_cast<int>(engine_() % unsigned(high - low + 1));
  }

 private:
  std::mt19937 engine_;
};

double number(const Table& table, size_t row, std::string_view column) {
  return table.cell(row, column).number().value_or(0);
}

bool flag(const Table& table, size_t row, std::string_view column) {
  return table.cell(row, column).boolean().value_or(false);
}

void expect_share(Expected& expected, const std::string& name, double part,
                  double base) {
  if (base >= 30) expected[name] = 100 * part / base;
}

// Numbers as they are read, without dates and clock times.
std::multiset<std::string> numbers_in(const std::string& text) {
  static const std::regex date(
      R"(\d{4}-\d\d(-\d\d)?( \d\d:\d\d)?|[a-z]+_[a-z0-9]+)");
  static const std::regex number(R"(\d[\d,]*(\.\d+)?)");
  const std::string plain = std::regex_replace(text, date, " ");
  std::multiset<std::string> found;
  for (std::sregex_iterator at(plain.begin(), plain.end(), number), end;
       at != end; ++at) {
    std::string one = at->str();
    while (one.ends_with(','))
      one.pop_back();
    found.insert(one);
  }
  return found;
}

// "1,204" as 1204; the numbers of a duration are checked by their value.
double read(std::string text) {
  std::erase(text, ',');
  return std::stod(text);
}

void check_sentences(const Answer& answer) {
  std::set<std::string> known;
  for (const Fact& fact : answer.facts) {
    for (const std::string& one : numbers_in(fact.text + " " + fact.about))
      known.insert(one);
  }
  static const std::regex cause(
      R"(\b(because|due to|caused?|causes|thanks to|led to|driven|drove|why|)"
      R"(reason|result of|owing to|explains?)\b)",
      std::regex::icase);
  for (const std::string& sentence : answer.sentences) {
    CAPTURE(sentence);
    for (const std::string& one : numbers_in(sentence)) {
      CAPTURE(one);
      CHECK(known.contains(one));
    }
    CHECK(!std::regex_search(sentence, cause));
  }
  CHECK(answer.sentences.size() <= 4);
}

void check_facts(const Answer& answer, const Expected& expected) {
  for (const auto& [name, value] : expected) {
    CAPTURE(name);
    const Fact* fact = find_fact(answer.facts, name);
    REQUIRE(fact);
    CHECK(fact->value.number().value_or(-1) ==
          doctest::Approx(value).epsilon(1e-5));
    const bool plain = fact->unit != "seconds" && !fact->text.starts_with("un");
    if (plain && value >= 1) {
      CHECK(read(*numbers_in(fact->text).begin()) ==
            doctest::Approx(value).epsilon(0.06));
    }
  }
  // Nothing with a number is there that was not expected.
  for (const Fact& fact : answer.facts) {
    CAPTURE(fact.name);
    if (fact.value.is_number()) CHECK(expected.contains(fact.name));
  }
}

// --- retention

Table random_retention(Dice& dice) {
  Table table{.shape = Shape::retention,
              .additive = dice.roll(0, 2) > 0,
              .unit = Unit::day};
  table.columns = {{"cohort"},   {"size"}, {"interval"},
                   {"returned"}, {"rate"}, {"partial"}};
  const int cohorts = dice.roll(1, 20);
  const int largest = dice.roll(0, 1) == 0 ? 40 : 2000;
  for (int cohort = 0; cohort < cohorts; ++cohort) {
    const int back = cohorts - 1 - cohort;
    const int size = dice.roll(1, largest);
    for (int i = 0; i < 5; ++i) {
      const int returned = i == 0 ? size : dice.roll(0, size);
      table.rows.push_back(
          {day_name(back), size, i,
           i > back ? json::Value() : json::Value(returned),
           i > back ? json::Value() : json::Value(double(returned) / size),
           i >= back});
    }
  }
  return table;
}

void expect_pool(Expected& expected, const Table& table, int interval,
                 const std::string& suffix) {
  double returned = 0;
  double base = 0;
  double cohorts = 0;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (number(table, row, "interval") != interval) continue;
    if (flag(table, row, "partial")) continue;
    returned += number(table, row, "returned");
    base += number(table, row, "size");
    ++cohorts;
  }
  if (cohorts == 0 && !suffix.empty()) return;
  expected["returned" + suffix] = returned;
  expected["base" + suffix] = base;
  expected["cohorts" + suffix] = cohorts;
  expect_share(expected, "rate" + suffix, returned, base);
}

void expect_halves(Expected& expected, const std::vector<size_t>& complete,
                   const Table& table) {
  double hits[2] = {0, 0};
  double of[2] = {0, 0};
  for (size_t i = 0; i < complete.size(); ++i) {
    const size_t half = i < complete.size() / 2 ? 0 : 1;
    hits[half] += number(table, complete[i], "returned");
    of[half] += number(table, complete[i], "size");
  }
  if (of[0] < 30 || of[1] < 30) return;
  expected["first_half"] = 100 * hits[0] / of[0];
  expected["second_half"] = 100 * hits[1] / of[1];
}

void expect_extremes(Expected& expected, const std::vector<size_t>& complete,
                     const Table& table) {
  if (complete.size() < 2) return;
  double best = -1;
  double worst = 2;
  for (size_t row : complete) {
    const double size = number(table, row, "size");
    if (size < 30) return;
    best = std::max(best, number(table, row, "returned") / size);
    worst = std::min(worst, number(table, row, "returned") / size);
  }
  expected["best"] = 100 * best;
  expected["worst"] = 100 * worst;
}

Expected expected_retention(const Table& table) {
  Expected expected;
  expect_pool(expected, table, 1, "");
  for (int i = 2; i < 5; ++i)
    expect_pool(expected, table, i, "_" + std::to_string(i));
  std::vector<size_t> complete;
  double left_out = 0;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (number(table, row, "interval") != 1) continue;
    if (flag(table, row, "partial")) {
      ++left_out;
    } else {
      complete.push_back(row);
    }
  }
  if (left_out > 0) expected["left_out"] = left_out;
  if (table.additive) expect_halves(expected, complete, table);
  expect_extremes(expected, complete, table);
  return expected;
}

TEST_CASE("every number about a random retention is computed from its rows") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const Table table = random_retention(dice);
    const Answer answer = answer_of({}, table);
    Expected expected = expected_retention(table);
    // Which cohort is best where several are alike is a matter of names; what
    // it is made of has to give its share.
    for (const std::string which : {"best", "worst"}) {
      if (!expected.contains(which)) continue;
      const Fact* hits = find_fact(answer.facts, which + "_returned");
      const Fact* of = find_fact(answer.facts, which + "_base");
      REQUIRE((hits && of));
      CHECK(100 * *hits->value.number() / *of->value.number() ==
            doctest::Approx(expected[which]).epsilon(1e-5));
      expected[which + "_returned"] = *hits->value.number();
      expected[which + "_base"] = *of->value.number();
    }
    check_facts(answer, expected);
    check_sentences(answer);
  }
}

// --- lifecycle

TEST_CASE("every number about a random lifecycle is computed from its rows") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const int days = dice.roll(1, 15);
    Table table;
    std::map<std::string, std::vector<int>> drawn;
    for (const char* status : {"new", "returning", "resurrecting", "dormant"}) {
      std::vector<json::Value> cells;
      for (int i = 0; i < days; ++i) {
        const int value = dice.roll(0, 900);
        drawn[status].push_back(value);
        cells.emplace_back(std::string(status) == "dormant" ? -value : value);
      }
      add_days(table, cells, true, {.series = status});
    }
    table.shape = Shape::lifecycle;
    Expected expected;
    expected["complete_buckets"] = days - 1;
    double gains = 0;
    double fresh = 0;
    for (int i = 0; i + 1 < days; ++i) {
      const auto at = static_cast<size_t>(i);
      fresh += drawn["new"][at];
      if (drawn["new"][at] + drawn["resurrecting"][at] > drawn["dormant"][at]) {
        ++gains;
      }
    }
    expected["gains"] = gains;
    expected["total_new"] = fresh;
    for (const auto& [status, values] : drawn) {
      double sum = 0;
      for (int i = 0; i + 1 < days; ++i)
        sum += values[static_cast<size_t>(i)];
      if (days > 1) expected["average_" + status] = sum / (days - 1);
      if (status != "dormant") expected["so_far_" + status] = values.back();
    }
    const Answer answer = answer_of({}, table);
    check_facts(answer, expected);
    check_sentences(answer);
  }
}

// --- stickiness

TEST_CASE("every number about a random stickiness is computed from its rows") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Table table{.shape = Shape::stickiness, .unit = Unit::day};
    table.columns = {{"series"}, {"intervals"}, {"value"}, {"share"}};
    const int days = dice.roll(1, 14);
    const int most = dice.roll(0, 1) == 0 ? 4 : 500;
    double people = 0;
    double weighted = 0;
    for (int i = 1; i <= days; ++i) {
      const int value = dice.roll(0, most);
      people += value;
      weighted += double(value) * i;
      table.rows.push_back({"signed_up", i, value, nullptr});
    }
    Expected expected{{"people", people}};
    if (people > 0) {
      const double last = number(table, table.rows.size() - 1, "value");
      expected["average"] = weighted / people;
      expected["intervals"] = days;
      expected["always"] = last;
      expect_share(expected, "always_share", last, people);
      if (days > 1) {
        expected["once"] = number(table, 0, "value");
        expect_share(expected, "once_share", expected["once"], people);
      }
    }
    const Answer answer = answer_of({}, table);
    check_facts(answer, expected);
    check_sentences(answer);
  }
}

// --- paths

TEST_CASE("every number about random paths is computed from their rows") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Table table{.shape = Shape::paths};
    table.columns = {
        {"step"}, {"source"}, {"target"}, {"value"}, {"average_seconds"}};
    const int ways = dice.roll(1, 12);
    double sum = 0;
    std::vector<std::pair<double, double>> first;  // Times and seconds.
    for (int i = 0; i < ways; ++i) {
      const int step = i == 0 ? 1 : dice.roll(1, 3);
      // No two alike, so that the order needs no names.
      const int value = dice.roll(1, 30) * 16 + i;
      const int seconds = dice.roll(0, 90'000);
      table.rows.push_back({step, "page_" + std::to_string(i),
                            "page_" + std::to_string(i + 1), value, seconds});
      if (step != 1) continue;
      sum += value;
      first.emplace_back(value, seconds);
    }
    std::ranges::sort(first, std::ranges::greater{});
    Expected expected{{"ways", ways},
                      {"all", sum},
                      {"top", first[0].first},
                      {"top_time", first[0].second}};
    expect_share(expected, "top_share", first[0].first, sum);
    if (first.size() > 1) {
      expected["second"] = first[1].first;
      expect_share(expected, "second_share", first[1].first, sum);
    }
    const Answer answer = answer_of({}, table);
    check_facts(answer, expected);
    check_sentences(answer);
  }
}

// --- time to convert

TEST_CASE("every number about random times is computed from their rows") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const double average = dice.roll(1, 400'000);
    Table table{.shape = Shape::distribution, .average_seconds = average};
    table.columns = {{"seconds_from"}, {"seconds_to"}, {"people"}, {"share"}};
    const int bins = dice.roll(1, 20);
    const int width = dice.roll(1, 9000);
    std::vector<int> all;  // The bin of each person.
    std::vector<int> people;
    for (int i = 0; i < bins; ++i) {
      people.push_back(dice.roll(0, 60));
      all.insert(all.end(), static_cast<size_t>(people.back()), i);
      table.rows.push_back(
          {i * width,
           i + 1 == bins ? json::Value() : json::Value((i + 1) * width),
           people.back(), nullptr});
    }
    Expected expected{{"people", double(all.size())}};
    if (!all.empty()) {
      const int middle = all[(all.size() - 1) / 2];
      const auto most = std::ranges::max_element(people);
      const int common = static_cast<int>(most - people.begin());
      expected["average_time"] = average;
      expected["median_from"] = middle * width;
      if (middle + 1 < bins) expected["median_to"] = (middle + 1) * width;
      expected["most_common"] = *most;
      expected["most_common_from"] = common * width;
      if (common + 1 < bins) {
        expected["most_common_to"] = (common + 1) * width;
      }
    }
    const Answer answer = answer_of({}, table);
    check_facts(answer, expected);
    check_sentences(answer);
  }
}

// --- the shapes without people over time: what stands in their sentences

TEST_CASE("the sentences about random series hold no number but facts'") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const int size = dice.roll(0, 45);
    const int most = dice.roll(0, 2) == 0 ? 3 : 5000;
    std::vector<json::Value> values;
    double sum = 0;
    double highest = 0;
    for (int i = 0; i < size; ++i) {
      const int value = dice.roll(0, most);
      values.emplace_back(value);
      if (i + 1 == size) continue;
      sum += value;
      highest = std::max<double>(highest, value);
    }
    const Answer answer = answer_of(trend_plan(), days(values));
    if (size > 1) {
      CHECK(find_fact(answer.facts, "total")->value.number() == sum);
      CHECK(find_fact(answer.facts, "peak")->value.number() == highest);
      CHECK(*find_fact(answer.facts, "average")->value.number() ==
            doctest::Approx(sum / (size - 1)).epsilon(1e-5));
    }
    check_sentences(answer);
  }
}

TEST_CASE("the sentences about random totals and funnels hold facts only") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Table totals{.shape = Shape::totals, .additive = true};
    totals.columns = {{"series"}, {"breakdown"}, {"value"}};
    double sum = 0;
    const int groups = dice.roll(2, 9);
    for (int i = 0; i < groups; ++i) {
      const int value = dice.roll(1, 900);
      sum += value;
      totals.rows.push_back({"signed_up", "plan_" + std::to_string(i), value});
    }
    const Answer ranked = answer_of(trend_plan(), totals);
    CHECK(find_fact(ranked.facts, "total")->value.number() == sum);
    check_sentences(ranked);

    Table funnel{.shape = Shape::funnel};
    funnel.columns = {{"step"}, {"event"}, {"count"}, {"median_seconds"}};
    int count = dice.roll(0, 3000);
    const int entered = count;
    for (int step = 1; step <= 3; ++step) {
      funnel.rows.push_back({step, "step_" + std::to_string(step), count,
                             step == 1 ? json::Value() : json::Value(75)});
      if (step < 3) count = dice.roll(0, count);
    }
    const Answer converted = answer_of({}, funnel);
    CHECK(find_fact(converted.facts, "finished")->value.number() == count);
    if (entered >= 30) {
      CHECK(*find_fact(converted.facts, "overall")->value.number() ==
            doctest::Approx(100.0 * count / entered).epsilon(1e-5));
    }
    check_sentences(converted);
  }
}

}  // namespace
}  // namespace claribi::answer
