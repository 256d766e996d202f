// SPDX-License-Identifier: MIT
#include "plan/filters.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"
#include "plan/values.hpp"

namespace claribi::plan {
namespace {

constexpr size_t most_breakdowns = 3;  // PostHog's bound.

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

// A property of the schema with where its words stand.
struct Found {
  const source::PropertyInfo* property = nullptr;
  Span span;
  double score = 0.0;
};

size_t skip_filler(const Question& question, size_t at) {
  while (at < question.tokens.size() && !question.tokens[at].used &&
         !question.tokens[at].quoted && is_filler(question.tokens[at])) {
    ++at;
  }
  return at;
}

class Properties {
 public:
  explicit Properties(const source::Schema& schema)
      : schema_(schema), names_(property_names(schema)) {}

  [[nodiscard]] bool empty() const { return names_.empty(); }
  [[nodiscard]] const std::vector<Name>& names() const { return names_; }

  // The property whose words begin at that token.
  [[nodiscard]] std::optional<Found> beginning_at(const Question& question,
                                                  size_t at) const {
    for (size_t size = 4; size >= 1; --size) {
      const Span span{at, std::min(at + size, question.tokens.size())};
      if (span.size() < size) continue;
      if (auto found = exactly(question, span)) return found;
    }
    return std::nullopt;
  }

  // The property whose words end right before that token.
  [[nodiscard]] std::optional<Found> ending_at(const Question& question,
                                               size_t end) const {
    for (size_t size = std::min<size_t>(4, end); size >= 1; --size) {
      if (auto found = exactly(question, {end - size, end})) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] const source::PropertyInfo* named(std::string_view raw) const {
    const auto name = std::ranges::find(names_, raw, &Name::raw);
    return name == names_.end() ? nullptr : &schema_.properties[name->owner];
  }

 private:
  // The property that the words of the span mean, all of them.
  [[nodiscard]] std::optional<Found> exactly(const Question& question,
                                             Span span) const {
    if (span.begin >= span.end) return std::nullopt;
    for (size_t i = span.begin; i < span.end; ++i) {
      if (question.tokens[i].used) return std::nullopt;
    }
    const auto link = link_exactly(question, names_, span);
    if (!link) return std::nullopt;
    // Of several that are meant alike the first synonym is the usual one.
    const bool clear = link->verdict == Verdict::sure ||
                       link->verdict == Verdict::doubtful ||
                       link->score() >= synonym_score;
    if (!clear) return std::nullopt;
    return Found{&schema_.properties[names_[link->best()].owner], span,
                 link->score()};
  }

  const source::Schema& schema_;
  std::vector<Name> names_;
};

void say_property(const Question& question, const Found& found, Plan& plan) {
  if (found.score >= folded_score) return;
  const std::string words = text_of(question, found.span);
  assume(plan, "property", found.property->name,
         fmt::format("'{}' reads as property {}", words, found.property->name),
         found.score);
}

void add_breakdown(Question& question, const Found& found, Plan& plan) {
  say_property(question, found, plan);
  take(question, found.span);
  plan.breakdown.push_back({.on = owner_of(found.property->owner),
                            .property = found.property->name});
}

bool names_event(const Question& question, const source::Schema& schema,
                 Span span) {
  const auto names = event_names(schema);
  const auto link = find_name(question, names, span);
  return link && link->span.begin == span.begin &&
         link->score() >= accept_score;
}

// "by browser and country": the words after "by", one property after another.
Result<void> take_after_by(Question& question, const source::Schema& schema,
                           const Properties& properties, size_t by,
                           Plan& plan) {
  size_t at = skip_filler(question, by + 1);
  bool any = false;
  while (plan.breakdown.size() < most_breakdowns) {
    const auto found = properties.beginning_at(question, at);
    if (!found) break;
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

struct Operator {
  std::string_view words;
  std::string_view op;
};
// The longer words first.
constexpr std::array<Operator, 27> operators{{
    {"=is =not", "is_not"},
    {"=not =equal =to", "is_not"},
    {"=does =not =contain", "not_icontains"},
    {"contains|=containing", "icontains"},
    {"=is =greater|=more|=higher =than", "gt"},
    {"=greater|=more|=higher|=bigger|=larger =than", "gt"},
    {"=is =less|=lower|=smaller =than", "lt"},
    {"=less|=lower|=smaller =than", "lt"},
    {"=is =over|=above", "gt"},
    {"=is =under|=below", "lt"},
    {"=at =least", "gte"},
    {"=at =most", "lte"},
    {"=over|=above", "gt"},
    {"=under|=below", "lt"},
    {"=equals|=equal =to", "exact"},
    {"=equals", "exact"},
    {"=is", "exact"},
    {"=of", "exact"},
    {"=not", "is_not"},
    {"!=", "is_not"},
    {">=", "gte"},
    {"<=", "lte"},
    {">", "gt"},
    {"<", "lt"},
    {"=", "exact"},
    {"=like", "icontains"},
    {"=starting =with", "icontains"},
}};

bool is_sign(std::string_view word) {
  return word.find_first_of("=<>") != std::string_view::npos;
}

std::optional<std::pair<std::string_view, Span>> operator_at(
    const Question& question, size_t at) {
  if (at >= question.tokens.size() || question.tokens[at].used) {
    return std::nullopt;
  }
  const std::string& text = question.tokens[at].text;
  for (const auto& row : operators) {
    const bool sign = is_sign(text) && !question.tokens[at].quoted;
    if (sign ? text == row.words
             : words_at(question, row.words, at).has_value()) {
      const size_t size = sign ? 1 : words_at(question, row.words, at)->size();
      return std::pair{row.op, Span{at, at + size}};
    }
  }
  return std::nullopt;
}

bool is_numeric_op(std::string_view op) {
  return op == "gt" || op == "gte" || op == "lt" || op == "lte";
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

void add_filter(Question& question, const Found& found, std::string_view op,
                std::string value, Plan& plan) {
  say_property(question, found, plan);
  for (auto& filter : plan.filters) {
    if (filter.property == found.property->name && filter.op == op &&
        op == "exact") {
      filter.values.push_back(std::move(value));
      return;
    }
  }
  plan.filters.push_back({.on = owner_of(found.property->owner),
                          .property = found.property->name,
                          .op = std::string(op),
                          .values = {std::move(value)}});
}

// "plan = pro", "amount > 100": a sign always means a filter.
Result<void> take_signs(Question& question, const Properties& properties,
                        Plan& plan) {
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    const Token& token = question.tokens[at];
    if (token.used || token.quoted || !is_sign(token.text) ||
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
    "where|=with|whose|=from|=on|=for|=in|=using|=having|=and|=when";

// "where plan is pro", "from country Germany", "with amount over 100".
bool take_led(Question& question, const Properties& properties, size_t lead,
              Plan& plan) {
  const size_t at = skip_filler(question, lead + 1);
  const auto found = properties.beginning_at(question, at);
  if (!found) return false;
  const auto compared = operator_at(question, found->span.end);
  const size_t value_begin = compared ? compared->second.end : found->span.end;
  const std::string_view op = compared ? compared->first : "exact";
  const auto value = value_at(question, value_begin, op);
  if (!value) return false;
  if (!compared && (is_filler(question.tokens[value_begin]))) return false;
  add_filter(question, *found, op, value->first, plan);
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
    add_filter(question, *found, "exact", text_of(question, {begin, at}), plan);
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

Result<void> take_filters(Question& question, const source::Schema& schema,
                          Plan& plan) {
  const Properties properties(schema);
  CLARIBI_TRY(take_signs(question, properties, plan));
  if (properties.empty()) return {};
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (question.tokens[at].used || !words_at(question, lead_words, at)) {
      continue;
    }
    if (!take_led(question, properties, at, plan)) {
      take_value_first(question, schema, properties, at, plan);
    }
  }
  take_builtin_values(question, properties, plan);
  return {};
}

}  // namespace claribi::plan
