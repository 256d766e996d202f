// SPDX-License-Identifier: MIT
// What is said of flags that were compared: the two shares with their counts,
// and whether the difference could be chance. Never that a flag was why.
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"
#include "base/text.hpp"

namespace claribi::answer {
namespace {

using table::Table;

constexpr double significant = 0.05;
constexpr size_t most_sentences = 2;
constexpr size_t most_named = 5;

enum class Verdict { differs, could_be_chance, too_few };

Verdict verdict_of(const Table& table, size_t row) {
  const auto p = table.cell(row, "p_value").number();
  if (!p) return Verdict::too_few;
  return *p < significant ? Verdict::differs : Verdict::could_be_chance;
}

Amount people(const Table& table, size_t row, std::string_view column) {
  return read_amount(table.cell(row, column)).value_or(Amount{});
}

// "45.2 % (452 of 1,000)"
Fact share_fact(const Table& table, size_t row, std::string_view side,
                size_t place) {
  const Amount all = people(table, row, fmt::format("people_{}", side));
  const Amount some = people(table, row, fmt::format("activated_{}", side));
  const Ratio share = percentage(some, all);
  return {.name = fmt::format("{}_{}", side, place),
          .value = number_value(share),
          .unit = "%",
          .text = fmt::format("{} ({} of {})", percent_text(share, all),
                              quantity_text(exactly(some)),
                              quantity_text(exactly(all))),
          .about = table.cell(row, "flag").text_or("")};
}

void add_differing(Facts& facts, const Table& table) {
  size_t place = 0;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (verdict_of(table, row) != Verdict::differs) continue;
    ++place;
    facts.push_back(share_fact(table, row, "with", place));
    facts.push_back(share_fact(table, row, "without", place));
  }
}

// The names of the flags of which that is so; none: no fact.
void add_names(Facts& facts, const Table& table, Verdict verdict,
               std::string name) {
  std::vector<std::string> names;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (verdict_of(table, row) != verdict) continue;
    names.push_back(short_name(table.cell(row, "flag").text_or("")));
  }
  if (names.empty()) return;
  const size_t more = names.size() - std::min(names.size(), most_named);
  names.resize(names.size() - more);
  std::string text = join(names, ", ");
  if (more > 0) text += fmt::format(" and {} more", more);
  facts.push_back(name_fact(std::move(name), std::move(text)));
}

std::string road(const plan::Plan& plan) {
  return fmt::format("from {} to {}", plan.steps.front(), plan.steps.back());
}

Sentences differing_sentences(const plan::Plan& plan, const Facts& facts) {
  Sentences sentences;
  for (size_t place = 1; place <= most_sentences; ++place) {
    const Fact* with = find_fact(facts, fmt::format("with_{}", place));
    if (with == nullptr) break;
    sentences.push_back(fmt::format(
        "Of the people with {}, {} went on {}; of those without it, {}: a "
        "larger difference than chance makes.",
        short_name(with->about), with->text, road(plan),
        fact_text(facts, fmt::format("without_{}", place))));
  }
  return sentences;
}

std::string rest_sentence(const Facts& facts) {
  const std::string chance = fact_text(facts, "could_be_chance");
  const std::string few = fact_text(facts, "too_few_people");
  std::string sentence;
  if (!chance.empty()) {
    sentence = fmt::format("A difference that could be chance: {}", chance);
  }
  if (!few.empty()) {
    sentence += fmt::format("{}oo few people to compare: {}",
                            sentence.empty() ? "T" : "; t", few);
  }
  return sentence.empty() ? sentence : sentence + ".";
}

}  // namespace

Facts flag_effect_facts(const Subject& subject) {
  const Table& table = subject.table;
  Facts facts{count("compared", table.rows.size(), "flags")};
  add_differing(facts, table);
  add_names(facts, table, Verdict::could_be_chance, "could_be_chance");
  add_names(facts, table, Verdict::too_few, "too_few_people");
  return facts;
}

Sentences flag_effect_sentences(const Subject& subject, const Facts& facts) {
  const Fact& compared = *find_fact(facts, "compared");
  if (subject.table.rows.empty() || subject.plan.steps.size() != 2) {
    return {
        "No active flag is on for some people and off for others, so there "
        "is nothing to compare."};
  }
  Sentences sentences = differing_sentences(subject.plan, facts);
  if (sentences.empty()) {
    sentences.push_back(fmt::format(
        "Among {} that some people have and others have not, no difference {} "
        "is larger than chance makes.",
        with_unit(compared.text, compared.unit), road(subject.plan)));
  }
  sentences.push_back(rest_sentence(facts));
  sentences.emplace_back(
      "This is what went together; people with a flag may differ from others "
      "in more than the flag.");
  return sentences;
}

}  // namespace claribi::answer
