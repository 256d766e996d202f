// SPDX-License-Identifier: MIT
// Cohorts: all of them, and one with its size.
#include <array>
#include <string_view>

#include "plan/frames/named_objects.hpp"
#include "plan/frames/rows.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr std::array<Cue, 4> list_cues{{
    {"=cohorts|=segments|=audiences", 4.0},
    {"cohort", 2.0},
    {"=which|=what|=list|=all|=exist|=any", 0.7},
    {"=how =many =cohorts", 1.0},
}};

constexpr std::array<Cue, 4> one_cues{{
    {"=cohort|=segment|=audience", 6.5},
    {"cohort view|viewed|create|created|open|opened|event", -4.0},
    {"=cohorts", -3.0},
    {"=list|=all|=exist|=any", -1.0},
}};

constexpr std::string_view list_tool = "cohorts-list";
constexpr ObjectLookup lookup{&cohort_kind, &source::Schema::cohorts,
                              "cohorts-retrieve"};

}  // namespace

const Frame cohorts_frame{
    .name = "cohorts",
    .example = "List user cohorts",
    .cues = list_cues,
    .grained = -1.0,
    .fill = fill_nothing,
    .next_calls = call_list<list_tool>,
};

const Frame cohort_frame{
    .name = "cohort",
    .example = "Show me the paying users cohort",
    .cues = one_cues,
    .needs = {.cohorts = true},
    .grained = -1.0,
    .fill = fill_object<lookup>,
    .next_calls = call_object<lookup>,
};

}  // namespace claribi::plan
