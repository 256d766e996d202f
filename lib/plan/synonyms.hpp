// SPDX-License-Identifier: MIT
// Words that mean the same: what people say for the names that PostHog gives
// by itself, and the deeds that every product has two words for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace claribi::plan {

// What is said for an autocaptured name, several words each.
std::vector<std::string> spoken_names(std::string_view raw);

enum class Likeness {
  close,  // "registered" and "signed up", "finished" and "completed".
  loose,  // "subscribed" and "signed up": only beside a word in common.
};
// The stems with those of one deed made equal; "sign up" is one stem.
std::vector<std::string> deeds_of(const std::vector<std::string>& stems,
                                  Likeness likeness);

}  // namespace claribi::plan
