// SPDX-License-Identifier: MIT
#include "cli/commands/connect_cards.hpp"

#include <doctest/doctest.h>

namespace claribi::cli {
namespace {

TEST_CASE("a menu numbers its items and lines up what they are") {
  CHECK(menu("Which?", {{"One", "the first"}, {"Seventh", "another"}}) ==
        "\nWhich?\n\n"
        "  1  One      the first\n"
        "  2  Seventh  another\n\n");
}

TEST_CASE("a menu shows a server's names harmlessly, on one line") {
  const std::string text = menu("Which?", {{"a\x1b[2Jb", "c\nd"}});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("c\nd") == std::string::npos);
}

TEST_CASE("a number of a menu is one of its numbers") {
  CHECK(menu_number("1", 3) == 0);
  CHECK(menu_number("3", 3) == 2);
  for (const char* text :
       {"0", "4", "-1", "", "1x", "x", "1 2", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(menu_number(text, 3));
  }
}

TEST_CASE("a long paragraph is wrapped below its own beginning") {
  const std::string text = paragraph(
      std::string(60, 'a') + " bbb ccc ddd " + std::string(60, 'e'), 2);
  CHECK(text == "  " + std::string(60, 'a') + " bbb ccc ddd\n  " +
                    std::string(60, 'e') + "\n");
}

TEST_CASE("the card of a vendor says where a key is made and what it needs") {
  const std::string card = key_card(*source::find_vendor("posthog"));
  CHECK(card.find("user-api-keys?preset=mcp_server") != std::string::npos);
  for (const char* scope : {"user:read", "query:read", "person:read"}) {
    CAPTURE(scope);
    CHECK(card.find(scope) != std::string::npos);
  }
}

}  // namespace
}  // namespace claribi::cli
