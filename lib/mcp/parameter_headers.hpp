// SPDX-License-Identifier: MIT
// Arguments that 2026-07-28 repeats in headers, so that a gateway can route a
// call without reading its body: a property of a tool's schema that is marked
// with "x-mcp-header": "Region" goes into Mcp-Param-Region.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

struct ParameterHeader {
  std::string name;               // "Region"
  std::vector<std::string> path;  // Of the argument: {"filter", "region"}.
};

// The marks of a tool's input schema. Fails (protocol) with the reason when
// one of them is not allowed: then the tool must not be used.
[[nodiscard]] Result<std::vector<ParameterHeader>> parameter_headers(
    const json::Value& input_schema);

// The headers for those arguments; none for one that is missing or null.
std::vector<net::Header> mirrored(const std::vector<ParameterHeader>& marks,
                                  const json::Value& arguments);

// A text as the value of Mcp-Name or Mcp-Param-*: as it is where a header can
// hold it, else as =?base64?...?=.
std::string header_value(std::string_view text);

}  // namespace claribi::mcp
