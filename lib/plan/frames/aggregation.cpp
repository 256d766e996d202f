// SPDX-License-Identifier: MIT
#include "plan/frames/aggregation.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/comparisons.hpp"
#include "plan/event_links.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

struct Aggregate {
  std::string_view words;
  Math math = Math::total;
  // "Total signups" counts; only "sum of" insists on a property.
  bool needs_property = true;
};
constexpr std::array<Aggregate, 17> aggregates{{
    {"=percentile =95", Math::p95},
    {"=percentile =90", Math::p90},
    {"=longest", Math::max, false},
    {"=shortest", Math::min, false},
    {"=95th percentile", Math::p95},
    {"=99th percentile", Math::p99},
    {"=90th percentile", Math::p90},
    {"=75th percentile", Math::p75},
    {"=p75", Math::p75},
    {"=p90", Math::p90},
    {"=p95", Math::p95},
    {"=p99", Math::p99},
    {"=median", Math::median},
    {"=max|=maximum|=highest|=largest|=biggest", Math::max, false},
    {"=min|=minimum|=lowest|=smallest", Math::min, false},
    {"=average|=avg|=mean", Math::avg, false},
    {"=sum|=total|=summed", Math::sum, false},
}};
constexpr std::string_view money_words =
    "revenue|=sales|income|earnings|=mrr|=turnover|=gmv|=takings";

bool has_any_stem(const Name& name, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return std::ranges::find(name.stems, stem(word)) != name.stems.end();
  });
}

std::vector<Name> numeric_names(const source::Schema& schema) {
  std::vector<Name> names = property_names(schema);
  std::erase_if(names, [&](const Name& name) {
    return schema.properties[name.owner].type != "Numeric";
  });
  return names;
}

bool pays(const Name& name) {
  static constexpr auto payings = std::to_array<std::string_view>(
      {"pay", "paid", "payment", "purchase", "order", "bill", "charge",
       "invoice", "checkout", "buy", "sale", "transaction", "renew",
       "subscribe"});
  static constexpr auto losses = std::to_array<std::string_view>(
      {"fail", "decline", "refund", "cancel", "void", "reject", "chargeback",
       "dispute", "expire", "abandon", "remove"});
  return has_any_stem(name, payings) && !has_any_stem(name, losses);
}

// An event of paying with the number that tells how much.
struct Money {
  const Name* event = nullptr;  // Null: no event of paying is known.
  std::string property;
};

bool fits(const source::Schema& schema, const Name& event,
          const Name& property) {
  return may_have(schema, schema.events[event.owner], property.raw);
}

// Every event of paying with each amount that it has.
std::vector<Money> amounts_paid(const std::vector<Name>& events,
                                const source::Schema& schema) {
  std::vector<Name> numbers = numeric_names(schema);
  std::erase_if(numbers, [](const Name& name) { return !is_money(name.raw); });
  std::vector<Money> paid;
  for (const Name& event : events) {
    if (!pays(event)) continue;
    for (const Name& number : numbers) {
      if (fits(schema, event, number)) paid.push_back({&event, number.raw});
    }
  }
  if (!paid.empty()) return paid;
  for (const Name& number : numbers)
    paid.push_back({nullptr, number.raw});
  return paid;
}

std::unexpected<Error> which_money(const std::vector<Money>& paid) {
  std::vector<std::string> readings;
  for (const Money& money : paid) {
    const std::string event =
        money.event == nullptr ? "" : " " + in_question(money.event->raw);
    readings.push_back(fmt::format("sum of {}{} by day for the last 30 days",
                                   in_question(money.property), event));
  }
  return unclear(paid.empty()
                     ? "no numeric property tells an amount of money"
                     : "several properties can be the money that is meant",
                 readings, "property");
}

// Money that has no name of its own.
Result<void> take_money(Question& question, Span words,
                        const source::Schema& schema, Plan& plan,
                        Series& series) {
  const auto events = event_names(schema);
  const auto paid = amounts_paid(events, schema);
  const bool same_property = std::ranges::all_of(paid, [&](const Money& money) {
    return money.property == paid.front().property;
  });
  if (paid.empty() || !same_property) return which_money(paid);
  take(question, words);
  series.math = Math::sum;
  series.property = paid.front().property;
  assume(plan, "property", *series.property,
         fmt::format("'{}' reads as the sum of the only amount",
                     text_of(question, words)),
         0.8);
  if (paid.size() > 1 || paid.front().event == nullptr) return {};
  series.event = paid.front().event->raw;
  assume(plan, "event", *series.event, "the only event of paying", 0.8);
  return {};
}

// Whether the words mean the property and no event. A sum, which every "total"
// could be, needs the property's own words.
bool means_property(const Question& question, const source::Schema& schema,
                    const Link& link, Math math) {
  if (link.verdict == Verdict::sure) return true;
  if (link.verdict != Verdict::doubtful || math == Math::sum) return false;
  const auto events = event_names(schema);
  const auto event = find_name(question, events, link.span);
  return !event || event->score() < link.score();
}

Result<void> no_property(const Question& question, const source::Schema& schema,
                         std::string_view words) {
  std::vector<std::string> readings;
  for (const auto& name : numeric_names(schema)) {
    readings.push_back(
        fmt::format("{} {}", question.text, in_question(name.raw)));
  }
  return unclear(
      fmt::format("'{}' needs a numeric property, and none is named", words),
      readings);
}

// The word of aggregation that the question has, with its place.
struct Wanted {
  Aggregate how;
  Span words;
};
std::optional<Wanted> find_aggregate(const Question& question) {
  for (const auto& row : aggregates) {
    if (const auto words = find_words(question, row.words)) {
      return Wanted{row, *words};
    }
  }
  return std::nullopt;
}

enum class Named { yes, no };

// Aggregates the property that is named, if one is.
Result<Named> take_property(Question& question, const Wanted& wanted,
                            const source::Schema& schema, Plan& plan,
                            Series& series) {
  const auto names = numeric_names(schema);
  const auto link = find_name(question, names);
  if (!link || !means_property(question, schema, *link, wanted.how.math)) {
    return Named::no;
  }
  CLARIBI_TRY_ASSIGN(const auto name, take_name(question, names, property_kind,
                                                plan, link->span));
  if (!name) return Named::no;
  series.math = wanted.how.math;
  series.property = name->raw;
  take(question, wanted.words);
  return Named::yes;
}

// "Revenue", unless an event has that very name.
std::optional<Span> find_money(const Question& question,
                               const source::Schema& schema) {
  const auto words = find_words(question, money_words);
  if (!words) return std::nullopt;
  const auto names = event_names(schema);
  const auto event = find_name(question, names, *words);
  if (event && event->score() >= reordered_score) return std::nullopt;
  return words;
}

}  // namespace

Result<void> take_aggregation(Question& question, const source::Schema& schema,
                              Plan& plan, Series& series) {
  const auto wanted = find_aggregate(question);
  if (wanted) {
    CLARIBI_TRY_ASSIGN(const Named named,
                       take_property(question, *wanted, schema, plan, series));
    if (named == Named::yes) return {};
  }
  if (const auto money = find_money(question, schema)) {
    return take_money(question, *money, schema, plan, series);
  }
  if (!wanted) return {};
  const std::string said = text_of(question, wanted->words);
  take(question, wanted->words);
  if (wanted->how.needs_property) return no_property(question, schema, said);
  // "Total signups" is the count itself.
  if (wanted->how.math != Math::sum) {
    assume(plan, "count", "events",
           fmt::format("'{}' is read off the counts: no numeric property is "
                       "named",
                       said),
           0.7);
  }
  return {};
}

}  // namespace claribi::plan
