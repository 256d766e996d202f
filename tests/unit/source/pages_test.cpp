// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

std::string next_of(std::string_view text) {
  const auto page = next_page(
      {.content = {json::Value().set("type", "text").set("text", text)}});
  if (!page) return "none";
  return std::to_string(page->offset) + " " +
         (page->limit ? std::to_string(*page->limit) : "?");
}

TEST_CASE("the next page is read out of an address or of a flag") {
  CHECK(next_of(R"({"next":"https://x/api/?limit=3&offset=5","results":[]})") ==
        "5 3");
  CHECK(next_of("next: \"https://x/api/?offset=7\"\nresults[0]:") == "7 ?");
  CHECK(next_of(R"({"hasMore":true,"limit":2,"offset":4,"results":[1,2]})") ==
        "6 2");
}

TEST_CASE("there is no next page where none can be asked for") {
  for (std::string_view text :
       {R"({"next":null,"results":[]})", R"({"next":"https://x/?cursor=abc"})",
        R"({"next":"https://x/?offset=a"})", R"({"next":"offset=1"})",
        R"({"hasMore":false,"offset":0})", R"([1,2])", "some words"}) {
    CAPTURE(text);
    CHECK(next_of(text) == "none");
  }
}

}  // namespace
}  // namespace claribi::source::posthog
