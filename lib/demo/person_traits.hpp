// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "demo/random.hpp"
#include "demo/taxonomy.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// The JSON text of a string, and a member added to the text of an object.
std::string json_text(std::string_view text);
void add_member(std::string& object, std::string_view key,
                std::string_view value);

// What stays with one person, as JSON texts in the taxonomy's order, and how
// events change it. The taxonomy must outlive it.
class PersonTraits {
 public:
  // `listed`: the properties that the description lists for the person, an
  // object, or null for somebody whom it does not list.
  PersonTraits(const Taxonomy& taxonomy, const json::Value& listed)
      : taxonomy_(taxonomy), listed_(listed) {}

  void draw(Instant born, Random& random);
  // What an event sets. It is known of the person if it happened by today.
  void set(const SetRule& rule, bool is_known, Random& random);

  [[nodiscard]] const std::string& at(size_t trait) const {
    return values_[trait];
  }
  [[nodiscard]] std::span<const std::string> all() const { return values_; }
  // Whether a listed person ends with what the event sets.
  [[nodiscard]] bool fit(const EventPlan& plan) const;
  // The person's properties as an object. Of a visitor nobody knows the name.
  [[nodiscard]] std::string properties(bool is_visitor) const;

 private:
  [[nodiscard]] std::string first_value(const Trait& trait,
                                        std::string_view first,
                                        std::string_view last, Instant born,
                                        Random& random) const;
  [[nodiscard]] std::string set_value(const SetRule& rule,
                                      Random& random) const;

  const Taxonomy& taxonomy_;
  const json::Value& listed_;
  std::vector<std::string> values_ = {};
  // The same as they stood when the current day began: what a person is known
  // for must not tell of events that are still to come.
  std::vector<std::string> known_ = {};
};

}  // namespace claribi::demo
