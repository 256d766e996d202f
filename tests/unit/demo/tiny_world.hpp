// SPDX-License-Identifier: MIT
// A project small enough to count by hand.
#pragma once

#include <string>
#include <string_view>

#include "demo/store.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// A database in memory, filled event by event, and the world around it.
class TinyWorld {
 public:
  explicit TinyWorld(std::string_view now, std::string_view zone = "UTC");

  // Persons are numbered from 1 in the order in which they first appear here
  // or in an event; `properties` is a JSON object.
  void person(int number, std::string_view properties,
              std::string_view created_at = "2026-01-01");
  // `session` 0: none.
  void event(std::string_view name, std::string_view at, int person,
             std::string_view properties = "{}", int session = 0);
  void session(int number, int person, std::string_view from,
               std::string_view to);

  void flag(int person, std::string_view key, std::string_view value,
            std::string_view since = "2026-01-01");

  [[nodiscard]] World world() const { return {store_, project_, moment_}; }
  Project& project() { return project_; }
  Moment& moment() { return moment_; }
  [[nodiscard]] const Store& store() const { return store_; }

 private:
  void run(const std::string& sql);

  Store store_;
  Project project_;
  Moment moment_;
};

// The JSON of a text with ' for ".
json::Value json_of(std::string_view text);

}  // namespace claribi::demo
