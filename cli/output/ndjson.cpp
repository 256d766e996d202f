// SPDX-License-Identifier: MIT
#include <string>

#include "cli/output/cells.hpp"
#include "cli/output/formats.hpp"
#include "json/writer.hpp"

namespace claribi::cli {

Result<std::string> write_ndjson(const Document& document,
                                 const FormatOptions& /*options*/) {
  const auto names = member_names(document.table);
  std::string out;
  for (const table::Row& row : document.table.rows)
    out += json::compact(row_object(names, row)) + '\n';
  return out;
}

}  // namespace claribi::cli
