// SPDX-License-Identifier: MIT
// One file per shape of table: the facts in it, and the sentences that are
// made of these facts and of nothing else.
#pragma once

#include <string>
#include <vector>

#include "answer/facts.hpp"
#include "base/calendar.hpp"
#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::answer {

// What an answer is about.
struct Subject {
  const plan::Plan& plan;
  const table::Table& table;
  const Moment& moment;
};

using Facts = std::vector<Fact>;
using Sentences = std::vector<std::string>;

Facts time_series_facts(const Subject& subject);
Sentences time_series_sentences(const Subject& subject, const Facts& facts);

Facts totals_facts(const Subject& subject);
Sentences totals_sentences(const Subject& subject, const Facts& facts);

Facts funnel_facts(const Subject& subject);
Sentences funnel_sentences(const Subject& subject, const Facts& facts);

// Flags that were compared: the table of combine().
Facts flag_effect_facts(const Subject& subject);
Sentences flag_effect_sentences(const Subject& subject, const Facts& facts);

Facts lifecycle_facts(const Subject& subject);
Sentences lifecycle_sentences(const Subject& subject, const Facts& facts);

Facts distribution_facts(const Subject& subject);
Sentences distribution_sentences(const Subject& subject, const Facts& facts);

Facts retention_facts(const Subject& subject);
Sentences retention_sentences(const Subject& subject, const Facts& facts);

Facts stickiness_facts(const Subject& subject);
Sentences stickiness_sentences(const Subject& subject, const Facts& facts);

Facts paths_facts(const Subject& subject);
Sentences paths_sentences(const Subject& subject, const Facts& facts);

// Rows, records and prose.
Facts list_facts(const Subject& subject);
Sentences list_sentences(const Subject& subject, const Facts& facts);
Facts record_facts(const Subject& subject);
Sentences record_sentences(const Subject& subject, const Facts& facts);
Facts prose_facts(const Subject& subject);
Sentences prose_sentences(const Subject& subject, const Facts& facts);

}  // namespace claribi::answer
