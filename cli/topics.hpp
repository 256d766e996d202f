// SPDX-License-Identifier: MIT
// What is about no single command: `claribi help TOPIC` and the end of the
// reference.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace claribi::cli {

struct Topic {
  std::string_view name;  // One word, as it is typed.
  std::string_view summary;
  // Paragraphs as a command's description has them (cli/command.hpp).
  std::string (*text)() = nullptr;
};

std::span<const Topic> topics();
const Topic* find_topic(std::string_view name);

}  // namespace claribi::cli
