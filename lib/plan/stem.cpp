// SPDX-License-Identifier: MIT
// A light stemmer: enough to see that "signups", "uploading" and "paid bills"
// are the words of event names. What it returns is only ever compared.
#include <algorithm>
#include <array>
#include <utility>

#include "plan/question.hpp"

namespace claribi::plan {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Forms that no ending explains.
constexpr std::array<Pair, 36> irregular{{
    {"paid", "pay"},
    {"bought", "buy"},
    {"sent", "send"},
    {"made", "make"},
    {"spent", "spend"},
    {"sold", "sell"},
    {"won", "win"},
    {"began", "start"},
    {"saw", "see"},
    {"seen", "see"},
    {"left", "leave"},
    {"people", "person"},
    {"persons", "person"},
    {"subscription", "subscribe"},
    {"conversion", "convert"},
    {"removal", "remove"},
    {"renewal", "renew"},
    {"purchases", "purchase"},
    {"successful", "succeed"},
    {"success", "succeed"},
    {"failure", "fail"},
    {"ups", "up"},
    {"ins", "in"},
    {"outs", "out"},
    {"signing", "sign"},
    {"analyses", "analysis"},
    {"queries", "query"},
    {"cancelled", "cancel"},
    {"cancelling", "cancel"},
    {"cancellation", "cancel"},
    {"cancellations", "cancel"},
    {"failing", "fail"},
    {"broke", "break"},
    {"broken", "break"},
    {"chose", "choose"},
    {"chosen", "choose"},
}};

bool is_vowel(char c) {
  return std::string_view("aeiouy").contains(c);
}

bool has_vowel(std::string_view text) {
  return std::ranges::any_of(text, is_vowel);
}

std::string_view regular(std::string_view word) {
  const auto* const row = std::ranges::find(irregular, word, &Pair::first);
  return row == irregular.end() ? word : row->second;
}

std::string without_plural(std::string_view word) {
  const auto cut = [&](size_t count) {
    return std::string(word.substr(0, word.size() - count));
  };
  if (word.size() > 4 && word.ends_with("ies")) return cut(3) + "y";
  for (const std::string_view ending : {"sses", "shes", "ches", "xes", "zes"}) {
    if (word.ends_with(ending)) return cut(2);
  }
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") &&
      !word.ends_with("us") && !word.ends_with("is")) {
    return cut(1);
  }
  return std::string(word);
}

// Takes off what makes a verb of the past, a doing or a deed of a word.
std::string without_ending(std::string word) {
  struct Ending {
    std::string_view text;
    size_t shortest;  // The length that a word must have to lose it.
    size_t cut;
  };
  static constexpr std::array<Ending, 6> endings{{{"ation", 8, 5},
                                                  {"tion", 8, 3},
                                                  {"ment", 7, 4},
                                                  {"ing", 6, 3},
                                                  {"ied", 5, 2},
                                                  {"ed", 5, 2}}};
  if (word == "segment" || word.ends_with("eed")) return word;
  for (const auto& ending : endings) {
    if (word.size() < ending.shortest || !word.ends_with(ending.text)) continue;
    const std::string rest = word.substr(0, word.size() - ending.cut);
    if (has_vowel(rest)) return rest;
  }
  return word;
}

std::string normal_end(std::string word) {
  if (word.size() > 3 && word.ends_with('e')) word.pop_back();
  const size_t size = word.size();
  if (size > 2 && word[size - 1] == word[size - 2] && !is_vowel(word.back())) {
    word.pop_back();
  } else if (size > 3 && word.back() == 'y' && !is_vowel(word[size - 2])) {
    word.back() = 'i';
  }
  return word;
}

}  // namespace

std::string stem(std::string_view folded) {
  if (!std::ranges::all_of(folded,
                           [](char c) { return c >= 'a' && c <= 'z'; })) {
    return std::string(folded);
  }
  const std::string_view known = regular(folded);
  if (known.size() <= 2) return std::string(known);
  const std::string singular = without_plural(known);
  return normal_end(without_ending(std::string(regular(singular))));
}

}  // namespace claribi::plan
