// SPDX-License-Identifier: MIT
#include "chart/svg.hpp"

#include <string>

#include "cli/output/formats.hpp"

namespace claribi::cli {

Result<std::string> write_svg(const Document& document,
                              const FormatOptions& /*options*/) {
  if (!document.chart) {
    return fail(ErrorKind::usage,
                "this result has no chart that svg could show",
                {"use --format text, json, ndjson, csv or tsv"});
  }
  return chart::to_svg(*document.chart);
}

}  // namespace claribi::cli
