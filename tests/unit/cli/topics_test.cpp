// SPDX-License-Identifier: MIT
#include "cli/topics.hpp"

#include "cli/exit_status.hpp"
#include "cli/output/formats.hpp"
#include "doctest/doctest.h"

using namespace claribi::cli;

TEST_CASE("a topic is one word and has something to say") {
  for (const Topic& topic : topics()) {
    CAPTURE(topic.name);
    CHECK(topic.name.find(' ') == std::string_view::npos);
    CHECK_FALSE(topic.summary.empty());
    CHECK(topic.text().size() > 200);
    CHECK(find_topic(topic.name) == &topic);
  }
  CHECK(find_topic("nix") == nullptr);
}

TEST_CASE("the tables of the program stand in the topics about them") {
  const std::string statuses = find_topic("exit-status")->text();
  for (const ExitStatus& row : exit_statuses()) {
    CHECK(statuses.contains(row.meaning));
  }
  const std::string formats_topic = find_topic("formats")->text();
  for (const Format& format : formats()) {
    CHECK(formats_topic.contains(format.summary));
  }
}
