// SPDX-License-Identifier: MIT
#include "answer/statistics.hpp"

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "answer/words.hpp"
#include "doctest/doctest.h"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

constexpr std::array weekly{1.15, 1.2, 1.1, 1.05, 1.0, 0.7, 0.8};

// Complete days of a Poisson process with a weekly rhythm whose level grows
// from 1 to `end` times `level`.
std::vector<json::Value> days_of(std::mt19937& random, int count, double level,
                                 double end) {
  std::vector<json::Value> values;
  for (int i = 0; i < count; ++i) {
    const double grown =
        level * (1 + (end - 1) * i / static_cast<double>(count - 1));
    std::poisson_distribution<int> counts(
        grown * weekly[static_cast<size_t>(i) % weekly.size()]);
    values.emplace_back(counts(random));
  }
  return values;
}

std::vector<Sample> samples(const std::vector<double>& values) {
  std::vector<Sample> out;
  out.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i)
    out.push_back({i, values[i]});
  return out;
}

// How often, in per cent, that fact says that something changed.
double claims(const char* fact, int runs, int count, double level, double end) {
  std::mt19937 random(20261118);
  int claimed = 0;
  for (int run = 0; run < runs; ++run) {
    const auto table = days(days_of(random, count, level, end), false);
    const std::string said = answer_of(trend_plan(), table).text(fact);
    REQUIRE_FALSE(said.empty());
    if (said != "none") ++claimed;
  }
  return 100.0 * claimed / runs;
}

}  // namespace

TEST_CASE("Mann-Kendall agrees with values worked out by hand") {
  // S = 10 of 10 pairs, variance 5*4*15/18: z = 9 / sqrt(16.667).
  CHECK(mann_kendall_z(samples({1, 2, 3, 4, 5}), 1) ==
        doctest::Approx(9 / std::sqrt(50.0 / 3)));
  CHECK(mann_kendall_z(samples({5, 4, 3, 2, 1}), 1) ==
        doctest::Approx(-9 / std::sqrt(50.0 / 3)));
  // Ties take from the variance: 4*3*13/18 - 2*1*9/18 = 7.667, S = 5.
  CHECK(mann_kendall_z(samples({1, 2, 2, 3}), 1) ==
        doctest::Approx(4 / std::sqrt(23.0 / 3)));
  CHECK(mann_kendall_z(samples({7, 7, 7, 7}), 1) == 0);
}

TEST_CASE("a season is no trend, and a trend shows through a season") {
  std::vector<double> flat;
  std::vector<double> rising;
  for (size_t i = 0; i < 28; ++i) {
    flat.push_back(100 * weekly[i % 7]);
    rising.push_back(100 * weekly[i % 7] + static_cast<double>(i));
  }
  CHECK(mann_kendall_z(samples(flat), 7) == 0);
  CHECK(theil_sen_slope(samples(flat), 7) == 0);
  CHECK(mann_kendall_z(samples(rising), 7) > z_1_percent);
  CHECK(theil_sen_slope(samples(rising), 7) == doctest::Approx(1));
}

TEST_CASE("the change is relative to where the fitted line begins") {
  std::vector<double> values;
  for (int i = 0; i <= 40; ++i)
    values.push_back(100 + i);
  CHECK(relative_change(samples(values), 1) == doctest::Approx(0.4));
  CHECK(relative_change(samples({-1, 0, 1}), 1) == 0);
  CHECK(relative_change({}, 1) == 0);
}

TEST_CASE("a missing bucket does not shift the weekdays behind it") {
  std::vector<Sample> gapped;
  for (size_t i = 0; i < 35; ++i) {
    if (i != 10) gapped.push_back({i, 100 * weekly[i % 7]});
  }
  CHECK(mann_kendall_z(gapped, 7) == 0);
}

TEST_CASE("counts are compared by their own variance") {
  const std::array before{100.0};
  const std::array after{130.0};
  CHECK(counts_z(before, after) == doctest::Approx(30 / std::sqrt(230.0)));
  CHECK(counts_z(after, before) == doctest::Approx(-30 / std::sqrt(230.0)));
  CHECK(counts_z(std::array{0.0}, std::array{0.0}) == 0);
}

TEST_CASE("days that vary more than counts do weaken the comparison") {
  const std::array calm_before{100.0, 100.0, 100.0};
  const std::array calm_after{120.0, 120.0, 120.0};
  const std::array wild_after{20.0, 220.0, 120.0};
  CHECK(counts_z(calm_before, calm_after) > z_5_percent);
  CHECK(counts_z(calm_before, wild_after) < z_5_percent);
}

TEST_CASE("shares are compared by a pooled test") {
  CHECK(proportions_z(60, 100, 40, 100) ==
        doctest::Approx(0.2 / std::sqrt(0.25 * 0.02)));
  CHECK(proportions_z(0, 0, 4, 10) == 0);
  CHECK(proportions_z(0, 10, 0, 10) == 0);
}

TEST_CASE("the Wilson interval stays within 0 and 1") {
  // 10 of 100, the usual textbook value.
  const Interval ten = wilson(10, 100);
  CHECK(ten.low == doctest::Approx(0.0552).epsilon(0.01));
  CHECK(ten.high == doctest::Approx(0.1744).epsilon(0.01));
  CHECK(wilson(0, 20).low == 0);
  CHECK(wilson(0, 20).high > 0.1);
  CHECK(wilson(20, 20).high == 1);
}

TEST_CASE("flat series are said to have a trend in at most 6 % of cases") {
  CHECK(claims("trend", 400, 30, 300, 1) <= 6);
  CHECK(claims("trend", 400, 30, 30, 1) <= 6);
  CHECK(claims("trend", 400, 60, 30, 1) <= 6);
}

TEST_CASE("a rise of 40 % at 300 a day is found in at least 70 % of cases") {
  CHECK(claims("trend", 300, 30, 300, 1.4) >= 70);
}

TEST_CASE("a flat fortnight is said to have changed in at most 6 % of cases") {
  CHECK(claims("change", 400, 14, 300, 1) <= 6);
  CHECK(claims("change", 400, 20, 30, 1) <= 6);
}

TEST_CASE("a fortnight that rises by 40 % is seen to") {
  CHECK(claims("change", 300, 14, 300, 1.4) >= 70);
}
