// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::plan {

// How the events of a series become one number per bucket. The names are
// PostHog's ("total", "dau", "p95", ...).
enum class Math {
  total,
  dau,
  weekly_active,
  monthly_active,
  unique_session,
  sum,
  avg,
  min,
  max,
  median,
  p75,
  p90,
  p95,
  p99,
};
std::string_view math_name(Math math);
std::optional<Math> math_named(std::string_view name);

struct Series {
  std::optional<std::string> event = {};  // Nothing: all events.
  Math math = Math::total;
  std::optional<std::string> property = {};  // What sum, avg, ... are of.
};

enum class Owner { event, person, session, cohort };

struct Filter {
  Owner on = Owner::event;
  std::string property;
  std::string op = "exact";  // PostHog's operators.
  std::vector<std::string> values = {};
};

struct Breakdown {
  Owner on = Owner::event;
  std::string property;
};

// A stretch of time as it was said, to be resolved against a clock each time
// the plan runs.
struct TimeRange {
  enum class Kind {
    unsaid,    // The frame's default applies.
    rolling,   // The last `count` units, up to now.
    calendar,  // The unit that lies `offset` units from the current one.
    weekday,   // The latest day before today that is ISO weekday `count`.
    month,     // The latest month `count` (1 to 12) that has started.
    quarter,   // The latest quarter `count` (1 to 4) that has started.
    absolute,  // From `from` to `to`, dates as below, both included.
    since,     // From `from` to now.
    weekend,   // The latest Saturday and Sunday that have begun.
    week_of,   // The week in which `from` lies.
    span,      // From the start of the first of `ends` to the end of the last.
  };
  Kind kind = Kind::unsaid;
  std::string phrase = {};  // The words of the question.
  Unit unit = Unit::day;
  int count = 0;
  int offset = 0;
  // "2026-11-03", or "--11-03" for the latest 3 November that is not to come.
  std::string from = {};
  std::string to = {};
  bool to_now = false;  // "since October": from the range's start until now.
  std::vector<TimeRange> ends = {};
};

// The thing that is asked for by name or id.
struct ObjectRef {
  std::string kind;  // "flag", "cohort", "dashboard", "person", "insight"
  std::string id = {};
  std::string name = {};
};

struct Window {
  int count = 14;
  Unit unit = Unit::day;
};

// Of the people who did `start`, who did `returning` in the periods after.
struct Retention {
  std::string start;
  std::string returning;
  Unit period = Unit::day;  // day, week or month
  int intervals = 8;        // Columns; the first is the period of the start.
  bool recurring = false;   // Every start counts, not only a person's first.
  std::optional<int> asked = {};  // "day-1 retention": 1.
};

// What people do after `start`, or before `end`; one of them may be missing.
struct Paths {
  std::optional<std::string> start = {};
  std::optional<std::string> end = {};
  // Which events are steps: "$pageview", "$screen", "custom_event"; empty: all.
  std::vector<std::string> kinds = {};
};

// A default or a reading that the question did not state. Always printed.
struct Assumption {
  std::string slot;
  std::string value;
  std::string why;
  double score = 1.0;
};

// What is to be found out. Every question, whoever reads it, becomes one of
// these; nothing else is ever executed.
struct Plan {
  std::string frame;  // A row of plan/frames.cpp.
  std::vector<Series> series = {};
  std::optional<std::string> formula = {};
  std::vector<std::string> steps = {};  // Of a funnel, in order.
  Window window = {};                   // Of a funnel.
  bool time_to_convert = false;  // How long the funnel takes, not how many.
  std::optional<Retention> retention = {};
  std::optional<Paths> paths = {};
  std::vector<Filter> filters = {};
  std::vector<Breakdown> breakdown = {};
  TimeRange time = {};
  std::optional<Unit> interval = {};
  std::optional<std::string> compare_to = {};  // "-1w", "-1m", ...
  std::optional<std::string> state = {};       // Of flags and errors.
  std::optional<std::string> order = {};
  std::optional<ObjectRef> object = {};
  std::optional<std::string> search = {};
  std::optional<int> limit = {};
  // Keep only the flags that are rolled out to at least that share, 0 to 100.
  std::optional<int> minimum_rollout = {};
  bool total = false;     // One number instead of a series over time.
  bool as_table = false;  // Rows are wanted, not a drawing.
  bool by_query = false;  // The user asked to run "a query": use query-run.
  std::optional<std::string> sql = {};  // Passed through, as typed.
  std::vector<Assumption> assumptions = {};
};

inline constexpr int plan_version = 1;

// The canonical form: only what is set, no floats, "version" included.
json::Value to_json(const Plan& plan);
// Reads it back. Fails (usage) naming the member that is wrong.
[[nodiscard]] Result<Plan> from_json(const json::Value& value);

// SHA-256 over the canonical JSON without the assumptions' words: equal plans
// have equal ids, however they came about.
std::string plan_id(const Plan& plan);

}  // namespace claribi::plan
