// SPDX-License-Identifier: MIT
// What the frames share: taking names out of a question, and saying aloud what
// the question left open.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "plan/link.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

void assume(Plan& plan, std::string_view slot, std::string value,
            std::string why, double score = 1.0);
// The last `count` units, if the question named no period.
void default_time(Plan& plan, Unit unit, int count);

std::vector<Name> event_names(const source::Schema& schema);
std::vector<Name> property_names(const source::Schema& schema);
// Those that the product itself sends, most frequent first, for examples; all
// of them if there are no others.
std::vector<std::string> example_events(const source::Schema& schema);
// By name and by key; both lead to the same object.
std::vector<Name> object_names(const std::vector<source::NamedObject>& objects);

// What a list of names is a list of: "event", "property", "flag", ...
struct NameKind {
  std::string_view word;
  std::string_view plural;
  std::string_view list_question;  // A question that lists them all.
};
extern const NameKind event_kind;
extern const NameKind property_kind;
extern const NameKind flag_kind;
extern const NameKind cohort_kind;
extern const NameKind dashboard_kind;

// Takes the best name within `within`. Assumes aloud what is not said in the
// very words; nothing if no words come near a name; fails
// (needs_clarification) if several names are meant alike.
[[nodiscard]] Result<std::optional<Name>> take_name(
    Question& question, const std::vector<Name>& names, const NameKind& kind,
    Plan& plan, Span within);

// The failures of a question whose words mean no name, or too many.
std::unexpected<Error> no_such(const NameKind& kind, std::string_view words,
                               const std::vector<Name>& names);
std::unexpected<Error> several(const Question& question, const Link& link,
                               const std::vector<Name>& names,
                               const NameKind& kind);
// The question says too little; `readings` are whole questions. `slot` is what
// it should have said.
std::unexpected<Error> unclear(std::string message,
                               const std::vector<std::string>& readings,
                               std::string_view slot = "event");

// The object of a question about one flag, cohort or dashboard.
[[nodiscard]] Result<void> take_object(
    Question& question, const std::vector<source::NamedObject>& objects,
    const NameKind& kind, Plan& plan);

// Says aloud which words of the question were not understood.
void admit_unread(Question& question, Plan& plan);

// A name for use inside a question: quoted if it has a space or a sign.
std::string in_question(std::string_view name);
// "signed_up (1,820 in 30 days)".
std::string with_volume(const Name& name);

// A number right after one of those words: "top 5", "first ten".
std::optional<int> take_count_after(Question& question, std::string_view words);

}  // namespace claribi::plan
