// SPDX-License-Identifier: MIT
// The flags that `claribi call TOOL` takes: the vendor's short ones and one
// for each argument of the tool's own schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/tool.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {

struct SchemaFlag {
  std::string name = {};      // Without dashes: "date-from".
  std::string argument = {};  // "dateRange"; empty for a short flag.
  std::string type = {};      // "NAME", "integer", "one of: day, week"
  std::string help = {};
  bool required = false;
  const source::Shorthand* shorthand = nullptr;  // Null for an argument.
};

// Short flags first, then the arguments in the order of the schema. Arguments
// that the vendor adds to every schema are left out.
std::vector<SchemaFlag> schema_flags(const source::Vendor& vendor,
                                     const mcp::Tool& tool);

// The arguments of a call from what follows the tool's name:
//   --flag VALUE, --flag=VALUE, key=value (text), key:=json, @FILE or - for a
//   JSON object, which comes first.
// `object` is the JSON of --args, or of a file or standard input; null if
// there is none. An argument that the vendor knows under two names may be
// given by either. Fails (usage) naming the word and the nearest flag.
[[nodiscard]] Result<json::Value> call_arguments(
    const std::vector<std::string>& words, const source::Vendor& vendor,
    const mcp::Tool& tool, json::Value object);

// Fails (usage) naming the flag if an argument is missing that the tool needs.
[[nodiscard]] Result<void> check_required(const source::Vendor& vendor,
                                          const mcp::Tool& tool,
                                          const json::Value& arguments);

}  // namespace claribi::cli
