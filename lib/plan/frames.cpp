// SPDX-License-Identifier: MIT
#include "plan/frames.hpp"

#include <algorithm>
#include <array>

#include "plan/frames/rows.hpp"

namespace claribi::plan {

std::span<const Frame> frames() {
  static const auto table = std::to_array<Frame>(
      {sql_frame,         docs_frame,       schema_frame,    active_users_frame,
       ratio_frame,       funnel_frame,     retention_frame, lifecycle_frame,
       stickiness_frame,  paths_frame,      number_frame,    trend_frame,
       errors_frame,      recordings_frame, flags_frame,     flag_frame,
       flag_effect_frame, dashboards_frame, dashboard_frame, insights_frame,
       insight_frame,     cohorts_frame,    cohort_frame,    people_frame,
       person_frame});
  return table;
}

const Frame* find_frame(std::string_view name) {
  const auto table = frames();
  const auto row = std::ranges::find(table, name, &Frame::name);
  return row == table.end() ? nullptr : &*row;
}

}  // namespace claribi::plan
