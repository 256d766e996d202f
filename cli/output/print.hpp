// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "cli/io.hpp"
#include "cli/output/document.hpp"
#include "cli/settings.hpp"

namespace claribi::cli {

// Cuts the document to --columns and --limit, writes it in --format (text on
// a terminal, json elsewhere, if not said) and sends it to --output or to
// standard output. A format that cannot show it fails before anything is
// written.
[[nodiscard]] Result<void> print_document(Document document,
                                          const Settings& settings, Io& io);

// Sends a text that is written already to --output, whole or not at all, or
// to standard output.
[[nodiscard]] Result<void> send(std::string_view text, const Settings& settings,
                                Io& io);

}  // namespace claribi::cli
