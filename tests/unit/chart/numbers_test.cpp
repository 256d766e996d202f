// SPDX-License-Identifier: MIT
#include "chart/numbers.hpp"

#include <cmath>
#include <random>

#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::chart;

TEST_CASE("numbers on an axis are short") {
  CHECK(short_number(0) == "0");
  CHECK(short_number(-0.0) == "0");
  CHECK(short_number(950) == "950");
  CHECK(short_number(1200) == "1.2K");
  CHECK(short_number(-1500) == "-1.5K");
  CHECK(short_number(3'400'000) == "3.4M");
  CHECK(short_number(2e9) == "2B");
  CHECK(short_number(0.25) == "0.25");
  CHECK(short_number(0.001) == "0.001");
}

TEST_CASE("a number that rounds up to the next unit takes that unit") {
  CHECK(short_number(999'996) == "1M");
  CHECK(short_number(999.996) == "1K");
  CHECK(short_number(999.4) == "999.4");
}

TEST_CASE("numbers on labels are grouped and keep two decimals") {
  CHECK(full_number(1234567.0) == "1,234,567");
  CHECK(full_number(12.345) == "12.35");
  CHECK(full_number(-1234.5) == "-1,234.5");
  CHECK(full_number(0.004) == "0.004");
  CHECK(full_number(0.0) == "0");
}

TEST_CASE("a whole JSON number keeps every digit on its label") {
  CHECK(full_number(json::Value(json::Number{"9007199254740993"})) ==
        "9,007,199,254,740,993");
  CHECK(full_number(json::Value(json::Number{"1.5e3"})) == "1,500");
  CHECK(full_number(json::Value()).empty());
  CHECK(full_number(json::Value("7")).empty());
}

TEST_CASE("shares are percentages with one decimal") {
  CHECK(percent(0.46) == "46.0 %");
  CHECK(percent(1) == "100 %");
  CHECK(percent(0) == "0.0 %");
  CHECK(percent(0.00042) == "0.042 %");
}

TEST_CASE("ticks are round and cover zero and the values") {
  const Ticks ticks = round_ticks(0, 173, 5, true);
  CHECK(ticks.low == 0);
  CHECK(ticks.step == 50);
  CHECK(ticks.high() == 200);
}

TEST_CASE("ticks of whole numbers are never closer than one") {
  CHECK(round_ticks(0, 2, 5, true).step == 1);
  CHECK(round_ticks(0, 2, 5, false).step == 0.5);
}

TEST_CASE("ticks of nothing but zeros are zero and one") {
  const Ticks ticks = round_ticks(0, 0, 5, true);
  CHECK(ticks.low == 0);
  CHECK(ticks.high() == 1);
}

TEST_CASE("ticks cover any range in no more steps than asked") {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> exponent(-3, 9);
  for (int i = 0; i < 1000; ++i) {
    const double high = std::pow(10, exponent(random));
    const double low = i % 3 == 0 ? -std::pow(10, exponent(random)) : high / 2;
    const size_t most = 2 + static_cast<size_t>(i % 5);
    const Ticks ticks = round_ticks(low, high, most, false);
    CAPTURE(low);
    CAPTURE(high);
    REQUIRE(ticks.steps <= most);
    REQUIRE(ticks.low <= std::min(low, 0.0) + ticks.step * 1e-6);
    REQUIRE(ticks.high() >= high - ticks.step * 1e-6);
  }
}
