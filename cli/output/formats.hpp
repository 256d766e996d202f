// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "cli/io.hpp"
#include "cli/output/document.hpp"

namespace claribi::cli {

struct FormatOptions {
  bool header = true;  // CSV and TSV: the line of column names.
  Screen screen = {};
};

// A row of the table of formats. A writer turns a document into text and does
// nothing else; it fails (usage) if the format cannot show that document.
struct Format {
  std::string_view name;
  std::string_view summary;
  Result<std::string> (*write)(const Document& document,
                               const FormatOptions& options) = nullptr;
};

std::span<const Format> formats();
// Fails (usage) with the nearest names.
[[nodiscard]] Result<const Format*> find_format(std::string_view name);
std::vector<std::string> format_names();

// One per file of this folder.
Result<std::string> write_text(const Document&, const FormatOptions&);
Result<std::string> write_json(const Document&, const FormatOptions&);
Result<std::string> write_ndjson(const Document&, const FormatOptions&);
Result<std::string> write_csv(const Document&, const FormatOptions&);
Result<std::string> write_tsv(const Document&, const FormatOptions&);
Result<std::string> write_vega_lite(const Document&, const FormatOptions&);
Result<std::string> write_svg(const Document&, const FormatOptions&);
Result<std::string> write_raw(const Document&, const FormatOptions&);

}  // namespace claribi::cli
