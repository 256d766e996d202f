// SPDX-License-Identifier: MIT
#include "plan/comparisons.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/event_links.hpp"
#include "plan/filters.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

struct Operator {
  std::string_view words;
  std::string_view op;
};
// The longer words first.
constexpr std::array<Operator, 38> operators{{
    {"=of =at =least", "gte"},
    {"=of =at =most", "lte"},
    {"=of =over|=above", "gt"},
    {"=of =under|=below", "lt"},
    {"=of =more|=greater =than", "gt"},
    {"=of =less|=fewer =than", "lt"},
    {"=is =not", "is_not"},
    {"=not =equal =to", "is_not"},
    {"=does =not =contain", "not_icontains"},
    {"contains|=containing", "icontains"},
    {"=is =greater|=more|=higher =than", "gt"},
    {"=greater|=more|=higher|=bigger|=larger|=longer =than", "gt"},
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
    {"=fewer|=shorter =than", "lt"},
    {"=exceeding", "gt"},
    {"=up =to", "lte"},
    {"=minimum =of", "gte"},
    {"=maximum =of", "lte"},
}};

bool is_sign(std::string_view word) {
  return word.find_first_of("=<>") != std::string_view::npos;
}

constexpr std::string_view money_units =
    "dollar|=usd|euro|=eur|=gbp|pound|rupee|=inr|=bucks|=cents|=yen";

// A comparison with its number and the word after it.
struct Comparison {
  std::string_view op;
  std::string number;
  std::string unit = {};  // Its stem; empty if the next word is none.
  bool money = false;
  Span span;
};

std::optional<Comparison> comparison_at(const Question& question, size_t at) {
  const auto compared = operator_at(question, at);
  if (!compared || !is_numeric_op(compared->first)) return std::nullopt;
  const auto& tokens = question.tokens;
  const size_t place = compared->second.end;
  if (place >= tokens.size() || tokens[place].used) return std::nullopt;
  const auto number = number_in(tokens[place]);
  if (!number) return std::nullopt;
  Comparison comparison{
      .op = compared->first,
      .number = *number,
      .money = tokens[place].length > tokens[place].text.size(),
      .span = {at, place + 1}};
  const size_t after = place + 1;
  if (after < tokens.size() && !tokens[after].used &&
      !is_separator(tokens[after]) && !is_filler(tokens[after])) {
    comparison.unit = tokens[after].stem;
    if (words_at(question, money_units, after)) {
      comparison.money = true;
      comparison.span.end = after + 1;
    }
  }
  return comparison;
}

std::vector<const source::PropertyInfo*> numbers_of(
    const source::Schema& schema,
    const std::vector<const source::EventInfo*>& events) {
  std::vector<const source::PropertyInfo*> numbers;
  for (const auto& property : schema.properties) {
    if (property.type != "Numeric") continue;
    const bool fits = property.owner != source::PropertyOwner::event ||
                      events.empty() ||
                      std::ranges::any_of(events, [&](const auto* event) {
                        return may_have(schema, *event, property.name);
                      });
    if (fits && property.owner == source::PropertyOwner::event) {
      numbers.push_back(&property);
    }
  }
  return numbers;
}

bool has_stem(std::string_view property, std::string_view wanted) {
  const Name name = make_name(property, 0);
  return std::ranges::find(name.stems, wanted) != name.stems.end();
}

// Those that the unit speaks of; all of them if it speaks of none.
void keep_of_unit(std::vector<const source::PropertyInfo*>& numbers,
                  Comparison& comparison) {
  const auto of_unit = [&](const source::PropertyInfo* property) {
    return comparison.money ? is_money(property->name)
                            : has_stem(property->name, comparison.unit);
  };
  if (!comparison.money && comparison.unit.empty()) return;
  if (std::ranges::none_of(numbers, of_unit)) return;
  std::erase_if(numbers, [&](const auto* one) { return !of_unit(one); });
  if (!comparison.money) ++comparison.span.end;
}

Result<void> take_comparison(Question& question, const source::Schema& schema,
                             Comparison comparison, Plan& plan) {
  auto numbers = numbers_of(schema, likely_events(question, schema));
  keep_of_unit(numbers, comparison);
  if (numbers.empty()) return {};
  const std::string words = text_of(question, comparison.span);
  if (numbers.size() > 1) {
    std::vector<std::string> readings;
    for (const auto* property : numbers) {
      std::string text = question.text;
      const size_t at = question.tokens[comparison.span.begin].at;
      text.insert(at, fmt::format("with {} ", in_question(property->name)));
      readings.push_back(std::move(text));
    }
    return unclear(fmt::format("'{}' can be about several properties", words),
                   readings, "property");
  }
  const std::string& property = numbers.front()->name;
  put_filter(plan, {.property = property,
                    .op = std::string(comparison.op),
                    .values = {comparison.number}});
  assume(plan, "filter", fmt::format("{} {}", property, words),
         fmt::format("'{}' is compared with the only number that fits", words),
         0.82);
  take(question, comparison.span);
  return {};
}

}  // namespace

std::optional<std::pair<std::string_view, Span>> operator_at(
    const Question& question, size_t at) {
  if (at >= question.tokens.size() || question.tokens[at].used) {
    return std::nullopt;
  }
  const std::string& text = question.tokens[at].text;
  for (const auto& row : operators) {
    const bool sign = is_sign(text) && !question.tokens[at].quoted;
    if (sign && text == row.words) {
      return std::pair{row.op, Span{at, at + 1}};
    }
    const auto words = sign ? std::nullopt : words_at(question, row.words, at);
    if (words) return std::pair{row.op, Span{at, at + words->size()}};
  }
  return std::nullopt;
}

bool is_numeric_op(std::string_view op) {
  return op == "gt" || op == "gte" || op == "lt" || op == "lte";
}

bool is_money(std::string_view property) {
  static constexpr auto amounts = std::to_array<std::string_view>(
      {"amount", "price", "revenue", "usd", "eur", "gbp", "inr", "cost", "mrr",
       "total", "value", "spend", "spent", "paid", "payment", "fee",
       "subtotal"});
  return std::ranges::any_of(amounts, [&](std::string_view word) {
    return has_stem(property, stem(word));
  });
}

Result<void> take_comparisons(Question& question, const source::Schema& schema,
                              Plan& plan) {
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    auto comparison = comparison_at(question, at);
    if (!comparison) continue;
    CLARIBI_TRY(
        take_comparison(question, schema, std::move(*comparison), plan));
  }
  return {};
}

}  // namespace claribi::plan
