// SPDX-License-Identifier: MIT
#include "base/secret.hpp"

#include <array>
#include <type_traits>
#include <utility>

#include "doctest/doctest.h"

using namespace claribi;

TEST_CASE("a secret holds a copy of the bytes, zeros included") {
  const std::string_view bytes("phx\0key", 7);
  const auto secret = Secret::copy_of(bytes);
  REQUIRE(secret.has_value());
  CHECK(secret->view() == bytes);
  CHECK(secret->size() == 7);
  CHECK_FALSE(secret->empty());
}

TEST_CASE("an empty secret is one") {
  const auto secret = Secret::copy_of("");
  REQUIRE(secret.has_value());
  CHECK(secret->empty());
  CHECK(secret->view().empty());
  CHECK(Secret().empty());
}

TEST_CASE("a secret of a size starts as zeros and can be written") {
  auto secret = Secret::of_size(32);
  REQUIRE(secret.has_value());
  for (unsigned char byte : secret->bytes())
    CHECK(byte == 0);
  secret->bytes()[0] = 'k';
  CHECK(secret->view()[0] == 'k');
}

TEST_CASE("a secret moves and is not copied") {
  static_assert(!std::is_copy_constructible_v<Secret>);
  static_assert(!std::is_copy_assignable_v<Secret>);
  Secret first = *Secret::copy_of("key");
  Secret second = std::move(first);
  CHECK(second.view() == "key");
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move)
  Secret third = *Secret::copy_of("other");
  third = std::move(second);
  CHECK(third.view() == "key");
}

TEST_CASE("wiping leaves zeros") {
  std::array<char, 4> buffer{'k', 'e', 'y', '!'};
  wipe(buffer.data(), buffer.size());
  CHECK(buffer == std::array<char, 4>{});
}
