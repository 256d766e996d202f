// SPDX-License-Identifier: MIT
#include "chart/stamp.hpp"

#include <array>
#include <charconv>
#include <system_error>

#include <fmt/core.h>

namespace claribi::chart {
namespace {

using std::chrono::floor;

// The unsigned number that fills the whole text.
std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<std::chrono::seconds> read_time(std::string_view text) {
  if (text.size() < 5 || text[2] != ':') return std::nullopt;
  const auto hours = digits(text.substr(0, 2));
  const auto minutes = digits(text.substr(3, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
}

std::chrono::year_month_day date_of(const Stamp& stamp) {
  return std::chrono::year_month_day{floor<std::chrono::days>(stamp.at)};
}

std::string clock_text(const Stamp& stamp) {
  const std::chrono::hh_mm_ss time{stamp.at -
                                   floor<std::chrono::days>(stamp.at)};
  return fmt::format("{:02}:{:02}", time.hours().count(),
                     time.minutes().count());
}

bool at_midnight(const Stamp& stamp) {
  return stamp.at == floor<std::chrono::days>(stamp.at);
}

std::string_view month_name(unsigned month) {
  static constexpr std::array<std::string_view, 12> names{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun",
      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return names.at(month - 1);
}

}  // namespace

std::optional<Stamp> read_stamp(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
      std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  const LocalTime midnight = LocalDays{date};
  if (text.size() == 10) return Stamp{midnight, false};
  if (text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto time = read_time(text.substr(11));
  if (!time) return std::nullopt;
  return Stamp{midnight + *time, true};
}

std::string stamp_text(const Stamp& stamp) {
  const std::string date = format_date(stamp.at);
  return stamp.has_time ? date + " " + clock_text(stamp) : date;
}

std::string stamp_short(const Stamp& stamp) {
  if (stamp.has_time && !at_midnight(stamp)) return clock_text(stamp);
  const auto date = date_of(stamp);
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  if (day != 1 || stamp.has_time) {
    return fmt::format("{} {}", month_name(month), day);
  }
  if (month != 1) return std::string(month_name(month));
  return fmt::format("{}", static_cast<int>(date.year()));
}

bool starts_a_unit(const Stamp& stamp) {
  if (stamp.has_time) return at_midnight(stamp);
  return static_cast<unsigned>(date_of(stamp).day()) == 1;
}

std::string stamp_utc(const Stamp& stamp) {
  if (!stamp.has_time) return format_date(stamp.at);
  return fmt::format("{}T{}:00Z", format_date(stamp.at), clock_text(stamp));
}

}  // namespace claribi::chart
