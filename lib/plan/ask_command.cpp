// SPDX-License-Identifier: MIT
#include "plan/ask_command.hpp"

namespace claribi::plan {

std::string ask_command(std::string_view question) {
  if (question.find_first_of("$`\"\\!") == std::string_view::npos) {
    return "claribi ask \"" + std::string(question) + "\"";
  }
  std::string out = "claribi ask '";
  for (const char c : question) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace claribi::plan
