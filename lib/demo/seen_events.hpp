// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "demo/project.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// What properties there are and of which type, learnt from their values.
class SeenProperties {
 public:
  void take(const std::string& name, const json::Value& value);
  // By name. A property that was of several types is a String.
  [[nodiscard]] std::vector<PropertySpec> specs() const;

 private:
  std::map<std::string, PropertySpec> specs_ = {};
};

// The event names of a text and what belongs to each.
class SeenEvents {
 public:
  // The number of that name, from 1 in the order of their first event; notes
  // the properties, too.
  int64_t take(const std::string& name, const json::Value& properties);
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // As a project describes them, for events of so many days.
  [[nodiscard]] std::vector<EventSpec> specs(double days) const;

 private:
  struct Seen {
    double count = 0;
    SeenProperties properties = {};
  };
  std::unordered_map<std::string, int64_t> numbers_ = {};
  std::vector<std::string> names_ = {};
  std::vector<Seen> seen_ = {};
};

}  // namespace claribi::demo
