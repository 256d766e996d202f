// SPDX-License-Identifier: MIT
#include "plan/filters.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/comparisons.hpp"
#include "plan/properties.hpp"
#include "plan/slots.hpp"
#include "plan/value_filters.hpp"
#include "plan/values.hpp"

namespace claribi::plan {
namespace {

bool has_sign(std::string_view word) {
  return word.find_first_of("=<>") != std::string_view::npos;
}

// A value as it was said: one quoted text, a number, or words up to filler.
std::optional<std::pair<std::string, Span>> value_at(const Question& question,
                                                     size_t at,
                                                     std::string_view op) {
  const auto& tokens = question.tokens;
  if (at >= tokens.size() || tokens[at].used || is_separator(tokens[at])) {
    return std::nullopt;
  }
  if (is_numeric_op(op)) {
    const auto number = number_in(tokens[at]);
    if (!number) return std::nullopt;
    return std::pair{*number, Span{at, at + 1}};
  }
  size_t end = at + 1;
  const bool open = !tokens[at].quoted && !number_in(tokens[at]);
  while (open && end < tokens.size() && end < at + 3 && !tokens[end].used &&
         !tokens[end].quoted && !is_separator(tokens[end]) &&
         !is_filler(tokens[end]) && !tokens[end].cue) {
    ++end;
  }
  return std::pair{
      tokens[at].quoted ? tokens[at].text : text_of(question, {at, end}),
      Span{at, end}};
}

// The value as the project spells it.
std::string as_stored(const source::Schema& schema, std::string_view property,
                      const std::string& said) {
  for (const auto& known : schema.values) {
    if (known.property == property && lower(known.value) == lower(said)) {
      return known.value;
    }
  }
  return said;
}

void add_filter(Question& question, const FoundProperty& found,
                std::string_view op, std::string value, Plan& plan) {
  say_property(question, found, plan);
  put_filter(plan, {.on = owner_of(found.property->owner),
                    .property = found.property->name,
                    .op = std::string(op),
                    .values = {std::move(value)}});
}

// "plan = pro", "amount > 100": a sign always means a filter.
Result<void> take_signs(Question& question, const Properties& properties,
                        Plan& plan) {
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    const Token& token = question.tokens[at];
    if (token.used || token.quoted || !has_sign(token.text) ||
        token.text == "->") {
      continue;
    }
    const auto compared = operator_at(question, at);
    if (!compared) continue;
    const auto found = properties.ending_at(question, at);
    if (!found) {
      const size_t begin = at == 0 ? 0 : at - 1;
      return no_such(property_kind, text_of(question, {begin, at}),
                     properties.names());
    }
    const auto value = value_at(question, at + 1, compared->first);
    if (!value) {
      return fail(
          ErrorKind::needs_clarification,
          fmt::format("'{}' is compared with nothing that can be read",
                      found->property->name),
          {fmt::format("give a {}: \"where {} {} {}\"",
                       is_numeric_op(compared->first) ? "number" : "value",
                       in_question(found->property->name), token.text,
                       is_numeric_op(compared->first) ? "100" : "x")});
    }
    add_filter(question, *found, compared->first, value->first, plan);
    take(question, {found->span.begin, value->second.end});
  }
  return {};
}

constexpr std::string_view lead_words =
    "where|=with|=without|=excluding|=except|whose|=from|=on|=for|=in|=using|="
    "having|=and|=when|=not|=via|=whos";

// "where plan is pro", "from country Germany", "with amount over 100".
bool take_led(Question& question, const source::Schema& schema,
              const Properties& properties, size_t lead, Plan& plan) {
  const size_t at = skip_filler(question, lead + 1);
  const auto found = properties.beginning_at(question, at);
  if (!found) return false;
  const auto compared = operator_at(question, found->span.end);
  const size_t value_begin = compared ? compared->second.end : found->span.end;
  const std::string_view op = compared ? compared->first : "exact";
  const auto value = value_at(question, value_begin, op);
  if (!value) return false;
  // Side by side they must be the property's own words, and no event's.
  if (!compared && (found->score < synonym_score ||
                    is_filler(question.tokens[value_begin]) ||
                    names_event(question, schema, {at, value->second.end}))) {
    return false;
  }
  const bool excluded =
      words_at(question, "=without|=excluding|=except", lead).has_value();
  add_filter(question, *found, excluded && op == "exact" ? "is_not" : op,
             as_stored(schema, found->property->name, value->first), plan);
  take(question, {lead, value->second.end});
  return true;
}

// "on the pro plan": the value before its property. "From upgraded plan" is
// none when that is an event.
bool take_value_first(Question& question, const source::Schema& schema,
                      const Properties& properties, size_t lead, Plan& plan) {
  const size_t begin = skip_filler(question, lead + 1);
  for (size_t size = 1; size <= 3; ++size) {
    const size_t at = begin + size;
    if (at >= question.tokens.size()) return false;
    const Token& value = question.tokens[at - 1];
    if (value.used || is_separator(value) || is_filler(value)) return false;
    const auto found = properties.beginning_at(question, at);
    if (!found || found->score < reordered_score) continue;
    if (names_event(question, schema, {begin, found->span.end})) return false;
    const bool excluded =
        words_at(question, "=without|=excluding|=except|=not", lead)
            .has_value();
    add_filter(question, *found, excluded ? "is_not" : "exact",
               as_stored(schema, found->property->name,
                         text_of(question, {begin, at})),
               plan);
    take(question, {lead, found->span.end});
    return true;
  }
  return false;
}

// "Chrome pageviews", "from Germany".
void take_builtin_values(Question& question, const Properties& properties,
                         Plan& plan) {
  for (auto found = find_builtin_value(question); found;
       found = find_builtin_value(question, found->span.end)) {
    const auto* property = properties.named(found->value.property);
    if (property == nullptr) continue;
    const bool excluded = found->span.begin > 0 &&
                          words_at(question, "=excluding|=except|=without|=not",
                                   found->span.begin - 1);
    const std::string words = text_of(question, found->span);
    assume(plan, "filter",
           fmt::format("{} = {}", found->value.property, found->value.value),
           fmt::format("'{}' reads as a value of {}", words,
                       found->value.property),
           synonym_score);
    add_filter(question, {property, found->span, exact_score},
               excluded ? "is_not" : "exact", std::string(found->value.value),
               plan);
    take(question,
         excluded ? Span{found->span.begin - 1, found->span.end} : found->span);
  }
}

}  // namespace

Result<void> take_filters(Question& question, const source::Schema& schema,
                          Plan& plan) {
  const Properties properties(schema);
  CLARIBI_TRY(take_signs(question, properties, plan));
  if (properties.empty()) return {};
  // Before names: "pricing" is a page here and no price.
  take_pages(question, schema, plan);
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (question.tokens[at].used || !words_at(question, lead_words, at)) {
      continue;
    }
    if (!take_led(question, schema, properties, at, plan)) {
      take_value_first(question, schema, properties, at, plan);
    }
  }
  CLARIBI_TRY(take_values(question, schema, plan));
  take_builtin_values(question, properties, plan);
  return take_comparisons(question, schema, plan);
}

void put_filter(Plan& plan, Filter filter) {
  for (Filter& known : plan.filters) {
    const bool lists = known.op == "exact" || known.op == "is_not";
    if (known.property != filter.property || known.op != filter.op || !lists) {
      continue;
    }
    for (std::string& value : filter.values) {
      if (std::ranges::find(known.values, value) == known.values.end()) {
        known.values.push_back(std::move(value));
      }
    }
    return;
  }
  plan.filters.push_back(std::move(filter));
}

}  // namespace claribi::plan
