// SPDX-License-Identifier: MIT
#include "answer/number.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::answer;

namespace {

Amount amount(const char* text) {
  const auto read = read_amount(json::Number{text});
  REQUIRE(read.has_value());
  return read.value_or(Amount{});
}

}  // namespace

TEST_CASE("amounts are read exactly from every spelling of a number") {
  CHECK(amount("41").millionths == 41'000'000);
  CHECK(amount("-0").millionths == 0);
  CHECK(amount("1.10").millionths == 1'100'000);
  CHECK(amount("1e3").millionths == 1'000'000'000);
  CHECK(amount("-2.5E-1").millionths == -250'000);
  CHECK(amount("0.0000005").millionths == 0);
  CHECK(amount("0.0000015").millionths == 2);
  CHECK(amount("12.333333333333334").millionths == 12'333'333);
  CHECK(amount("999999999999999").millionths ==
        Wide{999'999'999'999'999} * 1'000'000);
}

TEST_CASE("what is no number or too large is no amount") {
  CHECK_FALSE(read_amount(nullptr));
  CHECK_FALSE(read_amount("41"));
  CHECK_FALSE(read_amount(true));
  CHECK_FALSE(read_amount(json::Number{"1000000000000000"}));
  CHECK_FALSE(read_amount(json::Number{"1e300"}));
  CHECK_FALSE(read_amount(json::Array{1}));
}

TEST_CASE("sums of decimals do not drift") {
  Amount sum;
  for (int i = 0; i < 10; ++i)
    sum = sum + amount("0.1");
  CHECK(sum == whole(1));
}

TEST_CASE("rounding goes half to even, once") {
  CHECK(rounded({1, 8}, 2) == "0.12");
  CHECK(rounded({3, 8}, 2) == "0.38");
  CHECK(rounded({107, 40}, 2) == "2.68");  // 2.675 has no exact double.
  CHECK(rounded({-1, 8}, 2) == "-0.12");
  CHECK(rounded({-1, 1000}, 2) == "0");
  CHECK(rounded({1250, 1}, -2) == "1200");
  CHECK(rounded({1350, 1}, -2) == "1400");
  CHECK(rounded({12, 1}, 3) == "12");
  CHECK(rounded({2, 3}, 6) == "0.666667");
}

TEST_CASE("quantities are grouped and not finer than they are") {
  const std::vector<std::pair<const char*, std::string>> cases{
      {"0", "0"},
      {"1", "1"},
      {"1234567", "1,234,567"},
      {"13.25", "13.25"},
      {"1234.5", "1,234.5"},
      {"0.123456", "0.123"},
      {"-1234", "-1,234"},
      {"0.0000012", "0.000001"}};
  for (const auto& [number, text] : cases) {
    CAPTURE(number);
    CHECK(quantity_text(exactly(amount(number))) == text);
  }
}

TEST_CASE("averages have three figures, or are whole") {
  CHECK(average_text(mean(whole(1191), 30)) == "39.7");
  CHECK(average_text(mean(whole(10), 3)) == "3.33");
  CHECK(average_text(mean(whole(11083), 30)) == "369");
  CHECK(average_text(mean(whole(4'000'000), 3)) == "1,333,333");
  CHECK(average_text(mean(whole(90), 30)) == "3");
}

TEST_CASE("percentages are as fine as their base allows") {
  const auto text = [](int64_t part, int64_t base) {
    return percent_text(percentage(whole(part), whole(base)), whole(base));
  };
  CHECK(text(1, 90) == "1.1 %");
  CHECK(text(30, 90) == "33 %");
  CHECK(text(453, 1000) == "45.3 %");
  CHECK(text(1000, 1000) == "100 %");
  CHECK(text(12'345, 1000) == "1,230 %");
  CHECK(text(-120, 1000) == "-12 %");
  CHECK(text(1, 100'000) == "under 0.1 %");
  CHECK(text(0, 100'000) == "0 %");
}

TEST_CASE("thirty is the smallest base of a percentage") {
  CHECK_FALSE(large_enough(whole(29)));
  CHECK(large_enough(whole(30)));
}

TEST_CASE("durations are read in the unit that suits them") {
  const std::vector<std::pair<const char*, std::string>> cases{
      {"0", "0 s"},          {"0.44", "0.4 s"},  {"9.96", "10 s"},
      {"38", "38 s"},        {"59.6", "1 min"},  {"75", "1 min 15 s"},
      {"120", "2 min"},      {"3599.6", "1 h"},  {"8640", "2.4 h"},
      {"86219", "23.9 h"},   {"86220", "1 day"}, {"86400", "1 day"},
      {"267840", "3.1 days"}};
  for (const auto& [seconds, text] : cases) {
    CAPTURE(seconds);
    CHECK(duration_text(exactly(amount(seconds))) == text);
  }
}

TEST_CASE("the value of a fact keeps six places") {
  CHECK(number_value({2, 3}).number_text() == "0.666667");
  CHECK(number_value(exactly(whole(41))).number_text() == "41");
}
