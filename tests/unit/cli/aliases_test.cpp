// SPDX-License-Identifier: MIT
#include "cli/aliases.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "base/file.hpp"

namespace claribi::cli {
namespace {

std::filesystem::path fresh_folder() {
  const auto folder =
      std::filesystem::temp_directory_path() / "claribi-aliases-test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

TEST_CASE("an alias is words, a sign and a name") {
  const auto alias = parse_alias("Sign Ups = signed_up");
  REQUIRE(alias.has_value());
  CHECK(alias->words == "sign ups");
  CHECK(alias->name == "signed_up");
  for (const auto* text : {"", "signups", "=x", "x=", "a\x1b=b"}) {
    CAPTURE(text);
    CHECK(parse_alias(text).error().kind == ErrorKind::usage);
  }
}

TEST_CASE("aliases are kept in order, once each, beside remarks") {
  const auto folder = fresh_folder();
  CHECK(read_aliases(folder)->empty());
  REQUIRE(write_file(folder / "aliases", "# ours\nsignups = a\n",
                     Privacy::owner_only));
  REQUIRE(put_alias(folder, {"signups", "signed_up"}));
  REQUIRE(put_alias(folder, {"orders", "Order Completed"}));
  CHECK(**read_file(folder / "aliases", 1000) ==
        "# ours\norders = Order Completed\nsignups = signed_up\n");
  REQUIRE(remove_alias(folder, "Orders"));
  CHECK(read_aliases(folder)->size() == 1);
  CHECK(remove_alias(folder, "orders").error().kind == ErrorKind::usage);
}

TEST_CASE("a line that is no alias is named") {
  const auto folder = fresh_folder();
  REQUIRE(
      write_file(folder / "aliases", "a = b\nnonsense\n", Privacy::owner_only));
  const auto aliases = read_aliases(folder);
  REQUIRE_FALSE(aliases.has_value());
  CHECK(aliases.error().message.contains("line 2"));
}

}  // namespace
}  // namespace claribi::cli
