// SPDX-License-Identifier: MIT
// A project made ready for drawing: names are numbers, values are JSON text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "demo/flags.hpp"
#include "demo/project.hpp"

namespace claribi::demo {

// Where data begin and end; `to` is not in it.
struct Window {
  Instant from;
  Instant to;
};

// So many days before the UTC day of `now` up to the end of the day after it:
// the clock can move for a day before data are missing.
Window data_window(int days, Instant now);

// JSON texts and, summed up, how often each is drawn.
struct Choice {
  std::vector<std::string> texts = {};
  std::vector<double> cumulative = {};

  [[nodiscard]] bool empty() const { return texts.empty(); }
};

// A property that stays with a person: a person property, or what a browser
// and an address say of everybody's events.
struct Trait {
  enum class Kind { listed, email, name, created_at };
  std::string name;
  Kind kind = Kind::listed;
  Choice choice = {};
  bool starts_with_first = false;  // Some event sets it.
};

// One property of one event and where its value comes from.
struct Field {
  enum class Source {
    listed,      // Drawn from `choice`.
    trait,       // The person's.
    by_trait,    // The n-th of `choice` for the trait's n-th.
    session,     // The session's id.
    number,      // Numeric without listed values.
    issue_id,    // Of the error issue that the event belongs to.
    issue_type,  // Its name.
    issue_text,  // Its description.
    flag_key,    // Of the flag that was asked for.
    flag_value,  // What it is for the person.
  };
  std::string key;  // "name": with its quotes, escapes and colon.
  Source source = Source::listed;
  size_t trait = 0;
  Choice choice = {};
  bool is_url = false;
};

struct SetRule {
  size_t trait = 0;
  Choice choice = {};
};

struct EventPlan {
  std::string name;
  std::optional<size_t> needs = {};
  std::optional<size_t> until = {};
  double share = 0;
  int every_days = 0;
  std::vector<Field> fields = {};
  std::vector<SetRule> sets = {};
  bool has_issue = false;
  bool has_flag = false;
};

// An error issue, and when its events may happen.
struct Issue {
  std::string id;  // JSON texts.
  std::string name;
  std::string text;
  double weight = 1;
  Window span = {};
};

struct Taxonomy {
  std::vector<Trait> traits = {};
  std::vector<EventPlan> events = {};
  // Which events are drawn in a session, and their running weights.
  std::vector<size_t> drawn = {};
  std::vector<double> weights = {};
  size_t fallback = 0;  // Drawn when what an event needs has not happened.
  std::vector<size_t> once = {};
  std::vector<size_t> repeating = {};
  std::vector<Issue> issues = {};
  std::vector<FlagPlan> flags = {};

  [[nodiscard]] std::optional<size_t> event_named(std::string_view name) const;
  [[nodiscard]] std::optional<size_t> trait_named(std::string_view name) const;
};

// `per_30_days` is how many events 30 days are to have: an event that would
// get only a few keeps about 15, or its own volume if that is less.
Taxonomy compile_taxonomy(const Project& project, const Window& window,
                          double per_30_days);

// The error issues of a project as it lists them; if it has none, one for
// each listed type of its $exception event, with an id made from its place.
json::Array error_issues_of(const Project& project);

}  // namespace claribi::demo
