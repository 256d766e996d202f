// SPDX-License-Identifier: MIT
// Questions to a person. They go to the terminal itself, not to standard
// output or standard error, and are asked only where somebody can answer: not
// with --no-input, not if CI is set, not without a terminal or in the
// background (usage). Context::may_ask() says so beforehand.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/context.hpp"

namespace claribi::cli {

// A key or passphrase, typed without echo: as it was typed, blanks and all,
// but for the line's end. Fails (usage) if nothing was typed.
[[nodiscard]] Result<Secret> ask_secret(Context& context,
                                        std::string_view question);

// A line without the blanks around it. Fails (usage) if nothing was typed.
[[nodiscard]] Result<std::string> ask_line(Context& context,
                                           std::string_view question);

// What is typed below a text of several lines, without the blanks around it;
// empty for Enter alone. The text is shown as it is: what comes from a server
// is escaped by the caller.
[[nodiscard]] Result<std::string> ask_below(Context& context,
                                            std::string_view text);

// Whether the answer was y or yes; nothing typed means no.
[[nodiscard]] Result<bool> ask_yes(Context& context, std::string_view question);

}  // namespace claribi::cli
