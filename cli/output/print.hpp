// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cli/io.hpp"
#include "cli/output/document.hpp"
#include "cli/settings.hpp"

namespace claribi::cli {

// The document cut to --columns and --limit and written in --format (text on a
// terminal, json elsewhere, if not said). Fails (usage) for a format that
// cannot show it.
[[nodiscard]] Result<std::string> document_text(Document document,
                                                const Settings& settings,
                                                const Screen& terminal);

// Sends a text that is written already to --output, whole or not at all, or
// to standard output.
[[nodiscard]] Result<void> send(std::string_view text, const Settings& settings,
                                Io& io);

}  // namespace claribi::cli
