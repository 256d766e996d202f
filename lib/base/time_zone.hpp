// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace claribi {

// Wall time in some zone, without the zone.
using LocalTime = std::chrono::local_time<std::chrono::seconds>;
using LocalDays = std::chrono::local_days;

// A zone of the IANA database. Copies are cheap. The database is read when a
// zone other than UTC is first asked for.
class TimeZone {
 public:
  static TimeZone utc();

  // Fails (usage) for a name that the database does not have.
  [[nodiscard]] static Result<TimeZone> named(std::string_view name);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] LocalTime to_local(Instant at) const;

  // A wall time that a daylight-saving change skips becomes the first moment
  // after it; one that happens twice becomes the earlier.
  [[nodiscard]] Instant to_instant(LocalTime local) const;

 private:
  struct Zone;
  TimeZone(std::string name, std::shared_ptr<const Zone> zone)
      : name_(std::move(name)), zone_(std::move(zone)) {}

  std::string name_;
  std::shared_ptr<const Zone> zone_;  // Null for UTC.
};

// "2026-11-18" and "2026-11-18 10:30:00".
std::string format_date(LocalTime local);
std::string format_date_time(LocalTime local);

}  // namespace claribi
