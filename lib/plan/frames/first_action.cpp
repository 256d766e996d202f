// SPDX-License-Identifier: MIT
#include "plan/frames/first_action.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace claribi::plan {
namespace {

bool is_of_account(const Name& name) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"login", "logout", "signin", "signout", "logoff", "identif", "session",
       "signup", "register", "heartbeat"});
  std::string joined;
  for (const auto& stem : name.stems)
    joined += stem;
  return std::ranges::any_of(words,
                             [&](auto word) { return joined.contains(word); });
}

}  // namespace

std::optional<Span> find_first_action(const Question& question) {
  static constexpr std::array<std::string_view, 6> forms{
      "=first =key =action|=event",
      "=first =action|=actions",
      "=first-action",
      "=first =activity|=use|=value",
      "=activation|=activated|=activate|=activates|=activating",
      "=key =action|=actions"};
  for (const auto form : forms) {
    if (auto span = find_words(question, form)) return span;
  }
  return std::nullopt;
}

const Name* first_action(const std::vector<Name>& names,
                         std::span<const std::string> others) {
  const Name* best = nullptr;
  for (const auto& name : names) {
    const bool other = std::ranges::find(others, name.raw) != others.end();
    if (other || name.raw.starts_with('$') || is_of_account(name)) continue;
    if (best == nullptr || name.volume > best->volume) best = &name;
  }
  return best;
}

std::string why_first_action(const Question& question, Span words) {
  return fmt::format(
      "'{}' reads as the most frequent event that is not about "
      "the account",
      text_of(question, words));
}

}  // namespace claribi::plan
