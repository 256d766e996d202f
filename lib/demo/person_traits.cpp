// SPDX-License-Identifier: MIT
#include "demo/person_traits.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

constexpr std::array<std::string_view, 24> first_names = {
    "Amara", "Ben",   "Carla", "Dmitri", "Elif", "Farid", "Greta", "Hiro",
    "Ines",  "Jonas", "Kavya", "Liam",   "Maya", "Noor",  "Olga",  "Paulo",
    "Quinn", "Rosa",  "Sami",  "Tara",   "Umar", "Vera",  "Wen",   "Yara"};
constexpr std::array<std::string_view, 20> last_names = {
    "Abara", "Berg",   "Costa", "Dubois", "Eriksen", "Fischer", "Garcia",
    "Haas",  "Ivanov", "Jain",  "Kim",    "Lopez",   "Moreau",  "Nowak",
    "Ortiz", "Patel",  "Rossi", "Silva",  "Tanaka",  "Weber"};

// Desktop systems do not run on telephones. Only values that are listed.
std::string device_for(std::string_view os, const Choice& devices,
                       Random& random) {
  const bool mobile = os == "\"iOS\"" || os == "\"Android\"";
  const std::string wanted =
      !mobile ? "\"Desktop\""
              : (random.chance(0.85) ? "\"Mobile\"" : "\"Tablet\"");
  const bool listed =
      std::ranges::find(devices.texts, wanted) != devices.texts.end();
  return listed ? wanted : devices.texts[random.pick(devices.cumulative)];
}

}  // namespace

std::string json_text(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

void add_member(std::string& object, std::string_view key,
                std::string_view value) {
  if (object.size() > 1) object += ',';
  object += key;
  object += value;
}

void PersonTraits::draw(Instant born, Random& random) {
  const std::string_view first = first_names[random.below(24)];
  const std::string_view last = last_names[random.below(20)];
  for (const auto& trait : taxonomy_.traits) {
    values_.push_back(first_value(trait, first, last, born, random));
  }
  known_ = values_;
}

std::string PersonTraits::first_value(const Trait& trait,
                                      std::string_view first,
                                      std::string_view last, Instant born,
                                      Random& random) const {
  const auto& own = listed_[trait.name];
  if (!own.is_null() && !trait.starts_with_first) return json::compact(own);
  switch (trait.kind) {
    case Trait::Kind::email:
      return json_text(fmt::format("{}.{}{}@{}.example", lower(first),
                                   lower(last), random.below(9000) + 100,
                                   lower(last)));
    case Trait::Kind::name:
      return json_text(fmt::format("{} {}", first, last));
    case Trait::Kind::created_at:
      return json_text(format_instant(born));
    case Trait::Kind::listed:
      break;
  }
  const auto& choice = trait.choice;
  if (choice.empty()) return {};
  if (trait.starts_with_first) return choice.texts.front();
  if (trait.name == "$device_type") {
    const auto os = taxonomy_.trait_named("$os");
    if (os && *os < values_.size()) {
      return device_for(values_[*os], choice, random);
    }
  }
  return choice.texts[random.pick(choice.cumulative)];
}

void PersonTraits::set(const SetRule& rule, bool is_known, Random& random) {
  values_[rule.trait] = set_value(rule, random);
  if (is_known) known_[rule.trait] = values_[rule.trait];
}

std::string PersonTraits::set_value(const SetRule& rule, Random& random) const {
  const auto& texts = rule.choice.texts;
  const auto& own = listed_[taxonomy_.traits[rule.trait].name];
  if (!own.is_null()) {
    auto text = json::compact(own);
    if (std::ranges::find(texts, text) != texts.end()) return text;
  }
  return texts[random.pick(rule.choice.cumulative)];
}

bool PersonTraits::fit(const EventPlan& plan) const {
  for (const auto& set : plan.sets) {
    const auto own = json::compact(listed_[taxonomy_.traits[set.trait].name]);
    const auto& texts = set.choice.texts;
    if (own == values_[set.trait] ||
        std::ranges::find(texts, own) == texts.end()) {
      return false;
    }
  }
  return true;
}

std::string PersonTraits::properties(bool is_visitor) const {
  std::string out = "{";
  for (size_t i = 0; i < known_.size(); ++i) {
    const auto& name = taxonomy_.traits[i].name;
    const std::string& value = known_[i];
    if (value.empty() || !listed_[name].is_null()) continue;
    if (is_visitor && name[0] != '$') continue;
    add_member(out, json_text(name) + ":", value);
  }
  for (const auto& member : listed_.members()) {
    add_member(out, json_text(member.name) + ":", json::compact(member.value));
  }
  return out + "}";
}

}  // namespace claribi::demo
