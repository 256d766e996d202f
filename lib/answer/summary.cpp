// SPDX-License-Identifier: MIT
#include "answer/summary.hpp"

#include <utility>

#include "answer/shapes.hpp"
#include "plan/frames/flag_effect.hpp"

namespace claribi::answer {
namespace {

constexpr size_t most_sentences = 4;

Sentences sentences_of(const Subject& subject, const Facts& facts) {
  if (subject.plan.frame == plan::flag_effect_name) {
    return flag_effect_sentences(subject, facts);
  }
  switch (subject.table.shape) {
    case table::Shape::time_series:
      return time_series_sentences(subject, facts);
    case table::Shape::lifecycle:
      return lifecycle_sentences(subject, facts);
    case table::Shape::distribution:
      return distribution_sentences(subject, facts);
    case table::Shape::retention:
      return retention_sentences(subject, facts);
    case table::Shape::stickiness:
      return stickiness_sentences(subject, facts);
    case table::Shape::paths:
      return paths_sentences(subject, facts);
    case table::Shape::totals:
      return totals_sentences(subject, facts);
    case table::Shape::funnel:
      return funnel_sentences(subject, facts);
    case table::Shape::rows:
      return list_sentences(subject, facts);
    case table::Shape::record:
      return record_sentences(subject, facts);
    case table::Shape::prose:
      return prose_sentences(subject, facts);
  }
  std::unreachable();
}

}  // namespace

std::vector<std::string> summarise(const plan::Plan& plan,
                                   const table::Table& table,
                                   const std::vector<Fact>& facts,
                                   const Moment& moment) {
  Sentences sentences = sentences_of({plan, table, moment}, facts);
  std::erase(sentences, "");
  // What comes last is a caveat: it is the one before it that has to go.
  while (sentences.size() > most_sentences)
    sentences.erase(sentences.end() - 2);
  return sentences;
}

}  // namespace claribi::answer
