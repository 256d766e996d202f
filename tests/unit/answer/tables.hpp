// SPDX-License-Identifier: MIT
// Tables as the decoder would make them, in a line or two.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answer/facts.hpp"
#include "answer/summary.hpp"
#include "answer/words.hpp"
#include "base/calendar.hpp"
#include "plan/plan.hpp"
#include "table/build.hpp"
#include "table/table.hpp"

namespace claribi::answer::test {

// Wednesday, 18 November 2026, half past ten.
inline Moment wednesday() {
  return {*parse_instant("2026-11-18T10:30:00Z"), {}};
}

inline std::string day_name(int days_before_today) {
  const LocalTime today = start_of(Unit::day, wednesday().local(), {});
  return format_date(add(today, Unit::day, -days_before_today));
}

inline plan::Plan trend_plan(std::string event = "signed_up",
                             plan::Math math = plan::Math::total) {
  plan::Plan plan;
  plan.frame = "trend";
  plan.series = {{.event = std::move(event), .math = math}};
  plan.interval = Unit::day;
  return plan;
}

// What tells one line of a time series from another.
struct LineName {
  std::string series = "signed_up";
  std::optional<std::string> breakdown = {};
  std::optional<std::string> period = {};
};

// Adds a line whose last value belongs to today (`today` true: that day is
// not over) or to yesterday.
inline void add_days(table::Table& table,
                     const std::vector<json::Value>& values, bool today,
                     const LineName& name = {}, int back = 0) {
  if (table.columns.empty()) {
    table.shape = table::Shape::time_series;
    table.columns = {{"date", table::Type::date}, {"series"}};
    if (name.breakdown) table.columns.push_back({"breakdown"});
    if (name.period) table.columns.push_back({"period"});
    table.columns.push_back({"value", table::Type::number});
    table.columns.push_back({"partial", table::Type::boolean});
  }
  const int size = static_cast<int>(values.size());
  for (int i = 0; i < size; ++i) {
    const int before = size - 1 - i + (today ? 0 : 1) + back;
    table::Row row{day_name(before), name.series};
    if (name.breakdown) row.emplace_back(*name.breakdown);
    if (name.period) row.emplace_back(*name.period);
    row.push_back(values[static_cast<size_t>(i)]);
    row.emplace_back(today && back == 0 && i + 1 == size);
    table.rows.push_back(std::move(row));
  }
}

inline table::Table days(const std::vector<json::Value>& values,
                         bool today = true) {
  table::Table table;
  add_days(table, values, today);
  return table;
}

struct Answer {
  std::vector<Fact> facts;
  std::vector<std::string> sentences;

  [[nodiscard]] std::string text(std::string_view name) const {
    return fact_text(facts, name);
  }
  [[nodiscard]] std::string about(std::string_view name) const {
    const Fact* fact = find_fact(facts, name);
    return fact ? fact->about : "";
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return find_fact(facts, name) != nullptr;
  }
  // All sentences, one space between them.
  [[nodiscard]] std::string prose() const {
    std::string all;
    for (const std::string& sentence : sentences)
      all += (all.empty() ? "" : " ") + sentence;
    return all;
  }
};

inline Answer answer_of(const plan::Plan& plan, const table::Table& table,
                        const Moment& moment = wednesday()) {
  Answer answer;
  answer.facts = find_facts(plan, table, moment);
  answer.sentences = summarise(plan, table, answer.facts, moment);
  return answer;
}

}  // namespace claribi::answer::test
