// SPDX-License-Identifier: MIT
#include "plan/link.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "plan/synonyms.hpp"

namespace claribi::plan {
namespace {

constexpr size_t longest_span = 6;

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

std::vector<std::string> parts_of(std::string_view raw) {
  std::vector<std::string> parts;
  std::string part;
  const auto finish = [&] {
    if (!part.empty()) parts.push_back(lower(part));
    part.clear();
  };
  for (size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    if (std::string_view("_-./ :$").contains(c)) {
      finish();
      continue;
    }
    const bool after_lower = i > 0 && is_lower(raw[i - 1]);
    const bool before_lower = i + 1 < raw.size() && is_lower(raw[i + 1]) &&
                              i > 0 && is_upper(raw[i - 1]);
    if (is_upper(c) && (after_lower || before_lower)) finish();
    part += c;
  }
  finish();
  return parts;
}

std::vector<std::string> stems_of(const std::vector<std::string>& parts) {
  std::vector<std::string> stems;
  stems.reserve(parts.size());
  for (const auto& part : parts)
    stems.push_back(stem(part));
  return stems;
}

std::string joined(const std::vector<std::string>& stems) {
  return join(stems, "");
}

bool is_generic(std::string_view stem) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"user", "event", "person", "custom", "customer", "visitor", "app",
       "client", "page"});
  return std::ranges::find(words, stem) != words.end();
}

std::vector<std::string> without_generic(std::vector<std::string> stems) {
  std::erase_if(stems, [](const auto& stem) { return is_generic(stem); });
  return stems;
}

std::vector<std::string> sorted(std::vector<std::string> stems) {
  std::ranges::sort(stems);
  return stems;
}

size_t shared_count(const std::vector<std::string>& a,
                    const std::vector<std::string>& b) {
  return static_cast<size_t>(std::ranges::count_if(a, [&](const auto& stem) {
    return std::ranges::find(b, stem) != b.end();
  }));
}

std::vector<std::string> trigrams(std::string_view text) {
  const std::string padded = "#" + std::string(text) + "#";
  std::vector<std::string> grams;
  for (size_t i = 0; i + 3 <= padded.size(); ++i) {
    grams.push_back(padded.substr(i, 3));
  }
  return grams;
}

double dice(std::string_view a, std::string_view b) {
  const auto left = trigrams(a);
  const auto right = trigrams(b);
  if (left.empty() || right.empty()) return 0.0;
  return 2.0 * static_cast<double>(shared_count(left, right)) /
         static_cast<double>(left.size() + right.size());
}

// What the words are compared by.
struct Words {
  std::string raw;
  std::string folded = {};
  std::vector<std::string> stems = {};
  std::string joined_stems = {};
};

Words make_words(std::string_view text) {
  Words words{.raw = std::string(text)};
  const auto parts = parts_of(text);
  words.folded = join(parts, " ");
  words.stems = stems_of(parts);
  words.joined_stems = joined(words.stems);
  return words;
}

// How many slips of the keyboard make one word the other; nothing if they are
// too many: one in four to seven letters, two from eight.
std::optional<size_t> slips(std::string_view typed, std::string_view meant) {
  if (typed == meant) return 0;
  const size_t most = typed.size() < 4 ? 0 : (typed.size() < 8 ? 1 : 2);
  const size_t longer = std::max(typed.size(), meant.size());
  const size_t shorter = std::min(typed.size(), meant.size());
  if (most == 0 || longer - shorter > most) return std::nullopt;
  const size_t edits = edit_distance(typed, meant);
  if (edits > most) return std::nullopt;
  return edits;
}

// Word by word; the words that are spelt right vouch for the others.
double typo_by_word_score(const std::vector<std::string>& said,
                          const std::vector<std::string>& named) {
  if (said.size() != named.size() || said.size() < 2) return 0.0;
  size_t wrong = 0;
  for (size_t i = 0; i < said.size(); ++i) {
    const auto edits = slips(said[i], named[i]);
    if (!edits) return 0.0;
    if (*edits > 0) ++wrong;
  }
  return wrong < said.size() ? 0.84 : 0.78;
}

double typo_score(const Words& words, const Name& name) {
  const std::string& typed = words.joined_stems;
  double whole = 0.0;
  if (const auto edits = slips(typed, joined(name.stems));
      edits && *edits > 0) {
    whole = *edits == 1 ? 0.78 : 0.72;
  }
  auto said = words.stems;
  auto named = name.stems;
  const double in_order = typo_by_word_score(said, named);
  return std::max(
      {whole, in_order,
       typo_by_word_score(sorted(without_generic(std::move(said))),
                          sorted(without_generic(std::move(named))))});
}

// Another word for the same deed: "registrations" for signed_up. Loosely
// alike words need a word in common beside them.
double deed_score(const Words& words, const Name& name) {
  const auto said = without_generic(words.stems);
  const auto named = without_generic(name.stems);
  if (said.empty() || named.empty()) return 0.0;
  const auto same = [&](Likeness likeness) {
    return joined(sorted(deeds_of(said, likeness))) ==
           joined(sorted(deeds_of(named, likeness)));
  };
  if (same(Likeness::close)) return synonym_score;
  const bool vouched = shared_count(said, named) > 0;
  return vouched && same(Likeness::loose) ? loose_score : 0.0;
}

// Every word is in the name, the name has more: "uploads" for uploaded_file.
double contained_score(const Words& words, const Name& name) {
  const auto said = without_generic(words.stems);
  if (said.empty()) return 0.0;
  if (shared_count(said, name.stems) < said.size()) {
    const auto deeds = deeds_of(said, Likeness::close);
    const auto named = deeds_of(name.stems, Likeness::close);
    if (shared_count(deeds, named) < deeds.size()) return 0.0;
  }
  return 0.74 + 0.10 * static_cast<double>(said.size()) /
                    static_cast<double>(name.stems.size());
}

double likeness(const Words& words, const Name& name) {
  const size_t shared = shared_count(words.stems, name.stems);
  const size_t all = words.stems.size() + name.stems.size();
  if (all == 0) return 0.0;
  const double f1 =
      2.0 * static_cast<double>(shared) / static_cast<double>(all);
  const size_t longest = std::max(words.folded.size(), name.folded.size());
  // Both are bounded: the edit distance is quadratic.
  if (longest == 0 || longest > 200) return 0.55 * f1;
  const double edits =
      static_cast<double>(edit_distance(words.folded, name.folded));
  return std::min(0.70,
                  0.55 * f1 + 0.30 * dice(words.folded, name.folded) +
                      0.15 * (1.0 - edits / static_cast<double>(longest)));
}

double score_of(const Words& words, const Name& name) {
  if (words.raw == name.raw) return exact_score;
  if (words.stems.empty() || name.stems.empty()) return 0.0;
  if (std::ranges::find(name.aliases, words.joined_stems) !=
      name.aliases.end()) {
    return alias_score;
  }
  if (words.folded == name.folded) return folded_score;
  if (words.joined_stems == joined(name.stems)) return stem_score;
  if (sorted(words.stems) == sorted(name.stems)) return reordered_score;
  const auto said = without_generic(words.stems);
  const auto named = without_generic(name.stems);
  if (!said.empty() && joined(said) == joined(named)) return generic_score;
  if (std::ranges::find(name.synonyms, words.joined_stems) !=
      name.synonyms.end()) {
    return synonym_score;
  }
  return std::max({deed_score(words, name), contained_score(words, name),
                   typo_score(words, name), likeness(words, name)});
}

// Articles and pronouns may stand between the words of a name.
bool is_article(const Token& token) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"a", "an", "the", "our", "my", "their", "your", "its", "some"});
  return !token.quoted && std::ranges::find(words, token.folded) != words.end();
}

bool is_free(const Token& token) {
  return !token.used && !is_separator(token);
}
bool is_content(const Token& token) {
  return is_free(token) && !token.cue && !is_filler(token);
}

std::string words_in(const Question& question, Span span) {
  std::string words;
  for (size_t i = span.begin; i < span.end; ++i) {
    const Token& token = question.tokens[i];
    if (span.size() > 1 && is_article(token)) continue;
    if (!words.empty()) words += ' ';
    words += token.text;
  }
  return words;
}

// Filler and cues at the ends belong to a name only when it has them itself.
bool is_well_cut(const Question& question, Span span, double score) {
  return score >= reordered_score ||
         (is_content(question.tokens[span.begin]) &&
          is_content(question.tokens[span.end - 1]));
}

// Of names that are meant for sure the longer one is meant: "upload failed"
// and not "upload".
bool is_better(const Link& a, const Link& b) {
  const bool both_sure =
      a.score() >= reordered_score && b.score() >= reordered_score;
  if (both_sure && a.span.size() != b.span.size()) {
    return a.span.size() > b.span.size();
  }
  if (a.score() != b.score()) return a.score() > b.score();
  return a.span.size() > b.span.size();
}

}  // namespace

Name make_name(std::string_view raw, size_t owner, int64_t volume) {
  Name name{.raw = std::string(raw), .volume = volume, .owner = owner};
  const auto parts = parts_of(raw);
  name.folded = join(parts, " ");
  name.stems = stems_of(parts);
  for (const auto& words : spoken_names(raw)) {
    name.synonyms.push_back(make_words(words).joined_stems);
  }
  return name;
}

void add_alias(Name& name, std::string_view words) {
  name.aliases.push_back(make_words(words).joined_stems);
}

std::vector<Hit> score_names(std::string_view words,
                             std::span<const Name> names) {
  const Words wanted = make_words(words);
  std::vector<Hit> hits;
  hits.reserve(names.size());
  for (size_t i = 0; i < names.size(); ++i) {
    hits.push_back({.name = i, .score = score_of(wanted, names[i])});
  }
  std::ranges::sort(hits, [&](const Hit& a, const Hit& b) {
    if (a.score != b.score) return a.score > b.score;
    const Name& left = names[a.name];
    const Name& right = names[b.name];
    if (left.volume != right.volume) return left.volume > right.volume;
    if (left.raw != right.raw) return left.raw < right.raw;
    return left.owner < right.owner;
  });
  return hits;
}

Verdict judge(const std::vector<Hit>& hits) {
  if (hits.empty() || hits[0].score < doubt_score) return Verdict::none;
  const double best = hits[0].score;
  const double next = hits.size() > 1 ? hits[1].score : 0.0;
  if (best == exact_score && next < exact_score) return Verdict::sure;
  if (best >= accept_score && best - next >= margin) return Verdict::sure;
  if (best < accept_score && next < 0.50) return Verdict::doubtful;
  // Equal but for case or an ending: the closer one is meant, and it is said.
  if (best >= generic_score && next < generic_score) return Verdict::doubtful;
  return Verdict::ambiguous;
}

std::optional<Link> link_exactly(const Question& question,
                                 std::span<const Name> names, Span span) {
  if (names.empty() || span.size() == 0) return std::nullopt;
  Link link{.span = span, .hits = score_names(words_in(question, span), names)};
  if (link.score() < doubt_score ||
      !is_well_cut(question, span, link.score())) {
    return std::nullopt;
  }
  link.verdict = judge(link.hits);
  return link;
}

std::optional<Link> find_name(const Question& question,
                              std::span<const Name> names, Span within) {
  std::optional<Link> best;
  for (size_t begin = within.begin; begin < within.end; ++begin) {
    const size_t last = std::min(within.end, begin + longest_span);
    for (size_t end = begin + 1; end <= last; ++end) {
      if (!is_free(question.tokens[end - 1])) break;
      auto link = link_exactly(question, names, {begin, end});
      if (link && (!best || is_better(*link, *best))) best = std::move(link);
    }
  }
  return best;
}

bool has_unread_neighbour(const Question& question, Span span) {
  const auto& tokens = question.tokens;
  return (span.begin > 0 && is_content(tokens[span.begin - 1])) ||
         (span.end < tokens.size() && is_content(tokens[span.end]));
}

std::optional<Link> find_name(const Question& question,
                              std::span<const Name> names) {
  return find_name(question, names, whole(question));
}

Span unread(const Question& question, Span within) {
  const auto& tokens = question.tokens;
  for (size_t begin = within.begin; begin < within.end; ++begin) {
    if (!is_content(tokens[begin])) continue;
    size_t end = begin + 1;
    for (size_t i = end; i < within.end; ++i) {
      if (is_content(tokens[i])) {
        end = i + 1;
      } else if (!is_free(tokens[i]) || !is_article(tokens[i])) {
        break;
      }
    }
    return {begin, end};
  }
  return {};
}

Span whole(const Question& question) {
  return {0, question.tokens.size()};
}

}  // namespace claribi::plan
