// SPDX-License-Identifier: MIT
// Properties where a question speaks of them: what breakdowns and filters
// share.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plan/link.hpp"
#include "plan/plan.hpp"
#include "plan/question.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

// A property of the schema with where its words stand.
struct FoundProperty {
  const source::PropertyInfo* property = nullptr;
  Span span;
  double score = 0.0;
};

// The properties of a schema, to be found by words at a given place. Keeps a
// reference to the schema.
class Properties {
 public:
  explicit Properties(const source::Schema& schema);

  [[nodiscard]] bool empty() const { return names_.empty(); }
  [[nodiscard]] const std::vector<Name>& names() const { return names_; }

  // The property whose words begin at that token.
  [[nodiscard]] std::optional<FoundProperty> beginning_at(
      const Question& question, size_t at) const;
  // The property whose words end right before that token.
  [[nodiscard]] std::optional<FoundProperty> ending_at(const Question& question,
                                                       size_t end) const;
  // The property of that very name, or null.
  [[nodiscard]] const source::PropertyInfo* named(std::string_view raw) const;

 private:
  // The property that the words of the span mean, all of them.
  [[nodiscard]] std::optional<FoundProperty> exactly(const Question& question,
                                                     Span span) const;

  const source::Schema& schema_;
  std::vector<Name> names_;
};

Owner owner_of(source::PropertyOwner owner);

// Assumes aloud that the words mean the property, unless they are its name.
void say_property(const Question& question, const FoundProperty& found,
                  Plan& plan);

// The first token from `at` on that is used or no filler.
size_t skip_filler(const Question& question, size_t at);

// Whether the span begins with the name of an event.
bool names_event(const Question& question, const source::Schema& schema,
                 Span span);

}  // namespace claribi::plan
