// SPDX-License-Identifier: MIT
// Who comes when, and how often they come back.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "demo/life.hpp"
#include "demo/random.hpp"

namespace claribi::demo {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;

// People come for two months before the data begin, so that the first day
// has regulars too.
constexpr int days_before = 60;

constexpr std::array<double, 7> weekday_factors = {0.45, 1.05, 1.15, 1.1,
                                                   1.05, 0.95, 0.5};  // Sunday.

// When in the day people come, by the hour, as running sums.
constexpr auto hours = [] {
  std::array<double, 24> sums = {1,  1,  1,  1,  1,  2,  4,  8,  14, 18, 20, 19,
                                 16, 18, 20, 19, 16, 13, 11, 10, 9,  7,  4,  2};
  for (size_t i = 1; i < sums.size(); ++i)
    sums[i] += sums[i - 1];
  return sums;
}();

}  // namespace

Population::Population(const Project& project, const DataSpec& spec,
                       Instant now)
    : project_(project),
      seed_(spec.seed),
      window_(data_window(spec.days, now)),
      taxonomy_(compile_taxonomy(
          project, window_,
          30.0 * static_cast<double>(spec.events) / (spec.days + 2))) {
  for (const size_t event : taxonomy_.once) {
    const auto& plan = taxonomy_.events[event];
    if (plan.needs) continue;
    known_share_ =
        known_share_ < 1 ? std::max(known_share_, plan.share) : plan.share;
  }
  lay_out_days(project, spec);
  let_people_arrive(spec);
}

void Population::lay_out_days(const Project& project, const DataSpec& spec) {
  const auto& zone = project.calendar.zone;
  auto local =
      std::chrono::floor<days>(zone.to_local(window_.from - days(days_before)));
  const double total = spec.days + 2 + days_before;
  double sum = 0;
  for (Instant at = zone.to_instant(local); at < window_.to;
       at = zone.to_instant(local)) {
    const std::chrono::weekday weekday(local);
    const double factor = weekday_factors[weekday.c_encoding()];
    const double growth =
        0.7 + (0.6 * static_cast<double>(day_starts_.size()) / total);
    day_starts_.push_back(at);
    day_factors_.push_back(factor);
    sum += factor * growth;
    day_arrivals_.push_back(sum);
    local += days(1);
  }
}

void Population::let_people_arrive(const DataSpec& spec) {
  for (size_t i = 0; i < project_.persons.size(); ++i) {
    for (const auto& id : project_.persons[i]["distinct_ids"].items()) {
      listed_ids_.insert(id.text_or(""));
    }
    const auto& properties = project_.persons[i]["properties"];
    const auto created = parse_instant(properties["created_at"].text_or(""));
    size_t day = (i * 7) % days_before;
    if (created && *created > day_starts_.front() && *created < window_.to) {
      const auto next = std::ranges::upper_bound(day_starts_, *created);
      day = static_cast<size_t>(next - day_starts_.begin()) - 1;
    }
    arrivals_.push_back({.day = day, .key = i, .listed = i});
  }
  const size_t listed = arrivals_.size();
  const double wanted = static_cast<double>(spec.events) - events_since(0);
  double level = std::max(0.0, wanted) / std::max(1.0, events_per_person()) /
                 day_arrivals_.back();
  arrive(level);
  // In a small population a few busy people weigh much: corrected by what
  // those who came really do.
  for (int round = 0; round < 2; ++round) {
    const double made = events_since(listed);
    if (made > 0) level *= std::clamp(wanted / made, 0.5, 2.0);
    arrivals_.resize(listed);
    arrive(level);
  }
}

void Population::arrive(double level) {
  for (size_t day = 0; day < day_starts_.size(); ++day) {
    const double weight =
        day_arrivals_[day] - (day == 0 ? 0 : day_arrivals_[day - 1]);
    // Keyed by the date: another "now" mostly meets the same people.
    const auto date =
        static_cast<uint64_t>(day_starts_[day].time_since_epoch().count());
    Random random{seed_, date};
    const auto count = static_cast<size_t>((level * weight) + random.unit());
    for (size_t i = 0; i < count; ++i) {
      arrivals_.push_back({.day = day, .key = random.next()});
    }
  }
}

double Population::events_since(size_t first) const {
  double events = 0;
  for (size_t i = first; i < arrivals_.size(); ++i) {
    events += events_of(rhythm(arrivals_[i]));
  }
  return events;
}

double Population::events_of(const Rhythm& rhythm) const {
  double events = 0;
  for (const auto& visit : rhythm.visits) {
    if (visit.start >= window_.from && visit.start < window_.to) {
      events += static_cast<double>(visit.events);
    }
  }
  return events;
}

double Population::events_per_person() const {
  constexpr size_t sample = 500;
  Random random{seed_, 0xe5};
  double events = 0;
  for (size_t i = 0; i < sample; ++i) {
    const size_t day = random.pick(day_arrivals_);
    events += events_of(rhythm({.day = day, .key = random.next()}));
  }
  return events / sample;
}

Population::Rhythm Population::rhythm(const Arrival& arrival) const {
  Random random{seed_, arrival.key, 1};
  Rhythm rhythm;
  rhythm.known = arrival.listed || random.chance(known_share_);
  const bool stays = arrival.listed || (rhythm.known && random.chance(0.35));
  const double eagerness = random.unit();
  const double rate =
      arrival.listed ? 0.4 : 0.08 + (0.5 * eagerness * eagerness);
  const double fading = rhythm.known ? 10.0 : 3.0;
  for (size_t day = arrival.day; day < day_starts_.size(); ++day) {
    const auto age = static_cast<double>(day - arrival.day);
    if (!stays && age > 6 * fading) break;
    const double today =
        rate * day_factors_[day] * (stays ? 0.9 : std::exp(-age / fading));
    if (age > 0 && !random.chance(today)) continue;
    const size_t visits = random.chance(0.2) ? 2 : 1;
    for (size_t i = 0; i < visits; ++i) {
      const auto hour = static_cast<double>(random.pick(hours));
      const auto into = milliseconds(
          static_cast<int64_t>((hour + random.unit()) * 3600.0 * 1000.0));
      const double length = random.exponential(rhythm.known ? 5.0 : 1.2);
      rhythm.visits.push_back(
          {.start = day_starts_[day] + into,
           .events = 1 + std::min<size_t>(40, static_cast<size_t>(length))});
    }
  }
  std::ranges::sort(rhythm.visits, {}, &Visit::start);
  // Nobody is in two sessions at once.
  for (size_t i = 1; i < rhythm.visits.size();) {
    auto& visit = rhythm.visits[i];
    const auto& before = rhythm.visits[i - 1];
    if (visit.start - before.start < std::chrono::hours(1)) {
      rhythm.visits.erase(rhythm.visits.begin() +
                          static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
  return rhythm;
}

}  // namespace claribi::demo
