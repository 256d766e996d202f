// SPDX-License-Identifier: MIT
#include "cli/output/formats.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::cli {

std::span<const Format> formats() {
  static constexpr std::array<Format, 8> table{{
      {"text", "an answer or a table to read, with a drawn chart", write_text},
      {"json", "one JSON document: the rows and where they come from",
       write_json},
      {"ndjson", "one JSON object per row and line", write_ndjson},
      {"csv", "comma-separated values with a line of names", write_csv},
      {"tsv", "tab-separated values with a line of names", write_tsv},
      {"vega-lite", "the chart as a Vega-Lite specification", write_vega_lite},
      {"svg", "the chart as a picture for pages and documents", write_svg},
      {"raw", "what the server sent, unchanged", write_raw},
  }};
  return table;
}

Result<const Format*> find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  const auto names = format_names();
  const auto alike = nearest(name, names);
  return fail(
      ErrorKind::usage,
      fmt::format("unknown format '{}'", escape_terminal_line(name)),
      {alike.empty() ? "formats are: " + join(names, ", ")
                     : "did you mean --format " + join(alike, " or ") + "?"});
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats())
    names.emplace_back(format.name);
  return names;
}

}  // namespace claribi::cli
