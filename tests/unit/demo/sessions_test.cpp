// SPDX-License-Identifier: MIT
#include "demo/sessions.hpp"

#include <algorithm>

#include "doctest/doctest.h"

using namespace claribi::demo;

TEST_CASE("a session is open until it is closed, once") {
  Sessions sessions(10);
  const auto id = sessions.open();
  CHECK(sessions.is_open(id));
  CHECK_FALSE(sessions.is_open(""));
  CHECK_FALSE(sessions.is_open(id.substr(1)));
  CHECK(sessions.close(id));
  CHECK_FALSE(sessions.is_open(id));
  CHECK_FALSE(sessions.close(id));
}

TEST_CASE("an id is long, and no two are the same") {
  Sessions sessions(10);
  const auto one = sessions.open();
  CHECK(one.size() == 32);
  CHECK(std::ranges::all_of(one, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }));
  CHECK(sessions.open() != one);
}

TEST_CASE("of too many sessions the oldest is forgotten") {
  Sessions sessions(2);
  const auto first = sessions.open();
  const auto second = sessions.open();
  const auto third = sessions.open();
  CHECK_FALSE(sessions.is_open(first));
  CHECK(sessions.is_open(second));
  CHECK(sessions.is_open(third));
}
