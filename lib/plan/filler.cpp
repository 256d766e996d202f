// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "plan/question.hpp"

namespace claribi::plan {

bool is_filler(const Token& token) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"a",        "about",     "all",       "also",       "am",
       "an",       "and",       "any",       "are",        "as",
       "ask",      "at",        "be",        "been",       "being",
       "by",       "can",       "could",     "count",      "data",
       "did",      "display",   "do",        "does",       "doing",
       "each",     "every",     "event",     "events",     "exactly",
       "far",      "figures",   "find",      "for",        "from",
       "get",      "give",      "going",     "got",        "had",
       "happen",   "happened",  "has",       "have",       "having",
       "hello",    "hey",       "hi",        "how",        "i",
       "if",       "in",        "is",        "it",         "its",
       "just",     "kind",      "last",      "let",        "like",
       "list",     "look",      "looking",   "make",       "many",
       "me",       "much",      "my",        "need",       "new",
       "no",       "now",       "number",    "numbers",    "of",
       "off",      "on",        "or",        "our",        "out",
       "over",     "people",    "per",       "performing", "person",
       "persons",  "please",    "plot",      "right",      "see",
       "show",     "since",     "so",        "some",       "stats",
       "tell",     "than",      "that",      "the",        "their",
       "them",     "then",      "there",     "these",      "they",
       "this",     "those",     "time",      "times",      "to",
       "total",    "trend",     "trends",    "trigger",    "triggered",
       "us",       "use",       "used",      "user",       "users",
       "using",    "versus",    "visitors",  "vs",         "want",
       "was",      "we",        "were",      "what",       "when",
       "where",    "which",     "who",       "whose",      "why",
       "will",     "with",      "within",    "would",      "you",
       "your",     "customers", "customer",  "visitor",    "currently",
       "current",  "between",   "during",    "overall",    "query",
       "run",      "chart",     "graph",     "-",          "&",
       "whats",    "perform",   "performed", "actually",   "ever",
       "both",     "compare",   "compared",  "comparison", "against",
       "fire",     "fired",     "into",      "gone",       "go",
       "went",     "changed",   "change",    "drop",       "dropped",
       "increase", "increased", "decrease",  "decreased",  "fall",
       "fell",     "first",     "take",      "takes",      "long",
       "latest",   "value",     "values",    "most",       "come",
       "comes",    "best",      "same",      "often",      "rise",
       "rose",     "grow",      "grew"});
  return !token.quoted && std::ranges::find(words, token.folded) != words.end();
}

}  // namespace claribi::plan
