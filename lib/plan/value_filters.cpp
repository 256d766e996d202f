// SPDX-License-Identifier: MIT
#include "plan/value_filters.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/event_links.hpp"
#include "plan/filters.hpp"
#include "plan/link.hpp"
#include "plan/properties.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using source::ValueInfo;

constexpr size_t longest_value = 3;  // In words.
constexpr std::string_view excluding_words =
    "=excluding|=except|=without|=not|=exclude|=minus|=but|=non|=ignoring";

bool is_free_word(const Token& token) {
  return !token.used && !is_separator(token) && !is_filler(token);
}

bool says(std::string_view words, std::string_view value) {
  const std::string said = lower(words);
  const std::string stored = lower(value);
  return said == stored || said == stored + "s" ||
         (said.size() > 4 && stem(said) == stem(stored) &&
          said[0] == stored[0]);
}

// The values that those words are.
std::vector<const ValueInfo*> values_said(const Question& question, Span span,
                                          const source::Schema& schema) {
  std::vector<const ValueInfo*> said;
  const std::string words = span.size() == 1 ? question.tokens[span.begin].text
                                             : text_of(question, span);
  for (const ValueInfo& value : schema.values) {
    if (says(words, value.value)) said.push_back(&value);
  }
  return said;
}

bool is_on_any(const ValueInfo& value,
               const std::vector<const source::EventInfo*>& events) {
  return events.empty() || std::ranges::any_of(events, [&](const auto* event) {
           return std::ranges::find(value.events, event->name) !=
                  value.events.end();
         });
}

// Of several properties with that value those of the events that are meant;
// one of the event goes before one of the person.
void keep_likely(std::vector<const ValueInfo*>& values,
                 const std::vector<const source::EventInfo*>& events) {
  std::erase_if(values, [&](const ValueInfo* value) {
    return !is_on_any(*value, events);
  });
  const auto of_event = [](const ValueInfo* value) {
    return value->owner == source::PropertyOwner::event;
  };
  if (std::ranges::none_of(values, of_event)) return;
  std::erase_if(values,
                [&](const ValueInfo* value) { return !of_event(value); });
}

bool is_excluded(const Question& question, size_t at) {
  for (size_t back = 1; back <= 3 && back <= at; ++back) {
    if (words_at(question, excluding_words, at - back)) return true;
    const Token& token = question.tokens[at - back];
    if (!is_filler(token) || token.quoted) return false;
  }
  return false;
}

std::unexpected<Error> of_several(const Question& question, Span span,
                                  const std::vector<const ValueInfo*>& values) {
  std::vector<std::string> readings;
  for (const ValueInfo* value : values) {
    const Token& first = question.tokens[span.begin];
    const Token& last = question.tokens[span.end - 1];
    std::string text = question.text;
    text.replace(first.at, last.at + last.length - first.at, "");
    text += fmt::format(" where {} = {}", in_question(value->property),
                        in_question(value->value));
    readings.push_back(std::move(text));
  }
  return unclear(fmt::format("'{}' is a value of several properties",
                             text_of(question, span)),
                 readings, "property");
}

// Of more than one value of one property the text that was said exactly.
void keep_one_each(std::vector<const ValueInfo*>& values) {
  std::vector<const ValueInfo*> kept;
  for (const ValueInfo* value : values) {
    const bool known = std::ranges::any_of(kept, [&](const auto* other) {
      return other->property == value->property && other->owner == value->owner;
    });
    if (!known) kept.push_back(value);
  }
  values = std::move(kept);
}

// The words of events are no values: "free trial started" of an event of that
// name.
bool is_in_event(const Question& question, Span span,
                 const std::vector<Name>& names) {
  const size_t begin = span.begin > 2 ? span.begin - 3 : 0;
  const size_t end = std::min(question.tokens.size(), span.end + 3);
  const auto link = find_name(question, names, {begin, end});
  return link && link->score() >= contained_floor &&
         link->span.begin <= span.begin && link->span.end >= span.end;
}

// The property's own name beside its value belongs to the filter: "the outdoor
// category".
Span with_property(const Question& question, const Properties& properties,
                   Span span, std::string_view property) {
  if (const auto after = properties.beginning_at(question, span.end);
      after && after->property->name == property) {
    return {span.begin, after->span.end};
  }
  if (const auto before = properties.ending_at(question, span.begin);
      before && before->property->name == property) {
    return {before->span.begin, span.end};
  }
  return span;
}

Result<bool> take_value(Question& question, Span span,
                        const std::vector<const source::EventInfo*>& events,
                        const source::Schema& schema, Plan& plan) {
  auto values = values_said(question, span, schema);
  keep_likely(values, events);
  keep_one_each(values);
  if (values.empty()) return false;
  if (values.size() > 1) return of_several(question, span, values);
  const ValueInfo& value = *values.front();
  const bool excluded = is_excluded(question, span.begin);
  assume(plan, "filter",
         fmt::format("{} {} {}", value.property, excluded ? "is not" : "=",
                     value.value),
         fmt::format("'{}' is a value of {}", text_of(question, span),
                     value.property),
         synonym_score);
  put_filter(plan, {.on = owner_of(value.owner),
                    .property = value.property,
                    .op = excluded ? "is_not" : "exact",
                    .values = {value.value}});
  take(question,
       with_property(question, Properties(schema), span, value.property));
  return true;
}

const source::PropertyInfo* property_of(const source::Schema& schema,
                                        std::string_view name) {
  const auto found =
      std::ranges::find(schema.properties, name, &source::PropertyInfo::name);
  return found == schema.properties.end() ? nullptr : &*found;
}

void add_page(Question& question, Span words, Span all, Plan& plan,
              std::string_view property, double score) {
  const bool excluded = is_excluded(question, all.begin);
  const std::string part = lower(text_of(question, words));
  assume(plan, "filter",
         fmt::format("{} {} {}", property,
                     excluded ? "does not contain" : "contains", part),
         fmt::format("'{}' reads as a part of the address",
                     text_of(question, all)),
         score);
  put_filter(plan, {.property = std::string(property),
                    .op = excluded ? "not_icontains" : "icontains",
                    .values = {part}});
  take(question, all);
}

bool is_path(const Token& token) {
  return !token.used && token.text.size() > 1 && token.text.front() == '/';
}

}  // namespace

Result<void> take_values(Question& question, const source::Schema& schema,
                         Plan& plan) {
  if (schema.values.empty()) return {};
  const auto events = likely_events(question, schema);
  const auto names = event_names(schema);
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    for (size_t size = longest_value; size > 0; --size) {
      const Span span{at, at + size};
      if (span.end > question.tokens.size()) continue;
      bool free = true;
      for (size_t i = span.begin; i < span.end; ++i)
        free = free && is_free_word(question.tokens[i]);
      if (!free || is_in_event(question, span, names)) continue;
      CLARIBI_TRY_ASSIGN(const bool taken,
                         take_value(question, span, events, schema, plan));
      if (taken) break;
    }
  }
  return {};
}

void take_pages(Question& question, const source::Schema& schema, Plan& plan) {
  const auto* address = property_of(schema, "$current_url");
  if (address == nullptr) return;
  const auto names = event_names(schema);
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (is_path(question.tokens[at])) {
      add_page(question, {at, at + 1}, {at, at + 1}, plan, address->name, 0.85);
      continue;
    }
    const auto page = words_at(question, "=page|=pages", at);
    if (!page || at == 0 || question.tokens[at].used) continue;
    const Span words{at - 1, at};
    if (!is_free_word(question.tokens[at - 1]) || question.tokens[at - 1].cue ||
        is_in_event(question, {words.begin, page->end}, names)) {
      continue;
    }
    // "Pricing page views" is about an event.
    if (words_at(question, "view|visit|hit", page->end)) continue;
    add_page(question, words, {words.begin, page->end}, plan, address->name,
             0.85);
  }
}

}  // namespace claribi::plan
