// SPDX-License-Identifier: MIT
#include "demo/seen_events.hpp"

#include <algorithm>
#include <string_view>

namespace claribi::demo {

namespace {

// More would fill memory and no schema.
constexpr size_t most_properties = 1000;

std::string_view type_of(const json::Value& value) {
  if (value.is_bool()) return "Boolean";
  return value.is_number() ? "Numeric" : "String";
}

}  // namespace

void SeenProperties::take(const std::string& name, const json::Value& value) {
  if (value.is_null()) return;
  const auto found = specs_.find(name);
  if (found == specs_.end()) {
    if (specs_.size() >= most_properties) return;
    auto& spec = specs_[name];
    spec = {.name = name, .type = std::string(type_of(value))};
    if (value.is_number()) spec.values.push_back(value);
    return;
  }
  auto& spec = found->second;
  if (spec.type != type_of(value)) {
    spec.type = "String";
    spec.values.clear();
  } else if (!spec.values.empty() && !value.integer()) {
    spec.values.front() = value;  // One that is not whole tells the type.
  }
}

std::vector<PropertySpec> SeenProperties::specs() const {
  std::vector<PropertySpec> list;
  list.reserve(specs_.size());
  for (const auto& [name, spec] : specs_)
    list.push_back(spec);
  return list;
}

int64_t SeenEvents::take(const std::string& name,
                         const json::Value& properties) {
  const auto [place, is_new] =
      numbers_.try_emplace(name, static_cast<int64_t>(names_.size() + 1));
  if (is_new) {
    names_.push_back(name);
    seen_.emplace_back();
  }
  auto& seen = seen_[static_cast<size_t>(place->second - 1)];
  ++seen.count;
  for (const auto& property : properties.members()) {
    // These are about the person.
    if (property.name == "$set" || property.name == "$set_once") continue;
    seen.properties.take(property.name, property.value);
  }
  return place->second;
}

std::vector<EventSpec> SeenEvents::specs(double days) const {
  std::vector<EventSpec> list;
  list.reserve(names_.size());
  for (size_t i = 0; i < names_.size(); ++i) {
    list.push_back({.name = names_[i],
                    .volume_30d = seen_[i].count * 30 / std::max(days, 1.0),
                    .properties = seen_[i].properties.specs()});
  }
  std::ranges::stable_sort(list, std::ranges::greater{},
                           &EventSpec::volume_30d);
  return list;
}

}  // namespace claribi::demo
