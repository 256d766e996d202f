// SPDX-License-Identifier: MIT
// Dashboards: all of them, and one with its tiles.
#include <array>
#include <string_view>

#include "plan/frames/named_objects.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 4> list_cues{{
    {"=dashboards", 4.0},
    {"dashboard", 2.0},
    {"=which|=what|=list|=all|=exist|=any", 0.7},
    {"=how =many =dashboards", 1.0},
}};

constexpr std::array<Cue, 4> one_cues{{
    {"=dashboard", 6.5},
    {"dashboard view|viewed|create|created|open|opened|event", -4.0},
    {"=dashboards", -3.0},
    {"=list|=all|=exist|=any", -1.0},
}};

constexpr std::string_view list_tool = "dashboards-get-all";
constexpr ObjectLookup lookup{&dashboard_kind, &source::Schema::dashboards,
                              "dashboard-get"};

}  // namespace

const Frame dashboards_frame{
    .name = "dashboards",
    .example = "What dashboards exist?",
    .cues = list_cues,
    .grained = -1.0,
    .fill = fill_nothing,
    .next_calls = call_list<list_tool>,
};

const Frame dashboard_frame{
    .name = "dashboard",
    .example = "Show me the activation dashboard",
    .cues = one_cues,
    .needs = {.dashboards = true},
    .grained = -1.0,
    .fill = fill_object<lookup>,
    .next_calls = call_object<lookup>,
};

}  // namespace claribi::plan
