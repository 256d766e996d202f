// SPDX-License-Identifier: MIT
// The people of a demo project and what each of them does. Pure: the same
// project, seed and day give the same lives.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "demo/project.hpp"
#include "demo/taxonomy.hpp"

namespace claribi::demo {

// How much is to be generated.
struct DataSpec {
  uint64_t seed = 1;
  int days = 180;
  uint64_t events = 200000;  // About so many in all.
};

struct LifeSession {
  std::string uuid;
  Instant start;
  Instant end;
  std::string properties;  // JSON.
};

struct LifeEvent {
  size_t event = 0;  // Its place in the project's list.
  Instant at;
  std::optional<size_t> session = {};  // Its place in Life::sessions.
  std::string properties;              // JSON.
};

// A feature flag as one person gets it.
struct LifeFlag {
  std::string key;
  std::string value;  // "true", "false" or a variant.
  Instant since;      // Events before it know nothing of it.

  [[nodiscard]] std::string json() const;
};

// What a person did in the window; events in order of time.
struct Life {
  std::string uuid;
  std::vector<std::string> distinct_ids = {};
  Instant created_at;
  Instant last_seen_at;
  std::string properties;  // JSON.
  std::vector<LifeSession> sessions = {};
  std::vector<LifeEvent> events = {};
  std::vector<LifeFlag> flags = {};
};

class Population {
 public:
  // The project must outlive it.
  Population(const Project& project, const DataSpec& spec, Instant now);

  // The persons that the description lists come first, the others in the
  // order in which they arrived.
  [[nodiscard]] size_t size() const { return arrivals_.size(); }
  [[nodiscard]] Life life(size_t person) const;
  [[nodiscard]] const Window& window() const { return window_; }

 private:
  struct Arrival {
    size_t day = 0;
    uint64_t key = 0;
    std::optional<size_t> listed = {};  // Its place in Project::persons.
  };
  struct Visit {
    Instant start;
    size_t events = 0;
  };
  // The rhythm of a life, without what happens in it.
  struct Rhythm {
    bool known = true;  // Not just a visitor.
    std::vector<Visit> visits = {};
  };
  class Telling;

  void lay_out_days(const Project& project, const DataSpec& spec);
  void let_people_arrive(const DataSpec& spec);
  void arrive(double level);
  [[nodiscard]] Rhythm rhythm(const Arrival& arrival) const;
  // Those in the window, without what happens once or on its own.
  [[nodiscard]] double events_of(const Rhythm& rhythm) const;
  // Of all arrivals from that place on.
  [[nodiscard]] double events_since(size_t first) const;
  [[nodiscard]] double events_per_person() const;  // By a sample.

  const Project& project_;
  std::set<std::string> listed_ids_ = {};
  uint64_t seed_;
  Window window_;
  Taxonomy taxonomy_;
  double known_share_ = 1;
  std::vector<Instant> day_starts_ = {};   // Local midnights.
  std::vector<double> day_factors_ = {};   // Weekly rhythm.
  std::vector<double> day_arrivals_ = {};  // Growth and rhythm, running sums.
  std::vector<Arrival> arrivals_ = {};
};

}  // namespace claribi::demo
