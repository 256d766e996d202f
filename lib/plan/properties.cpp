// SPDX-License-Identifier: MIT
#include "plan/properties.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr size_t longest = 4;  // Words of a property.
// Mere likeness is not enough here: the words around are data too.
constexpr double least_score = 0.72;

// The longer of two that are meant for sure, else the surer one.
void keep_better(std::optional<FoundProperty>& best,
                 const std::optional<FoundProperty>& other) {
  if (!other) return;
  const bool sure = other->score >= reordered_score;
  if (!best || sure || other->score > best->score) best = other;
}

}  // namespace

Properties::Properties(const source::Schema& schema)
    : schema_(schema), names_(property_names(schema)) {
}

std::optional<FoundProperty> Properties::beginning_at(const Question& question,
                                                      size_t at) const {
  std::optional<FoundProperty> best;
  for (size_t size = 1; size <= longest; ++size) {
    if (at + size > question.tokens.size()) break;
    keep_better(best, exactly(question, {at, at + size}));
  }
  return best;
}

std::optional<FoundProperty> Properties::ending_at(const Question& question,
                                                   size_t end) const {
  std::optional<FoundProperty> best;
  for (size_t size = 1; size <= std::min(longest, end); ++size) {
    keep_better(best, exactly(question, {end - size, end}));
  }
  return best;
}

const source::PropertyInfo* Properties::named(std::string_view raw) const {
  const auto name = std::ranges::find(names_, raw, &Name::raw);
  return name == names_.end() ? nullptr : &schema_.properties[name->owner];
}

std::optional<FoundProperty> Properties::exactly(const Question& question,
                                                 Span span) const {
  if (span.begin >= span.end) return std::nullopt;
  for (size_t i = span.begin; i < span.end; ++i) {
    if (question.tokens[i].used) return std::nullopt;
  }
  const auto link = link_exactly(question, names_, span);
  if (!link || link->score() < least_score) return std::nullopt;
  // Of several that are meant alike the first synonym is the usual one.
  const bool clear = link->verdict == Verdict::sure ||
                     link->verdict == Verdict::doubtful ||
                     link->score() >= synonym_score;
  if (!clear) return std::nullopt;
  return FoundProperty{&schema_.properties[names_[link->best()].owner], span,
                       link->score()};
}

Owner owner_of(source::PropertyOwner owner) {
  switch (owner) {
    case source::PropertyOwner::event:
      return Owner::event;
    case source::PropertyOwner::person:
      return Owner::person;
    case source::PropertyOwner::session:
      return Owner::session;
  }
  std::unreachable();
}

void say_property(const Question& question, const FoundProperty& found,
                  Plan& plan) {
  if (found.score >= folded_score) return;
  const std::string words = text_of(question, found.span);
  assume(plan, "property", found.property->name,
         fmt::format("'{}' reads as property {}", words, found.property->name),
         found.score);
}

size_t skip_filler(const Question& question, size_t at) {
  while (at < question.tokens.size() && !question.tokens[at].used &&
         !question.tokens[at].quoted && is_filler(question.tokens[at])) {
    ++at;
  }
  return at;
}

bool names_event(const Question& question, const source::Schema& schema,
                 Span span) {
  const auto names = event_names(schema);
  const auto link = find_name(question, names, span);
  return link && link->span.begin == span.begin &&
         link->score() >= accept_score;
}

}  // namespace claribi::plan
