// SPDX-License-Identifier: MIT
#include "plan/question.hpp"

#include <array>

#include "doctest/doctest.h"
#include "plan/ask_command.hpp"

namespace claribi::plan {
namespace {

std::vector<std::string> texts(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& token : read_question(text).tokens) {
    out.push_back(token.text);
  }
  return out;
}
using Texts = std::vector<std::string>;

TEST_CASE("a question falls into words, and names stay whole") {
  CHECK(texts("How many signups yesterday?") ==
        Texts{"How", "many", "signups", "yesterday"});
  CHECK(texts("the \"Signed Up\" event, 'Order Done' and `a b`") ==
        Texts{"the", "Signed Up", "event", ",", "Order Done", "and", "a b"});
  CHECK(texts("$pageview by $geoip_country_code") ==
        Texts{"$pageview", "by", "$geoip_country_code"});
  CHECK(texts("find jane.doe@acme.example.") ==
        Texts{"find", "jane.doe@acme.example"});
  CHECK(texts("the new-pricing flag at 100%") ==
        Texts{"the", "new-pricing", "flag", "at", "100%"});
  CHECK(texts("over 1,000 on 2026-11-03") ==
        Texts{"over", "1,000", "on", "2026-11-03"});
  CHECK(texts("signup->upload \u2192 paid") ==
        Texts{"signup", "->", "upload", "->", "paid"});
  CHECK(texts("plan!=pro, size>=3") ==
        Texts{"plan", "!=", "pro", ",", "size", ">=", "3"});
  CHECK(texts("signup-to-payment in a 7-day window") ==
        Texts{"signup", "to", "payment", "in", "a", "7", "day", "window"});
  CHECK(texts("yesterday\u2019s signups don't count") ==
        Texts{"yesterday", "signups", "don't", "count"});
  CHECK(texts("over $100") == Texts{"over", "100"});
  CHECK(texts("").empty());
  CHECK(texts("'").empty());
}

TEST_CASE("tokens know where they stand in the text") {
  const Question question = read_question("  show me \"Signed Up\" now");
  CHECK(text_of(question, {1, 3}) == "me \"Signed Up\"");
  CHECK(question.tokens[2].quoted);
}

TEST_CASE("forms of one word have one stem") {
  struct Row {
    std::string_view a;
    std::string_view b;
  };
  static constexpr auto rows = std::to_array<Row>({
      {"signups", "signup"},
      {"uploaded", "uploads"},
      {"uploading", "upload"},
      {"deleted", "deletions"},
      {"shared", "share"},
      {"invited", "invites"},
      {"paid", "payments"},
      {"cancelled", "cancellation"},
      {"subscription", "subscribed"},
      {"logged", "log"},
      {"activities", "activity"},
      {"people", "person"},
      {"purchases", "purchased"},
      {"completed", "completion"},
      {"created", "create"},
      {"queries", "query"},
      {"failure", "failed"},
      {"added", "add"},
  });
  for (const auto& row : rows) {
    CAPTURE(row.a);
    CHECK(stem(row.a) == stem(row.b));
  }
  CHECK(stem("uploaded") != stem("downloaded"));
  CHECK(stem("upgraded") != stem("downgraded"));
  CHECK(stem("status") != stem("state"));
  CHECK(stem("p95") == "p95");
}

TEST_CASE("word sequences are found by stem, as they are, or by kind") {
  const Question question =
      read_question("Which flags of 'my flags' are at 50% for p_001?");
  CHECK(find_words(question, "flag")->begin == 1);
  CHECK_FALSE(find_words(question, "=flag").has_value());
  CHECK(find_words(question, "what|which flag")->size() == 2);
  CHECK(has_words(question, "#percent"));
  CHECK(has_words(question, "for #id"));
  CHECK_FALSE(has_words(question, "#email"));
  CHECK_FALSE(find_words(question, "flag", 2).has_value());
}

TEST_CASE("numbers are read in digits and in words") {
  CHECK(count_in({.text = "30", .folded = "30"}) == 30);
  CHECK(count_in({.text = "seven", .folded = "seven"}) == 7);
  CHECK(count_in({.text = "99999999999", .folded = "99999999999"}) ==
        std::nullopt);
  CHECK(number_in({.text = "1,000", .folded = "1,000"}) == "1000");
  CHECK(number_in({.text = "2.5", .folded = "2.5"}) == "2.5");
  CHECK(number_in({.text = "1.2.3", .folded = "1.2.3"}) == std::nullopt);
  CHECK(number_in({.text = "7d", .folded = "7d"}) == std::nullopt);
}

TEST_CASE("a command for the shell is quoted so that nothing runs") {
  CHECK(ask_command("signups per day") == "claribi ask \"signups per day\"");
  CHECK(ask_command("$pageview `id`") == "claribi ask '$pageview `id`'");
  CHECK(ask_command("it's $1") == "claribi ask 'it'\\''s $1'");
}

}  // namespace
}  // namespace claribi::plan
