// SPDX-License-Identifier: MIT
#include "demo/text_match.hpp"

#include <string>

#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::demo;

namespace {

bool like(std::string_view text, std::string_view pattern) {
  return matches_like(text, pattern, Case::sensitive);
}

// 1, 0, or -1 for NULL.
int64_t regex(const std::string& text, const std::string& pattern) {
  auto store = Store::create(":memory:");
  REQUIRE(store.has_value());
  REQUIRE(define_text_match(*store).has_value());
  const std::vector<Cell> cells = {text, pattern};
  const auto rows = store->query("SELECT demo_regex(?1,?2)", cells);
  REQUIRE(rows.has_value());
  const auto* found = std::get_if<int64_t>(&rows->rows[0][0]);
  return found == nullptr ? -1 : *found;
}

}  // namespace

TEST_CASE("LIKE takes any text for % and one byte for _") {
  CHECK(like("", ""));
  CHECK(like("", "%"));
  CHECK_FALSE(like("", "_"));
  CHECK(like("abc", "a%"));
  CHECK(like("abc", "%b%"));
  CHECK(like("aXbXc", "a%X%c"));
  CHECK(like("abc", "a_c"));
  CHECK_FALSE(like("abc", "a_"));
  CHECK_FALSE(like("abc", "ABC"));
  CHECK(matches_like("abc", "ABC", Case::ignored));
  CHECK(like("50%", "50\\%"));
  CHECK_FALSE(like("50x", "50\\%"));
  CHECK(like("a_c", "a\\_c"));
  CHECK_FALSE(like("abc", "a\\_c"));
  CHECK(like("aab", "%ab"));
}

TEST_CASE("regular expressions have RE2's classes, groups and lazy repeats") {
  CHECK(regex("order 42", "\\d+$") == 1);
  CHECK(regex("order", "\\d") == 0);
  CHECK(regex("a-b", "^[\\w-]+$") == 1);
  CHECK(regex("Pro", "(?i)^pro$") == 1);
  CHECK(regex("ab", "^(?:ab|cd)+?$") == 1);
  CHECK(regex("aaa", "^a{2,3}$") == 1);
  CHECK(regex("a.c", "a\\.c") == 1);
  CHECK(regex("abc", "a\\.c") == 0);
  CHECK(regex("]", "[]]") == 1);
}

TEST_CASE("patterns that are wrong or cost too much are refused") {
  for (const char* pattern : {"(a", "a)(", "[a", "(a)\\1", "(?=a)", "a{1000}",
                              "*a{", "\\", "\\q", "a{9}b{9}c{9}d{9}"}) {
    CAPTURE(std::string(pattern));
    CHECK_FALSE(check_regex(pattern).has_value());
    CHECK(regex("a", pattern) == 0);
  }
  CHECK_FALSE(check_regex(std::string(600, 'a')).has_value());
  CHECK(check_regex("(a+)+$").has_value());
}

TEST_CASE("no pattern makes a match hang") {
  const std::string text(2000, 'a');
  CHECK(regex(text + "b", "^(a+)+$") == 0);
  CHECK_FALSE(like(text, "%a%a%a%a%a%a%a%a%b"));
}
