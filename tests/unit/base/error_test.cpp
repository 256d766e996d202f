// SPDX-License-Identifier: MIT
#include "base/error.hpp"

#include <set>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "doctest/doctest.h"

using namespace claribi;

namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(ErrorKind::usage, "an odd number");
  return number / 2;
}

Result<int> quarter(int number) {
  CLARIBI_TRY_ASSIGN(const int once, half(number));
  CLARIBI_TRY(half(once));
  return *half(once);
}

}  // namespace

TEST_CASE("every kind of error has its own dotted name") {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(ErrorKind::terminated); ++i) {
    const std::string name(kind_name(static_cast<ErrorKind>(i)));
    CAPTURE(name);
    CHECK_FALSE(name.empty());
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") ==
          std::string::npos);
    CHECK(names.insert(name).second);
  }
  CHECK(kind_name(ErrorKind::vault_tampered) == "vault.tampered");
}

TEST_CASE("an error keeps its kind and hints when it is explained") {
  const auto failed = fail(ErrorKind::file, "no such file", {"look again"});
  const Error error = because(failed.error(), "opening the vault").error();
  CHECK(error.kind == ErrorKind::file);
  CHECK(error.message == "opening the vault: no such file");
  CHECK(error.hints == std::vector<std::string>{"look again"});
}

TEST_CASE("trying leaves with the first error") {
  CHECK(*quarter(12) == 3);
  CHECK(quarter(3).error().message == "an odd number");
  CHECK(quarter(6).error().message == "an odd number");
}
