// SPDX-License-Identifier: MIT
// Every frame, each defined in the file of its family. frames.cpp puts them
// into the table.
#pragma once

#include "plan/frames.hpp"

namespace claribi::plan {

extern const Frame sql_frame;
extern const Frame docs_frame;
extern const Frame schema_frame;
extern const Frame active_users_frame;
extern const Frame ratio_frame;
extern const Frame funnel_frame;
extern const Frame retention_frame;
extern const Frame lifecycle_frame;
extern const Frame stickiness_frame;
extern const Frame paths_frame;
extern const Frame number_frame;
extern const Frame trend_frame;
extern const Frame errors_frame;
extern const Frame recordings_frame;
extern const Frame flag_effect_frame;
extern const Frame flags_frame;
extern const Frame flag_frame;
extern const Frame dashboards_frame;
extern const Frame dashboard_frame;
extern const Frame insights_frame;
extern const Frame insight_frame;
extern const Frame cohorts_frame;
extern const Frame cohort_frame;
extern const Frame people_frame;
extern const Frame person_frame;

}  // namespace claribi::plan
