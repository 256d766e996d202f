// SPDX-License-Identifier: MIT
// Programs of jq. libjq is loaded when the first one is compiled: a command
// without --jq neither needs nor loads it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace claribi::cli {

class JqProgram {
 public:
  // Fails (usage) with jq's own words for what is no program, or if libjq is
  // not installed.
  [[nodiscard]] static Result<JqProgram> compile(const std::string& program);
  JqProgram(const JqProgram&) = delete;
  JqProgram& operator=(const JqProgram&) = delete;
  JqProgram(JqProgram&&) noexcept;
  JqProgram& operator=(JqProgram&&) noexcept;
  ~JqProgram();

  // What the program makes of that JSON text: a line for each result, strings
  // without their quotes, all else as compact JSON. Integers beyond 2^53 are
  // rounded by libjq 1.6. Fails (usage) where the program does.
  [[nodiscard]] Result<std::string> run(std::string_view json);

 private:
  struct State;
  explicit JqProgram(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace claribi::cli
