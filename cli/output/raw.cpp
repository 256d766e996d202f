// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "cli/output/cells.hpp"
#include "cli/output/formats.hpp"

namespace claribi::cli {

Result<std::string> write_raw(const Document& document,
                              const FormatOptions& options) {
  if (document.raw.empty()) {
    return fail(ErrorKind::usage,
                "no server sent this result, so there is nothing raw to show",
                {"use --format text, json, ndjson, csv or tsv"});
  }
  std::string out = document.raw;
  if (!out.ends_with('\n')) out += '\n';
  return guard_terminal(std::move(out), options.screen);
}

}  // namespace claribi::cli
