// SPDX-License-Identifier: MIT
#include "base/time_zone.hpp"

#include <exception>
#include <utility>

#include <date/tz.h>
#include <fmt/core.h>

namespace claribi {

struct TimeZone::Zone {
  const date::time_zone* zone = nullptr;
};

TimeZone TimeZone::utc() {
  return {"UTC", nullptr};
}

Result<TimeZone> TimeZone::named(std::string_view name) {
  if (name == "UTC") return utc();
  try {
    auto zone = std::make_shared<Zone>(Zone{date::locate_zone(name)});
    return TimeZone{std::string(name), std::move(zone)};
  } catch (const std::exception&) {
    return fail(ErrorKind::usage, fmt::format("unknown time zone '{}'", name),
                {"use an IANA name such as Europe/Berlin"});
  }
}

LocalTime TimeZone::to_local(Instant at) const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  if (!zone_) return LocalTime{seconds.time_since_epoch()};
  return LocalTime{zone_->zone->to_local(seconds).time_since_epoch()};
}

Instant TimeZone::to_instant(LocalTime local) const {
  if (!zone_) return Instant{local.time_since_epoch()};
  const date::local_seconds wall{local.time_since_epoch()};
  return zone_->zone->to_sys(wall, date::choose::earliest);
}

std::string format_date(LocalTime local) {
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(local)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string format_date_time(LocalTime local) {
  const std::chrono::hh_mm_ss time{
      local - std::chrono::floor<std::chrono::days>(local)};
  return fmt::format("{} {:02}:{:02}:{:02}", format_date(local),
                     time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace claribi
