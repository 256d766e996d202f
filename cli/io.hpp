// SPDX-License-Identifier: MIT
// How claribi speaks. Data goes to standard output and nothing else does.
// Words for a person go to standard error. A question goes to the terminal
// itself.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace claribi::cli {

// What the output side of a terminal can show. For a pipe: no terminal, 80
// columns, no colour.
struct Screen {
  bool terminal = false;
  size_t width = 80;
  bool unicode = true;
  bool colour = false;
};

// Whether what is typed is shown.
enum class Echo { shown, hidden };

class Io {
 public:
  virtual ~Io() = default;

  // Data, to standard output. Fails with closed_pipe or file (disk full).
  [[nodiscard]] virtual Result<void> out(std::string_view data) = 0;
  // Data, to a file of the user's: whole or not at all, with the mode that the
  // user's own umask gives. Fails (file).
  [[nodiscard]] virtual Result<void> save(const std::filesystem::path& path,
                                          std::string_view data) = 0;
  // Words for a person, to standard error.
  virtual void note(std::string_view words) = 0;
  // A line for a person who waits: it stands at the end of the terminal until
  // the next one, and is taken away by an empty one and by any other word.
  // Nothing where standard error is no terminal.
  virtual void status(std::string_view line) = 0;
  // Whether somebody would have to type what read_all() reads.
  [[nodiscard]] virtual bool input_is_terminal() const = 0;
  // All of standard input.
  [[nodiscard]] virtual Result<std::string> read_all() = 0;
  [[nodiscard]] virtual const Screen& screen() const = 0;
  // Whether there is a terminal where somebody can answer.
  [[nodiscard]] virtual bool can_ask() const = 0;
  // A line typed there, as it was typed but for the line's end; cli/prompt.hpp
  // is what commands use. Fails (usage) where nobody can answer.
  [[nodiscard]] virtual Result<Secret> ask(std::string_view question,
                                           Echo echo) = 0;
};

}  // namespace claribi::cli
