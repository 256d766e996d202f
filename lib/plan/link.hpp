// SPDX-License-Identifier: MIT
// Entity linking: which name of the project some words of a question mean.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/question.hpp"

namespace claribi::plan {

// A name that can be meant, in the forms in which it is compared.
struct Name {
  std::string raw;
  std::string folded = {};  // Split at _ - . / space and camelCase, $ gone.
  std::vector<std::string> stems = {};
  // What people say for it; only autocaptured names have some.
  std::vector<std::string> synonyms = {};  // Stems, joined.
  std::vector<std::string> aliases = {};   // The user's; the same.
  int64_t volume = 0;  // In the last 30 days; 0 if that means nothing.
  size_t owner = 0;    // The place of what it names in the caller's list.
};

Name make_name(std::string_view raw, size_t owner, int64_t volume = 0);

// Makes the words mean the name.
void add_alias(Name& name, std::string_view words);

// The scores: how sure it is that the words mean the name.
inline constexpr double exact_score = 1.0;    // As it is written.
inline constexpr double alias_score = 0.99;   // The user says so.
inline constexpr double folded_score = 0.97;  // But for case and separators.
inline constexpr double stem_score = 0.95;    // But for the endings.
inline constexpr double reordered_score = 0.94;
inline constexpr double generic_score = 0.92;  // But for "user", "event", ...
inline constexpr double synonym_score = 0.90;
inline constexpr double loose_score = 0.86;  // Other words for a deed.
inline constexpr double accept_score = 0.80;
inline constexpr double contained_floor = 0.74;  // All words are in the name.
inline constexpr double doubt_score = 0.60;
inline constexpr double margin = 0.10;

struct Hit {
  size_t name = 0;  // Place in the list of names.
  double score = 0.0;
};

// The names that these words could mean, best first; among equals the more
// frequent, then by name.
std::vector<Hit> score_names(std::string_view words,
                             std::span<const Name> names);

enum class Verdict {
  none,       // Nothing is alike enough.
  sure,       // One name, and no other comes near.
  doubtful,   // One name, to be said aloud as an assumption.
  ambiguous,  // Several names.
};
Verdict judge(const std::vector<Hit>& hits);

struct Link {
  Span span;
  std::vector<Hit> hits;
  Verdict verdict = Verdict::none;
  [[nodiscard]] size_t best() const { return hits.front().name; }
  [[nodiscard]] double score() const { return hits.front().score; }
};

// The best link of any free words of the question within `within`: the
// highest score, among equals the longest span, then the first. Nothing if no
// words reach doubt_score.
std::optional<Link> find_name(const Question& question,
                              std::span<const Name> names, Span within);
std::optional<Link> find_name(const Question& question,
                              std::span<const Name> names);

// The same for all the words of the span and no others.
std::optional<Link> link_exactly(const Question& question,
                                 std::span<const Name> names, Span span);

// Whether words that mean nothing yet stand right beside the span: "teleport"
// beside "feature".
bool has_unread_neighbour(const Question& question, Span span);

// The first run of free words that are no filler and no cue, and that a name
// may have been meant by; an empty span if there is none.
Span unread(const Question& question, Span within);
Span whole(const Question& question);

}  // namespace claribi::plan
