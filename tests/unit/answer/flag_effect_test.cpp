// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <vector>

#include "answer/combine.hpp"
#include "answer/facts.hpp"
#include "answer/summary.hpp"
#include "base/clock.hpp"
#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::answer;

namespace {

plan::Plan effect_plan() {
  plan::Plan plan{.frame = "flag_effect"};
  plan.steps = {"signed_up", "uploaded_file"};
  plan.limit = 8;
  return plan;
}

table::Table flags(const std::vector<std::string>& keys) {
  table::Table table{.columns = {{"id"}, {"key"}, {"rollout"}}};
  int id = 0;
  for (const std::string& key : keys)
    table.rows.push_back({++id, key, 50});
  return table;
}

struct Split {
  std::string value;
  int people;
  int activated;
};

table::Table funnel(const std::vector<Split>& splits) {
  table::Table table{.shape = table::Shape::funnel,
                     .columns = {{"step"}, {"breakdown"}, {"count"}}};
  for (const Split& split : splits) {
    table.rows.push_back({1, split.value, split.people});
    table.rows.push_back({2, split.value, split.activated});
  }
  return table;
}

std::vector<std::string> cells(const table::Table& table, size_t row) {
  std::vector<std::string> texts;
  for (const auto& cell : table.rows[row]) {
    texts.emplace_back(
        cell.is_null() ? "-" : cell.text_or(cell.number_text().value_or("")));
  }
  return texts;
}

std::vector<std::string> said(const plan::Plan& plan,
                              const table::Table& table) {
  const Moment moment{.now = parse_instant("2026-11-18T10:30:00Z").value()};
  return summarise(plan, table, find_facts(plan, table, moment), moment);
}

const table::Table better = funnel({{"true", 1000, 500}, {"false", 1000, 400}});
const table::Table same = funnel({{"true", 1000, 410}, {"false", 1000, 400}});
const table::Table tiny = funnel({{"true", 29, 29}, {"false", 1000, 400}});

}  // namespace

TEST_CASE("each flag has both shares, their difference and how likely it is") {
  const std::array tables{flags({"same", "better", "tiny"}), same, better,
                          tiny};
  const auto table = combine(effect_plan(), tables);
  REQUIRE(table.has_value());
  REQUIRE(table->rows.size() == 3);
  CHECK(table->shape == table::Shape::rows);
  // z = 4.495: p = 0.000007, twice that after Holm's correction.
  CHECK(cells(*table, 0) ==
        std::vector<std::string>{"better", "50", "1000", "500", "0.5", "1000",
                                 "400", "0.4", "0.1", "0.0001"});
  // z = 0.4556: p = 0.6487.
  CHECK(cells(*table, 1) ==
        std::vector<std::string>{"same", "50", "1000", "410", "0.41", "1000",
                                 "400", "0.4", "0.01", "0.6487"});
  CHECK(cells(*table, 2).back() == "-");
  CHECK(table->ranking->value == "difference");
}

TEST_CASE("the more flags are compared, the less one of them says") {
  // z = 2.22: p = 0.0264 alone, 0.0793 among three.
  const auto near = funnel({{"true", 1000, 449}, {"false", 1000, 400}});
  const auto p = [](std::span<const table::Table> tables) {
    return combine(effect_plan(), tables)->cell(0, "p_value").number().value();
  };
  CHECK(p(std::array{flags({"near"}), near}) < 0.05);
  CHECK(p(std::array{flags({"near", "a", "b"}), near, same, same}) > 0.05);
}

TEST_CASE("variants are with the flag, control is without it") {
  const std::array tables{flags({"v"}), funnel({{"a", 100, 10},
                                                {"b", 50, 5},
                                                {"control", 70, 7},
                                                {"false", 30, 3},
                                                {"(none)", 900, 90},
                                                {"", 5, 1},
                                                {"Other", 8, 2}})};
  const auto table = combine(effect_plan(), tables);
  REQUIRE(table.has_value());
  CHECK(table->cell(0, "people_with").integer() == 150);
  CHECK(table->cell(0, "people_without").integer() == 100);
  CHECK(table->notes.empty());
}

TEST_CASE(
    "without anybody seen without the flag the others stand in, said so") {
  const std::array tables{flags({"v"}),
                          funnel({{"true", 100, 10}, {"(none)", 200, 40}})};
  const auto table = combine(effect_plan(), tables);
  REQUIRE(table.has_value());
  CHECK(table->cell(0, "people_without").integer() == 200);
  REQUIRE(table->notes.size() == 1);
  CHECK(table->notes[0].find("v: nobody was seen with it off") == 0);
}

TEST_CASE("the sentences give both counts and claim no cause") {
  const std::array tables{flags({"same", "better", "tiny"}), same, better,
                          tiny};
  const plan::Plan plan = effect_plan();
  const auto sentences = said(plan, *combine(plan, tables));
  REQUIRE(sentences.size() == 3);
  CHECK(sentences[0] ==
        "Of the people with better, 50 % (500 of 1,000) went on from signed_up "
        "to uploaded_file; of those without it, 40 % (400 of 1,000): a larger "
        "difference than chance makes.");
  CHECK(sentences[1] ==
        "A difference that could be chance: same; too few people to compare: "
        "tiny.");
  CHECK(sentences[2].find("went together") != std::string::npos);
  for (const auto& sentence : sentences) {
    for (const auto* word : {"because", "caused", "led to", "due to"})
      CHECK(sentence.find(word) == std::string::npos);
  }
}

TEST_CASE("where nothing differs that is the answer") {
  const plan::Plan plan = effect_plan();
  const auto sentences =
      said(plan, *combine(plan, std::array{flags({"same"}), same}));
  CHECK(sentences[0] ==
        "Among 1 flag that some people have and others have not, no difference "
        "from signed_up to uploaded_file is larger than chance makes.");
  const auto none = combine(plan, std::array{flags({})});
  REQUIRE(none.has_value());
  CHECK(none->notes.size() == 1);
  CHECK(said(plan, *none).size() == 1);
}

TEST_CASE("other plans are not combined") {
  CHECK_FALSE(combine({.frame = "flags"}, std::array{flags({"a"})}));
  CHECK_FALSE(combine(effect_plan(), {}));
}
