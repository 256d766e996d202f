// SPDX-License-Identifier: MIT
#include "demo/activity.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::demo {

namespace {

constexpr QueryLimits limits{.rows = 5000000};

int64_t count_ms(Instant at) {
  return at.time_since_epoch().count();
}

// As rows of b(i, lo, hi). One range of the index is read for each.
std::string buckets_sql(const std::vector<Bucket>& buckets, Instant now) {
  std::string rows;
  for (size_t i = 0; i < buckets.size(); ++i) {
    const Instant end =
        std::min(buckets[i].end, now + std::chrono::milliseconds{1});
    rows += fmt::format("{}({},{},{})", i == 0 ? "" : ",", i,
                        count_ms(buckets[i].start), count_ms(end));
  }
  return fmt::format("WITH b(i,lo,hi) AS (VALUES {})", rows);
}

}  // namespace

Result<std::vector<Activity>> read_activity(
    const World& world, const std::string& condition,
    const Parameters& parameters, const std::vector<Bucket>& buckets) {
  std::vector<Activity> activity;
  if (buckets.empty()) return activity;
  const std::string sql = fmt::format(
      "{} SELECT e.person, b.i, count(*) FROM b CROSS JOIN events e "
      "WHERE e.timestamp>=b.lo AND e.timestamp<b.hi AND {} "
      "GROUP BY 1, 2 ORDER BY 1, 2",
      buckets_sql(buckets, world.moment.now), condition);
  CLARIBI_TRY_ASSIGN(const Rows rows,
                     world.store.query(sql, parameters.used_in(sql), limits));
  activity.reserve(rows.rows.size());
  for (const auto& row : rows.rows) {
    activity.push_back({.person = integer_in(row[0]),
                        .bucket = static_cast<size_t>(integer_in(row[1])),
                        .count = integer_in(row[2])});
  }
  return activity;
}

int64_t integer_in(const Cell& cell) {
  const auto* integer = std::get_if<int64_t>(&cell);
  return integer == nullptr ? 0 : *integer;
}

}  // namespace claribi::demo
