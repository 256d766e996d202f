// SPDX-License-Identifier: MIT
#include "base/clock.hpp"

#include <cctype>
#include <optional>

#include <fmt/core.h>

namespace claribi {
namespace {

// Reads fixed-width fields from the front of a text.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> digits(size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  // A decimal fraction of a second, any number of digits, in milliseconds.
  std::optional<int> fraction() {
    int millis = 0;
    int scale = 100;
    size_t seen = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      millis += (rest_.front() - '0') * scale;
      scale /= 10;
      rest_.remove_prefix(1);
      ++seen;
    }
    return seen == 0 ? std::nullopt : std::optional(millis);
  }

 private:
  std::string_view rest_;
};

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

std::optional<std::chrono::sys_days> read_date(FieldReader& in) {
  auto year = in.digits(4);
  if (!year || !in.take('-')) return std::nullopt;
  auto month = in.digits(2);
  if (!month || !in.take('-')) return std::nullopt;
  auto day = in.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year{*year},
      std::chrono::month{static_cast<unsigned>(*month)},
      std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

std::optional<milliseconds> read_time(FieldReader& in) {
  auto hour = in.digits(2);
  if (!hour || *hour > 23 || !in.take(':')) return std::nullopt;
  auto minute = in.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  milliseconds time = hours{*hour} + minutes{*minute};
  if (!in.take(':')) return time;
  auto second = in.digits(2);
  if (!second || *second > 59) return std::nullopt;
  time += std::chrono::seconds{*second};
  if (in.take('.')) {
    auto fraction = in.fraction();
    if (!fraction) return std::nullopt;
    time += milliseconds{*fraction};
  }
  return time;
}

// "Z", "+05:30", "-0800" or nothing: how far the wall time is ahead of UTC.
std::optional<milliseconds> read_offset(FieldReader& in) {
  if (in.done() || in.take('Z')) return milliseconds{0};
  const bool behind = in.take('-');
  if (!behind && !in.take('+')) return std::nullopt;
  auto hour = in.digits(2);
  if (!hour || *hour > 23) return std::nullopt;
  (void)in.take(':');
  auto minute = in.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  const milliseconds offset = hours{*hour} + minutes{*minute};
  return behind ? -offset : offset;
}

std::optional<Instant> read_instant(std::string_view text) {
  FieldReader in(text);
  auto date = read_date(in);
  if (!date) return std::nullopt;
  if (in.done()) return Instant{*date};
  if (!in.take('T') && !in.take(' ')) return std::nullopt;
  auto time = read_time(in);
  if (!time) return std::nullopt;
  auto offset = read_offset(in);
  if (!offset || !in.done()) return std::nullopt;
  return Instant{*date} + *time - *offset;
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<milliseconds>(
      std::chrono::system_clock::now());
}

std::string format_instant(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{
      std::chrono::floor<std::chrono::seconds>(at - day)};
  return fmt::format(
      "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      time.hours().count(), time.minutes().count(), time.seconds().count());
}

Result<Instant> parse_instant(std::string_view text) {
  if (auto at = read_instant(text)) return *at;
  return fail(ErrorKind::usage,
              fmt::format("'{}' is not an ISO date or time", text),
              {"write it like 2026-11-18 or 2026-11-18T10:30:00Z"});
}

}  // namespace claribi
