// SPDX-License-Identifier: MIT
#include "plan/link.hpp"

#include "doctest/doctest.h"

namespace claribi::plan {
namespace {

std::vector<Name> names_of(const std::vector<std::string>& raw) {
  std::vector<Name> names;
  for (size_t i = 0; i < raw.size(); ++i) {
    names.push_back(make_name(raw[i], i, 100));
  }
  return names;
}

double score(std::string_view words, std::string_view name) {
  return score_names(words, names_of({std::string(name)})).front().score;
}

TEST_CASE("the score tells how the words differ from the name") {
  CHECK(score("signed_up", "signed_up") == exact_score);
  CHECK(score("Signed Up", "signed_up") == folded_score);
  CHECK(score("signed up", "signedUp") == folded_score);
  CHECK(score("signups", "signed_up") == stem_score);
  CHECK(score("sign ups", "Signed Up") == stem_score);
  CHECK(score("file uploads", "uploaded_file") == reordered_score);
  CHECK(score("logins", "user_logged_in") == generic_score);
  CHECK(score("visits", "$pageview") == synonym_score);
  CHECK(score("registrations", "signed_up") == synonym_score);
  CHECK(score("uploads", "uploaded_file") == doctest::Approx(0.79));
  CHECK(score("singups", "signed_up") == doctest::Approx(0.78));
  CHECK(score("teleports", "uploaded_file") < doubt_score);
  CHECK(score("downgraded", "upgraded_plan") < doubt_score);
}

TEST_CASE("short words are not taken for slips of each other") {
  CHECK(score("fat", "cat") < doubt_score);
  CHECK(score("cart", "card") >= doubt_score);
}

TEST_CASE("names that come near each other are ambiguous") {
  const auto names = names_of({"payment_succeeded", "payment_failed"});
  CHECK(judge(score_names("payments", names)) == Verdict::ambiguous);
  CHECK(judge(score_names("failed payments", names)) == Verdict::sure);
  CHECK(judge(score_names("teleports", names)) == Verdict::none);
  CHECK(judge(score_names("uploads", names_of({"uploaded_file"}))) ==
        Verdict::doubtful);
  CHECK(judge({}) == Verdict::none);
}

TEST_CASE("the longest words that are sure are taken") {
  const auto names = names_of({"upload", "upload_failed"});
  const Question question = read_question("how many upload failed events");
  const auto link = find_name(question, names);
  REQUIRE(link.has_value());
  CHECK(names[link->best()].raw == "upload_failed");
  CHECK(link->span.size() == 2);
}

TEST_CASE("used words and separators bound a name") {
  const auto names = names_of({"signed_up"});
  Question question = read_question("signed, up");
  CHECK(find_name(question, names)->span.size() == 1);
  question = read_question("signed up");
  CHECK(find_name(question, names)->span.size() == 2);
  take(question, {1, 2});
  CHECK(find_name(question, names)->span.size() == 1);
  question = read_question("signed -> up");
  CHECK(find_name(question, names)->span.size() == 1);
}

TEST_CASE("articles may stand inside a name") {
  const Question question = read_question("who created a project");
  const auto link = find_name(question, names_of({"project_created"}));
  REQUIRE(link.has_value());
  CHECK(text_of(question, link->span) == "created a project");
}

TEST_CASE("among equals the more frequent name comes first, then by name") {
  std::vector<Name> names{make_name("payment_b", 0, 5),
                          make_name("payment_a", 1, 5),
                          make_name("payment_c", 2, 9)};
  const auto hits = score_names("payment", names);
  CHECK(names[hits[0].name].raw == "payment_c");
  CHECK(names[hits[1].name].raw == "payment_a");
}

TEST_CASE("words that mean nothing are found in runs") {
  Question question = read_question("signups of the moon base in may");
  take(question, {0, 1});
  const Span span = unread(question, whole(question));
  CHECK(text_of(question, span) == "moon base");
  CHECK(has_unread_neighbour(question, {4, 5}));
}

}  // namespace
}  // namespace claribi::plan
