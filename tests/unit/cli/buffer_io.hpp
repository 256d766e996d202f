// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "cli/io.hpp"

namespace claribi::cli {

// Keeps what was said, and answers with what it was given.
class BufferIo final : public Io {
 public:
  [[nodiscard]] Result<void> out(std::string_view data) override {
    if (broken) return fail(ErrorKind::closed_pipe, "");
    said += data;
    return {};
  }
  void note(std::string_view words) override { noted += words; }
  void status(std::string_view line) override { waiting += line; }
  [[nodiscard]] Result<std::string> read_all() override { return input; }
  [[nodiscard]] const Screen& screen() const override { return shown; }
  [[nodiscard]] Result<Secret> prompt_secret(
      std::string_view /*question*/) override {
    return fail(ErrorKind::usage, "there is no terminal to ask on");
  }

  std::string said;
  std::string noted;
  std::string waiting;  // All lines of status.
  std::string input;
  Screen shown;
  bool broken = false;
};

}  // namespace claribi::cli
