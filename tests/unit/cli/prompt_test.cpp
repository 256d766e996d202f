// SPDX-License-Identifier: MIT
#include "cli/prompt.hpp"

#include <doctest/doctest.h>

#include "buffer_io.hpp"

namespace claribi::cli {
namespace {

struct Desk {
  BufferIo io;
  Environment environment;
  Settings settings;
  FixedClock clock{Instant{}};
  Context context{io, environment, settings, clock};
};

TEST_CASE("a secret is asked without echo and kept as it was typed") {
  Desk desk;
  desk.io.attended = true;
  desk.io.answers = {" open sesame "};
  const auto secret = ask_secret(desk.context, "Key\x1b[31m: ");
  REQUIRE(secret);
  CHECK(secret->view() == " open sesame ");
  CHECK(desk.io.asked == "(hidden) Key\\x1b[31m: \n");
  CHECK(desk.io.said.empty());
  CHECK(desk.io.noted.empty());
}

TEST_CASE("a line is asked with echo and loses the blanks around it") {
  Desk desk;
  desk.io.attended = true;
  desk.io.answers = {"  eu ", "", "  "};
  CHECK(*ask_line(desk.context, "Region: ") == "eu");
  CHECK(desk.io.asked == "Region: \n");
  for (int i = 0; i < 2; ++i) {
    const auto nothing = ask_line(desk.context, "Region: ");
    REQUIRE(!nothing);
    CHECK(nothing.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("only y and yes mean yes") {
  Desk desk;
  desk.io.attended = true;
  desk.io.answers = {"y", " YES ", "", "n", "yess", "j"};
  CHECK(*ask_yes(desk.context, "Go on? "));
  CHECK(*ask_yes(desk.context, "Go on? "));
  for (int i = 0; i < 4; ++i) {
    CHECK(!*ask_yes(desk.context, "Go on? "));
  }
}

TEST_CASE("nobody is asked in CI, with --no-input or without a terminal") {
  const auto refused = [](Desk& desk) {
    desk.io.answers = {"an answer"};
    const auto asked = ask_secret(desk.context, "Key: ");
    return !asked && asked.error().kind == ErrorKind::usage &&
           desk.io.asked.empty();
  };
  Desk alone;
  CHECK(refused(alone));
  Desk ci;
  ci.io.attended = true;
  ci.environment.ci = true;
  CHECK(refused(ci));
  Desk silent;
  silent.io.attended = true;
  silent.settings.no_input = true;
  CHECK(refused(silent));
}

}  // namespace
}  // namespace claribi::cli
