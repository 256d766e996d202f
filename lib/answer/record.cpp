// SPDX-License-Identifier: MIT
// Facts and sentences of a single object, and of pages of prose.
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "answer/shapes.hpp"
#include "answer/words.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"

namespace claribi::answer {
namespace {

constexpr size_t most_members = 4;

// What tells one object from another, the best name first.
constexpr std::array<std::string_view, 6> name_columns{
    "key", "name", "email", "short_id", "id", "uuid"};

// What people want to know of an object, in that order; lists are counted.
constexpr std::array<std::string_view, 14> telling_columns{
    "active",    "rollout",     "status",       "count",     "email",
    "country",   "pinned",      "insights",     "tiles",     "distinct_ids",
    "is_static", "occurrences", "last_seen_at", "created_at"};

std::string kind_of(const Subject& subject) {
  if (subject.plan.object) {
    const std::string& kind = subject.plan.object->kind;
    return kind == "flag" ? "feature flag" : kind;
  }
  return "object";
}

// Moments are cut to their day.
std::string member_text(std::string_view column, const json::Value& cell) {
  if (cell.is_array()) return group_digits(std::to_string(cell.size()));
  if (cell.is_object()) return "";
  std::string text = cell_text(cell);
  if (cell.is_string() && text.size() > 10 && parse_instant(text)) {
    text.resize(10);
  }
  if (column == "rollout" && cell.is_number()) text += " %";
  return text;
}

std::string spaced(std::string_view column) {
  std::string words(column);
  for (char& c : words) {
    if (c == '_') c = ' ';
  }
  return words;
}

}  // namespace

Facts record_facts(const Subject& subject) {
  Facts facts;
  if (subject.table.rows.empty()) return facts;
  std::string_view named_by;
  for (std::string_view column : name_columns) {
    std::string name = cell_text(subject.table.cell(0, column));
    if (name.empty()) continue;
    named_by = column;
    facts.push_back(name_fact("object", std::move(name), kind_of(subject)));
    break;
  }
  for (std::string_view column : telling_columns) {
    const json::Value& cell = subject.table.cell(0, column);
    std::string text = member_text(column, cell);
    if (text.empty() || column == named_by) continue;
    Fact fact = name_fact(std::string(column), std::move(text));
    if (cell.is_number()) fact.value = cell;
    if (cell.is_array()) fact.value = cell.size();
    facts.push_back(std::move(fact));
  }
  return facts;
}

Sentences record_sentences(const Subject& subject, const Facts& facts) {
  if (subject.table.rows.empty()) {
    return {fmt::format("No {} of that name or id.", kind_of(subject))};
  }
  std::string members;
  size_t shown = 0;
  for (const Fact& fact : facts) {
    if (fact.name == "object" || shown == most_members) continue;
    if (!members.empty()) members += ", ";
    members += spaced(fact.name) + " " + fact.text;
    ++shown;
  }
  std::string kind = kind_of(subject);
  if (kind[0] >= 'a' && kind[0] <= 'z') {
    kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
  }
  std::string sentence = kind;
  if (const Fact* object = find_fact(facts, "object")) {
    sentence += " " + object->text;
  }
  if (!members.empty()) sentence += ": " + members;
  return {sentence + "."};
}

Facts prose_facts(const Subject& subject) {
  const table::Table& table = subject.table;
  Facts facts{count("sections", table.rows.size(), "sections")};
  for (size_t row = 0; row < table.rows.size(); ++row) {
    std::string title = cell_text(table.cell(row, "title"));
    if (title.empty()) continue;
    facts.push_back(name_fact("best_section", std::move(title),
                              cell_text(table.cell(row, "url"))));
    break;
  }
  return facts;
}

Sentences prose_sentences(const Subject& subject, const Facts& facts) {
  const Fact& sections = *find_fact(facts, "sections");
  if (subject.table.rows.empty()) {
    return {subject.plan.search ? fmt::format("Nothing was found for “{}”.",
                                              short_name(*subject.plan.search))
                                : "Nothing was found."};
  }
  const std::string found = with_unit(sections.text, sections.unit);
  const Fact* best = find_fact(facts, "best_section");
  if (!best) return {fmt::format("{} found.", found)};
  return {best->about.empty()
              ? fmt::format("{} found; the first is “{}”.", found, best->text)
              : fmt::format("{} found; the first is “{}” ({}).", found,
                            best->text, best->about)};
}

}  // namespace claribi::answer
