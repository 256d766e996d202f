// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.hpp"
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
  [[nodiscard]] Result<void> save(const std::filesystem::path& path,
                                  std::string_view data) override {
    return write_file(path, data, Privacy::umask);
  }
  void note(std::string_view words) override { noted += words; }
  void status(std::string_view line) override { waiting += line; }
  [[nodiscard]] bool input_is_terminal() const override { return attended; }
  [[nodiscard]] Result<std::string> read_all() override { return input; }
  [[nodiscard]] const Screen& screen() const override { return shown; }
  [[nodiscard]] bool can_ask() const override { return attended; }
  [[nodiscard]] Result<Secret> ask(std::string_view question,
                                   Echo echo) override {
    asked += echo == Echo::hidden ? "(hidden) " : "";
    asked += question;
    asked += '\n';
    if (answers.empty()) return fail(ErrorKind::usage, "nothing was typed");
    const std::string answer = answers.front();
    answers.erase(answers.begin());
    return Secret::copy_of(answer);
  }

  std::string said;
  std::string noted;
  std::string waiting;  // All lines of status.
  std::string input;
  bool attended = false;             // Somebody is there to ask.
  std::vector<std::string> answers;  // What they will type.
  std::string asked;                 // The questions, a line each.
  Screen shown;
  bool broken = false;
};

}  // namespace claribi::cli
