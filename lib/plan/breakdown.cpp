// SPDX-License-Identifier: MIT
#include "plan/breakdown.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "plan/properties.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

constexpr size_t most_breakdowns = 3;  // PostHog's bound.

void add_breakdown(Question& question, const FoundProperty& found, Plan& plan) {
  say_property(question, found, plan);
  take(question, found.span);
  plan.breakdown.push_back({.on = owner_of(found.property->owner),
                            .property = found.property->name});
}

// "Top countries by signups": the words can be both, and are surer an event.
bool names_event_better(const Question& question, const source::Schema& schema,
                        const FoundProperty& found) {
  const auto names = event_names(schema);
  const size_t end = std::min(question.tokens.size(), found.span.begin + 5);
  const auto link = find_name(question, names, {found.span.begin, end});
  if (!link || link->span.begin != found.span.begin) return false;
  const bool longer = link->span.size() > found.span.size();
  return link->score() > found.score ||
         (longer && link->score() >= synonym_score);
}

// "by browser and country": the words after "by", one property after another.
Result<void> take_after_by(Question& question, const source::Schema& schema,
                           const Properties& properties, size_t by,
                           Plan& plan) {
  size_t at = skip_filler(question, by + 1);
  bool any = false;
  while (plan.breakdown.size() < most_breakdowns) {
    const auto found = properties.beginning_at(question, at);
    if (!found || names_event_better(question, schema, *found)) break;
    add_breakdown(question, *found, plan);
    any = true;
    at = found->span.end;
    if (!words_at(question, "and|,", at)) break;
    at = skip_filler(question, at + 1);
  }
  const Span rest = unread(question, {at, question.tokens.size()});
  const bool follows = rest.size() > 0 && rest.begin == at;
  const bool must = words_at(question, "=by|across", by).has_value();
  if (any || !follows || !must || names_event(question, schema, rest)) {
    return {};
  }
  return no_such(property_kind, text_of(question, rest), properties.names());
}

// "top 5 countries", "top browsers", "which browser".
void take_top(Question& question, const Properties& properties, Plan& plan) {
  auto lead = find_words(question, "=most =common|=popular");
  if (!lead) lead = find_words(question, "top|=which");
  if (!lead || question.tokens[lead->begin].used) return;
  size_t at = lead->end;
  const auto count = at < question.tokens.size() ? count_in(question.tokens[at])
                                                 : std::nullopt;
  if (count) ++at;
  const auto found =
      properties.beginning_at(question, skip_filler(question, at));
  if (!found) return;
  add_breakdown(question, *found, plan);
  take(question, {lead->begin, at});
  if (count && *count > 0) plan.limit = count;
  plan.total = true;
}

}  // namespace

Result<void> take_breakdown(Question& question, const source::Schema& schema,
                            Plan& plan) {
  const Properties properties(schema);
  if (!properties.empty()) take_top(question, properties, plan);
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (question.tokens[at].used ||
        !words_at(question, "=by|=per|across|=each", at)) {
      continue;
    }
    CLARIBI_TRY(take_after_by(question, schema, properties, at, plan));
  }
  return {};
}

}  // namespace claribi::plan
