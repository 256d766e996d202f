// SPDX-License-Identifier: MIT
#include "demo/flags.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "demo/random.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

// A number for a key, the same on every machine (FNV-1a).
uint64_t number_of(std::string_view key) {
  uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : key) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

std::optional<size_t> place_of(std::span<const std::string> names,
                               std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<size_t>(found - names.begin());
}

// A value as people write it: a string without its quotes.
std::string shown(const json::Value& value) {
  return value.text_or(json::compact(value));
}

std::optional<FlagCondition> condition_of(const json::Value& filter,
                                          std::span<const std::string> traits) {
  const auto trait = place_of(traits, filter["key"].text_or(""));
  const auto op = filter["operator"].text_or("exact");
  const bool part = op.ends_with("icontains");
  if (!trait || (!part && op != "exact" && op != "is_not")) return std::nullopt;
  FlagCondition condition{.trait = *trait,
                          .part = part,
                          .negated = op == "is_not" || op.starts_with("not_")};
  const auto& value = filter["value"];
  if (!value.is_array()) condition.texts.push_back(shown(value));
  for (const auto& one : value.items())
    condition.texts.push_back(shown(one));
  return condition;
}

std::optional<FlagGroup> group_of(const json::Value& written,
                                  std::span<const std::string> traits) {
  FlagGroup group{
      .share = written["rollout_percentage"].number().value_or(100) / 100,
      .variant = written["variant"].text_or("")};
  for (const auto& filter : written["properties"].items()) {
    auto condition = condition_of(filter, traits);
    if (!condition) return std::nullopt;
    group.conditions.push_back(std::move(*condition));
  }
  return group;
}

FlagPlan plan_of(const json::Value& flag, std::span<const std::string> traits,
                 std::span<const std::string> events) {
  FlagPlan plan{
      .key = flag["key"].text_or(""),
      .since =
          parse_instant(flag["created_at"].text_or("")).value_or(Instant{}),
      .helps = place_of(events, flag["helps"]["event"].text_or("")),
      .held_back = flag["helps"]["share"].number().value_or(0)};
  for (const auto& written : flag["filters"]["groups"].items()) {
    if (auto group = group_of(written, traits)) {
      plan.groups.push_back(std::move(*group));
    }
  }
  double sum = 0;
  for (const auto& variant :
       flag["filters"]["multivariate"]["variants"].items()) {
    plan.variants.push_back(variant["key"].text_or(""));
    sum += variant["rollout_percentage"].number().value_or(0);
    plan.shares.push_back(sum);
  }
  return plan;
}

bool meets(const FlagCondition& condition,
           std::span<const std::string> traits) {
  const auto& trait = traits[condition.trait];
  const auto value = json::parse(trait.empty() ? "null" : trait);
  const auto text = value ? shown(*value) : std::string();
  const bool found =
      std::ranges::any_of(condition.texts, [&](const std::string& wanted) {
        if (!condition.part) return text == wanted;
        return lower(text).find(lower(wanted)) != std::string::npos;
      });
  return found != condition.negated;
}

}  // namespace

std::string FlagPlan::value_for(uint64_t person,
                                std::span<const std::string> traits) const {
  // One draw for all release conditions: who is in at 10 % is in at 50 %.
  Random random{number_of(key), person};
  const double place = random.unit();
  const auto group = std::ranges::find_if(groups, [&](const FlagGroup& one) {
    return place < one.share && std::ranges::all_of(
                                    one.conditions,
                                    [&](const FlagCondition& condition) {
                                      return meets(condition, traits);
                                    });
  });
  if (group == groups.end()) return "false";
  if (!group->variant.empty()) return group->variant;
  return variants.empty() ? "true" : variants[random.pick(shares)];
}

bool FlagPlan::needed_by(uint64_t person) const {
  return Random{number_of(key), person, 1}.chance(held_back);
}

std::vector<FlagPlan> compile_flags(const json::Array& flags,
                                    std::span<const std::string> traits,
                                    std::span<const std::string> events) {
  std::vector<FlagPlan> plans;
  for (const auto& flag : flags) {
    if (flag["active"].boolean().value_or(true)) {
      plans.push_back(plan_of(flag, traits, events));
    }
  }
  return plans;
}

}  // namespace claribi::demo
