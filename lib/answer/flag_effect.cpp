// SPDX-License-Identifier: MIT
// People with a flag and people without it: how many of each did something,
// and how likely such a difference is by chance.
#include "plan/frames/flag_effect.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/combine.hpp"
#include "answer/number.hpp"
#include "answer/statistics.hpp"

namespace claribi::answer {
namespace {

using table::Table;
using table::Type;

struct Group {
  int64_t people = 0;
  int64_t activated = 0;

  void add(const Group& more) {
    people += more.people;
    activated += more.activated;
  }
  [[nodiscard]] bool large_enough() const { return people >= smallest_base; }
  [[nodiscard]] double rate() const {
    return static_cast<double>(activated) / static_cast<double>(people);
  }
};

struct Effect {
  plan::ComparedFlag flag;
  Group with = {};
  Group without = {};
  // Nobody was seen with the flag off: these carry no value of it.
  bool unknown_without = false;
  std::optional<double> p = {};
};

enum class Side { with, without, unknown };

Side side_of(const std::string& value) {
  if (value.empty() || value == "(none)" || value == "Other") {
    return Side::unknown;
  }
  // "control" is the variant that changes nothing.
  return value == "false" || value == "control" ? Side::without : Side::with;
}

Effect effect_in(const plan::ComparedFlag& flag, const Table& funnel) {
  Effect effect{.flag = flag};
  Group unknown;
  for (size_t row = 0; row < funnel.rows.size(); ++row) {
    const int64_t count = funnel.cell(row, "count").integer().value_or(0);
    const bool first = funnel.cell(row, "step").integer().value_or(0) == 1;
    const Side side = side_of(funnel.cell(row, "breakdown").text_or(""));
    Group& group = side == Side::with      ? effect.with
                   : side == Side::without ? effect.without
                                           : unknown;
    (first ? group.people : group.activated) += count;
  }
  if (effect.without.people == 0) {
    effect.without = unknown;
    effect.unknown_without = unknown.people > 0;
  }
  return effect;
}

void test_difference(Effect& effect) {
  if (!effect.with.large_enough() || !effect.without.large_enough()) return;
  const double z = proportions_z(static_cast<double>(effect.with.activated),
                                 static_cast<double>(effect.with.people),
                                 static_cast<double>(effect.without.activated),
                                 static_cast<double>(effect.without.people));
  effect.p = std::erfc(std::abs(z) / std::numbers::sqrt2);
}

// Holm's correction: of many flags some differ by chance alone.
void correct(std::vector<Effect>& effects) {
  std::vector<Effect*> tested;
  for (Effect& effect : effects) {
    if (effect.p) tested.push_back(&effect);
  }
  std::ranges::stable_sort(tested, {},
                           [](const Effect* one) { return *one->p; });
  double least = 0;
  for (size_t i = 0; i < tested.size(); ++i) {
    const auto remaining = static_cast<double>(tested.size() - i);
    least = std::max(least, std::min(1.0, remaining * *tested[i]->p));
    tested[i]->p = least;
  }
}

double difference(const Effect& effect) {
  return effect.with.rate() - effect.without.rate();
}

bool is_comparable(const Effect& effect) {
  return effect.with.people > 0 && effect.without.people > 0;
}

// Few places, so that every machine writes the same.
json::Value share(double value) {
  return std::round(value * 1e4) / 1e4;
}

// Nothing that was observed is impossible by chance: never a zero.
json::Value likelihood(double p) {
  return std::max(1e-4, std::round(p * 1e4) / 1e4);
}

void add_row(Table& table, const Effect& effect) {
  const auto rate = [](const Group& group) {
    return group.people > 0 ? share(group.rate()) : json::Value();
  };
  table::Row row;
  row.emplace_back(effect.flag.key);
  row.push_back(effect.flag.rollout ? json::Value(*effect.flag.rollout)
                                    : json::Value());
  for (const Group* group : {&effect.with, &effect.without}) {
    row.emplace_back(group->people);
    row.emplace_back(group->activated);
    row.push_back(rate(*group));
  }
  row.push_back(is_comparable(effect) ? share(difference(effect))
                                      : json::Value());
  row.push_back(effect.p ? likelihood(*effect.p) : json::Value());
  table.rows.push_back(std::move(row));
}

Table empty_table() {
  Table table;
  table.columns = {{"flag", Type::string},
                   {"rollout", Type::integer},
                   {"people_with", Type::integer},
                   {"activated_with", Type::integer},
                   {"rate_with", Type::number},
                   {"people_without", Type::integer},
                   {"activated_without", Type::integer},
                   {"rate_without", Type::number},
                   {"difference", Type::number},
                   {"p_value", Type::number}};
  table.headline = {"flag",       "rollout",        "people_with",
                    "rate_with",  "people_without", "rate_without",
                    "difference", "p_value"};
  table.ranking = {.label = "flag", .value = "difference"};
  return table;
}

// The largest difference first; what cannot be compared last.
void sort(std::vector<Effect>& effects) {
  std::ranges::stable_sort(effects, [](const Effect& a, const Effect& b) {
    if (a.p.has_value() != b.p.has_value()) return a.p.has_value();
    if (!is_comparable(a) || !is_comparable(b)) {
      return is_comparable(a) && !is_comparable(b);
    }
    return difference(a) > difference(b);
  });
}

void add_notes(Table& table, const std::vector<Effect>& effects) {
  if (effects.empty()) {
    table.notes.emplace_back(
        "no active flag is rolled out to some people and not to all");
  }
  for (const Effect& effect : effects) {
    if (!effect.unknown_without) continue;
    table.notes.push_back(
        fmt::format("{}: nobody was seen with it off; people whose events "
                    "carry no value of it are counted as without",
                    effect.flag.key));
  }
}

Table flag_effects(const plan::Plan& plan, std::span<const Table> tables) {
  const plan::Comparison comparison = plan::compared_flags(plan, tables);
  std::vector<Effect> effects;
  for (size_t i = 0; i < comparison.flags.size(); ++i) {
    const size_t place = comparison.lookups + i;
    if (place >= tables.size()) break;
    effects.push_back(effect_in(comparison.flags[i], tables[place]));
    test_difference(effects.back());
  }
  correct(effects);
  sort(effects);
  Table table = empty_table();
  for (const Effect& effect : effects)
    add_row(table, effect);
  add_notes(table, effects);
  return table;
}

}  // namespace

std::optional<Table> combine(const plan::Plan& plan,
                             std::span<const Table> tables) {
  if (plan.frame != plan::flag_effect_name || tables.empty()) {
    return std::nullopt;
  }
  return flag_effects(plan, tables);
}

}  // namespace claribi::answer
