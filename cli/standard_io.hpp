// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include "cli/environment.hpp"
#include "cli/io.hpp"

namespace claribi::cli {

// The process's own standard streams and its terminal.
class StandardIo final : public Io {
 public:
  // `umask` is what the user's files are made with; that of the process is
  // stricter.
  StandardIo(Screen screen, mode_t umask) : screen_(screen), umask_(umask) {}

  [[nodiscard]] Result<void> out(std::string_view data) override;
  [[nodiscard]] Result<void> save(const std::filesystem::path& path,
                                  std::string_view data) override;
  void note(std::string_view words) override;
  void status(std::string_view line) override;
  [[nodiscard]] bool input_is_terminal() const override;
  [[nodiscard]] Result<std::string> read_all() override;
  [[nodiscard]] const Screen& screen() const override { return screen_; }
  [[nodiscard]] bool can_ask() const override;
  [[nodiscard]] Result<Secret> ask(std::string_view question,
                                   Echo echo) override;

 private:
  Screen screen_;
  mode_t umask_;
  bool status_shown_ = false;
};

// What standard output can show, from the terminal itself and from COLUMNS,
// NO_COLOR, TERM and the locale.
Screen read_screen();

// The folders and variables, from HOME and the XDG variables. Fails (usage)
// if there is no HOME.
[[nodiscard]] Result<Environment> read_environment();

}  // namespace claribi::cli
