// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cli/io.hpp"
#include "cli/output/document.hpp"
#include "cli/output/jq.hpp"
#include "cli/settings.hpp"

namespace claribi::cli {

// The program of --jq, compiled; nothing if there is none. Fails (usage) for
// what is no program, or beside another format than json.
[[nodiscard]] Result<std::optional<JqProgram>> jq_program(
    const Settings& settings);

// The document cut to --columns and --limit and written in --format (text on a
// terminal, json elsewhere, if not said). Fails (usage) for a format that
// cannot show it.
[[nodiscard]] Result<std::string> document_text(Document document,
                                                const Settings& settings,
                                                const Screen& screen);

// Sends a text that is written already to --output, whole or not at all, or
// to standard output.
[[nodiscard]] Result<void> send(std::string_view text, const Settings& settings,
                                Io& io);

}  // namespace claribi::cli
