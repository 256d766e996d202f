// SPDX-License-Identifier: MIT
#include "chart/vega_lite.hpp"

#include <string>

#include "cli/output/formats.hpp"
#include "json/writer.hpp"

namespace claribi::cli {

Result<std::string> write_vega_lite(const Document& document,
                                    const FormatOptions& /*options*/) {
  if (!document.chart) {
    return fail(ErrorKind::usage,
                "this result has no chart that vega-lite could show",
                {"use --format text, json, ndjson, csv or tsv"});
  }
  return json::pretty(chart::to_vega_lite(*document.chart));
}

}  // namespace claribi::cli
