// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/rest.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr size_t most_pages = 4;

// Words that every question has.
constexpr std::array<std::string_view, 34> empty_words = {
    "a",   "an",   "and",  "are",     "be",   "by",   "can", "do", "does",
    "for", "from", "get",  "how",     "i",    "in",   "is",  "it", "me",
    "my",  "of",   "on",   "or",      "set",  "show", "the", "to", "up",
    "use", "we",   "what", "posthog", "with", "you",  "your"};

// The words of a text, in lower case and without their plural.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    const bool plural =
        word.size() > 3 && word.ends_with('s') && !word.ends_with("ss");
    if (plural) word.pop_back();
    if (!word.empty() &&
        std::ranges::find(empty_words, word) == empty_words.end()) {
      words.push_back(word);
    }
    word.clear();
  };
  for (const char c : lower(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80) {
      word += c;
    } else {
      finish();
    }
  }
  finish();
  return words;
}

struct Indexed {
  const json::Value* page = nullptr;
  std::vector<std::string> title;
  std::vector<std::string> text;
  double score = 0;
};

// A word counts more the fewer pages have it, and most in a title. Repetition
// counts less each time.
void score(std::vector<Indexed>& pages, const std::string& word) {
  double having = 0;
  for (const auto& page : pages) {
    if (std::ranges::find(page.title, word) != page.title.end() ||
        std::ranges::find(page.text, word) != page.text.end()) {
      having += 1;
    }
  }
  if (having == 0) return;
  const double rarity =
      std::log(1.0 + (static_cast<double>(pages.size()) / having));
  for (auto& page : pages) {
    const auto in_text = std::ranges::count(page.text, word);
    const auto in_title = std::ranges::count(page.title, word);
    page.score += rarity * (std::sqrt(static_cast<double>(in_text)) +
                            (3.0 * static_cast<double>(in_title)));
  }
}

std::string block_of(const json::Value& page) {
  return fmt::format("# {}\nURL: {}\n\n{}\n", page["title"].text_or("Untitled"),
                     page["url"].text_or("https://posthog.com/docs"),
                     page["text"].text_or(""));
}

}  // namespace

json::Value docs_search_schema() {
  return constant(R"json({"type":"object","properties":{
"query":{"type":"string","description":"What to find, as a question or in words."}},
"required":["query"]})json");
}

Result<ToolAnswer> docs_search(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("docs-search", docs_search_schema(), args));
  std::vector<Indexed> pages;
  for (const auto& page : world.project.docs) {
    pages.push_back({.page = &page,
                     .title = words_of(page["title"].text_or("")),
                     .text = words_of(page["text"].text_or(""))});
  }
  for (const auto& word : words_of(args["query"].text_or(""))) {
    score(pages, word);
  }
  std::ranges::stable_sort(pages, std::ranges::greater(), &Indexed::score);
  std::vector<std::string> blocks;
  for (const auto& page : pages) {
    // Far behind the best is chance.
    if (page.score <= 0 || page.score < pages.front().score / 4 ||
        blocks.size() == most_pages) {
      break;
    }
    blocks.push_back(block_of(*page.page));
  }
  json::Value value;
  value.set("content",
            blocks.empty() ? "No results found." : join(blocks, "\n---\n\n"));
  return ToolAnswer{.value = std::move(value)};
}

}  // namespace claribi::demo
