// SPDX-License-Identifier: MIT
// Facts and sentences of rows: the elements of a list, or what a query gave.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"

namespace claribi::answer {
namespace {

constexpr size_t most_names = 5;

// A kind of list, recognised by a column that only it has, or by the frame of
// the plan where there are no rows to see columns in.
struct Kind {
  std::string_view noun;
  std::string_view column;
  std::string_view frame;
  std::array<std::string_view, 3> names = {};  // The best name comes first.
};

constexpr auto kinds = std::to_array<Kind>(
    {{"error issues", "occurrences", "errors", {"name", "description", "id"}},
     {"session recordings", "recording_duration", "recordings", {}},
     {"people", "distinct_ids", "people", {"email", "name", "uuid"}},
     {"feature flags", "key", "flags", {"key", "name", "id"}},
     {"cohorts", "is_static", "cohorts", {"name", "id"}},
     {"saved insights", "short_id", "insights", {"name", "short_id"}},
     {"dashboards", "pinned", "dashboards", {"name", "id"}},
     {"saved insights", "short_id", "insights", {"name", "short_id"}},
     {"fields", "field", "schema", {"field", "name"}}});
constexpr Kind plain_rows{"rows", "", "", {}};

const Kind& kind_of(const Subject& subject) {
  for (const Kind& kind : kinds) {
    if (subject.table.column(kind.column)) return kind;
  }
  const auto* found =
      std::ranges::find(kinds, subject.plan.frame, &Kind::frame);
  return found == kinds.end() ? plain_rows : *found;
}

std::string name_of(const table::Table& table, size_t row, const Kind& kind) {
  for (std::string_view column : kind.names) {
    if (column.empty()) continue;
    std::string name = cell_text(table.cell(row, column));
    if (!name.empty()) return name;
  }
  return "";
}

struct Largest {
  size_t row = 0;
  Amount value;
};

// The row with the largest number in that column; the first of several.
std::optional<Largest> largest(const table::Table& table,
                               std::string_view column) {
  std::optional<Largest> best;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto amount = read_amount(table.cell(row, column));
    if (!amount || (best && *amount <= best->value)) continue;
    best = Largest{row, *amount};
  }
  return best;
}

Amount sum(const table::Table& table, std::string_view column) {
  Amount total;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    total = total + read_amount(table.cell(row, column)).value_or(Amount{});
  }
  return total;
}

void add_top_issue(Facts& facts, const table::Table& table, const Kind& kind) {
  const auto top = largest(table, "occurrences");
  if (!top) return;
  const std::string name = name_of(table, top->row, kind);
  const Amount most = top->value;
  facts.push_back(name_fact("top", name));
  facts.push_back(
      quantity("top_occurrences", exactly(most), "occurrences", name));
  if (const auto users = read_amount(table.cell(top->row, "users"))) {
    facts.push_back(quantity("top_users", exactly(*users), "people", name));
  }
  const Amount all = sum(table, "occurrences");
  facts.push_back(quantity("occurrences", exactly(all), "occurrences"));
  if (auto share = percent("top_share", most, all, name)) {
    facts.push_back(std::move(*share));
  }
}

void add_recordings(Facts& facts, const table::Table& table) {
  std::string latest;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    latest = std::max(latest, table.cell(row, "start_time").text_or(""));
  }
  if (const auto at = parse_instant(latest)) {
    facts.push_back(name_fact("latest_start", format_instant(*at)));
  }
  if (const auto longest = largest(table, "recording_duration")) {
    const Ratio seconds = exactly(longest->value);
    facts.push_back(
        {"longest", number_value(seconds), "seconds", duration_text(seconds)});
  }
}

void add_largest_cohort(Facts& facts, const table::Table& table,
                        const Kind& kind) {
  const auto most = largest(table, "count");
  if (!most) return;
  facts.push_back(quantity("largest", exactly(most->value), "people",
                           name_of(table, most->row, kind)));
}

void add_names(Facts& facts, const table::Table& table, const Kind& kind) {
  std::vector<std::string> names;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    std::string name = name_of(table, row, kind);
    if (!name.empty()) names.push_back(std::move(name));
  }
  if (names.empty()) return;
  const size_t shown = std::min(names.size(), most_names);
  const size_t more = table.rows.size() - shown;
  names.resize(shown);
  facts.push_back(name_fact("names", join(names, ", ")));
  if (more > 0) {
    facts.push_back(count("more_names", more, std::string(kind.noun)));
  }
}

// A query that gives a single number, such as count().
bool single_value(const table::Table& table) {
  return table.rows.size() == 1 && table.columns.size() == 1;
}

void add_single_value(Facts& facts, const table::Table& table) {
  const json::Value& cell = table.rows[0][0];
  const std::string& column = table.columns[0].name;
  if (const auto amount = read_amount(cell)) {
    facts.push_back(quantity("value", exactly(*amount), "", column));
  } else {
    facts.push_back(name_fact("value", cell_text(cell), column));
  }
}

std::string qualities(const Subject& subject) {
  std::string words;
  if (subject.plan.minimum_rollout) {
    words += *subject.plan.minimum_rollout == 100
                 ? " rolled out to 100 %"
                 : fmt::format(" rolled out to {} % or more",
                               *subject.plan.minimum_rollout);
  }
  if (subject.plan.state) words += fmt::format(" ({})", *subject.plan.state);
  if (subject.plan.search) {
    words += fmt::format(" for “{}”", short_name(*subject.plan.search));
  }
  // These were found by an event; other lists have no series.
  const std::string event = first_event(subject.plan);
  if (subject.plan.frame == "people" && !event.empty()) {
    words += " who did " + event;
  }
  return words;
}

// "12 error issues (active) where ... from ... to ..."
std::string found_words(const Subject& subject, const Facts& facts) {
  const Fact& found = *find_fact(facts, "count");
  std::string words = with_unit(found.text, found.unit) + qualities(subject);
  // The count is that of the list, not that of all such people.
  if (subject.plan.frame == "people" && subject.table.truncated) {
    words = "The latest " + words;
  }
  for (const std::string& part : {filter_words(subject.plan),
                                  period_words(subject.plan, subject.moment)}) {
    if (!part.empty()) words += " " + part;
  }
  return words;
}

std::string top_issue_sentence(const Facts& facts) {
  const Fact* top = find_fact(facts, "top");
  if (!top) return "";
  const Fact& most = *find_fact(facts, "top_occurrences");
  const std::string share = fact_text(facts, "top_share");
  std::string sentence = fmt::format("The most frequent is {}: {}", top->text,
                                     with_unit(most.text, most.unit));
  if (!share.empty()) sentence += fmt::format(" ({} of those shown)", share);
  if (const Fact* users = find_fact(facts, "top_users")) {
    sentence += fmt::format(", {}", with_unit(users->text, users->unit));
  }
  return sentence + ".";
}

std::string recordings_sentence(const Facts& facts) {
  const std::string latest = fact_text(facts, "latest_start");
  const std::string longest = fact_text(facts, "longest");
  if (latest.empty() || longest.empty()) return "";
  return fmt::format("The latest began at {}; the longest lasts {}.", latest,
                     longest);
}

std::string names_sentence(const Facts& facts) {
  const std::string names = fact_text(facts, "names");
  if (names.empty()) return "";
  const std::string more = fact_text(facts, "more_names");
  std::string sentence = names;
  if (!more.empty()) sentence += fmt::format(" and {} more", more);
  if (const Fact* largest = find_fact(facts, "largest")) {
    sentence += fmt::format("; the largest is {} with {}", largest->about,
                            with_unit(largest->text, largest->unit));
  }
  return fmt::format("Named: {}.", sentence);
}

}  // namespace

Facts list_facts(const Subject& subject) {
  const table::Table& table = subject.table;
  const Kind& kind = kind_of(subject);
  Facts facts{count("count", table.rows.size(), std::string(kind.noun))};
  if (table.rows.empty()) return facts;
  if (kind.noun == "error issues") {
    add_top_issue(facts, table, kind);
  } else if (kind.noun == "session recordings") {
    add_recordings(facts, table);
  } else if (kind.noun == "rows") {
    if (single_value(table)) add_single_value(facts, table);
  } else {
    add_names(facts, table, kind);
    if (kind.noun == "cohorts") add_largest_cohort(facts, table, kind);
  }
  return facts;
}

Sentences list_sentences(const Subject& subject, const Facts& facts) {
  const Kind& kind = kind_of(subject);
  if (subject.table.rows.empty()) {
    return {no_words(std::string(kind.noun) + qualities(subject),
                     filter_words(subject.plan),
                     period_words(subject.plan, subject.moment))};
  }
  if (const Fact* value = find_fact(facts, "value")) {
    return {fmt::format("{}: {}.", value->about, value->text)};
  }
  Sentences sentences{found_words(subject, facts) + "."};
  sentences.push_back(top_issue_sentence(facts));
  sentences.push_back(recordings_sentence(facts));
  sentences.push_back(names_sentence(facts));
  if (subject.table.truncated) {
    sentences.emplace_back("More exist than are listed.");
  }
  return sentences;
}

}  // namespace claribi::answer
