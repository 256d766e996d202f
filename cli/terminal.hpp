// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/io.hpp"

namespace claribi::cli {

// Whether the process has a terminal of its own (/dev/tty) and is in its
// foreground, so that somebody can answer. A job in the background would only
// be stopped by a question.
bool terminal_answers();

// One line typed there, as it was typed but for the line's end, at most 4095
// bytes. Fails (usage) where nobody can answer or the terminal ends.
//
// SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGTSTP put the terminal back first and
// then have their effect; after SIGCONT the question is asked again. Where such
// a signal does not end the process (number 1 of a container), the error is of
// its kind: interrupted, terminated, hung_up.
[[nodiscard]] Result<Secret> ask_terminal(std::string_view question, Echo echo);

}  // namespace claribi::cli
