// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "mcp/tool.hpp"
#include "net/transport.hpp"
#include "net/url.hpp"
#include "source/dialect.hpp"
#include "table/table.hpp"

namespace claribi::source {

// One of a vendor's hosts.
struct Region {
  std::string_view name;
  std::string_view url;
};

// A tool that claribi wants from the vendor, by its canonical name.
struct CatalogTool {
  std::string_view name;
  std::string_view returns;   // What it gives, without full stop.
  std::string_view question;  // An example for `claribi ask`.
  std::string_view scope;     // What the key must allow; space between two.
};

// A short flag for an argument that is long to write in JSON: `--event NAME`
// of a query. Applied in the order of the table, not in the order typed.
struct Shorthand {
  std::string_view name;   // Without dashes.
  std::string_view value;  // What help calls the value.
  std::string_view help;   // One sentence with a full stop.
  Result<void> (*apply)(std::string_view value,
                        json::Value& arguments) = nullptr;
  std::string_view fills = {};  // The argument that it provides, if required.
};

// A part of a list, as the canonical arguments `limit` and `offset` ask for it.
struct Page {
  int64_t offset = 0;
  std::optional<int64_t> limit = {};
};

// A tool that stands for all others on some servers: it takes a command and
// carries it out. Only commands that read are made here, so the gateway may be
// used although the server declares it to be destructive.
struct Gateway {
  std::string_view tool;
  // The commands: the names of all tools, what one tool is, a call of one.
  // `again` is for the second try.
  ToolCall (*list)() = nullptr;
  ToolCall (*describe)(std::string_view tool) = nullptr;
  ToolCall (*call)(const ToolCall& inner, bool again) = nullptr;
  // The answers to the first two. Fail (protocol) if they are not readable.
  Result<std::vector<std::string>> (*names)(std::string_view text) = nullptr;
  Result<mcp::Tool> (*tool_of)(std::string_view text) = nullptr;
  // Whether a failed call is to be tried once more, in its other form.
  bool (*wants_again)(std::string_view text) = nullptr;
};

// What the user chose when connecting; goes into the request as pins.
struct Pins {
  std::string project = {};
  std::string organization = {};
};

// Everything that is particular to one vendor. A vendor is a row in
// vendors.cpp and a folder beside it.
struct Vendor {
  std::string_view name;
  std::string_view title;
  std::string_view summary;
  bool needs_key = true;
  bool local = false;  // In this process: no network and no key.
  // No list of tools is known: those may be called that the server declares
  // read-only, and those that the user allows by name for one call.
  bool trusts_declarations = false;
  std::string_view key_page = {};  // Where a person makes a key.
  // The variable of the environment in which its users keep a key.
  std::string_view key_variable = {};
  std::span<const Region> regions = {};
  std::span<const CatalogTool> catalog = {};
  // What a key needs whichever tools it is for.
  std::span<const std::string_view> base_scopes = {};
  // Every tool that may be called, under any name it ever had.
  std::span<const std::string_view> read_only = {};

  // The tool that lists the projects of a key: rows with id, name and, where
  // known, timezone. Empty if there is none.
  std::string_view projects_tool = {};
  // Lists that take a `limit`: whichever is offered shows whether the key may
  // read a project.
  std::span<const std::string_view> project_probes = {};
  // Where the vendor's web application, which is no MCP server, says how it
  // is without asking for a key, and whether that is what came.
  std::string_view web_app_path = {};
  bool (*is_web_app)(const json::Value& state) = nullptr;

  // Refuses a key that cannot be right before it is sent anywhere.
  Result<void> (*check_key)(std::string_view key) = nullptr;
  // Puts the vendor's switches and the pins into the request.
  void (*pin)(net::Url& url, std::vector<net::Header>& headers,
              const Pins& pins) = nullptr;
  // Arguments that the server puts into every schema, for its own analytics,
  // and takes out again before it looks at a call: nobody has to give them.
  std::span<const std::string_view> injected = {};
  // The other name that an argument of a tool has or had; empty if none.
  std::string_view (*other_name)(std::string_view tool,
                                 std::string_view argument) = nullptr;
  // The short flags of a tool.
  std::span<const Shorthand> (*shorthands)(std::string_view tool) = nullptr;
  Result<Translation> (*translate)(const ToolCall& canonical,
                                   const Dialect& dialect) = nullptr;
  // Whether a canonical tool works on that server, under whatever name.
  bool (*is_available)(std::string_view canonical,
                       const Dialect& dialect) = nullptr;
  // The result of a call that was sent, as a table. Fails (protocol) if it
  // is not what that tool returns.
  Result<table::Table> (*decode)(const ToolCall& sent,
                                 const mcp::ToolResult& result,
                                 const Moment& moment) = nullptr;
  // The page that follows the one in a result; nothing after the last one.
  std::optional<Page> (*next_page)(const mcp::ToolResult& result) = nullptr;
  // The events that a call asks for by name.
  std::vector<std::string> (*events_in)(const ToolCall& sent) = nullptr;
  // Whether a tool's own error says that it never began: the server knows no
  // such tool or cannot read its arguments.
  bool (*never_began)(std::string_view text) = nullptr;
  // A tool's own error in plain words.
  Error (*explain)(const ToolCall& sent, std::string_view text) = nullptr;
  // Null if the vendor has none.
  const Gateway* gateway = nullptr;
  // The canonical calls that bring those parts of the schema, then those that
  // follow from what the first ones brought, and the reading of each one's
  // table into it.
  std::vector<ToolCall> (*schema_calls)(const SchemaNeeds& needs,
                                        const Dialect& dialect) = nullptr;
  std::vector<ToolCall> (*more_schema_calls)(const SchemaNeeds& needs,
                                             const Dialect& dialect,
                                             const Schema& schema) = nullptr;
  void (*read_schema)(const ToolCall& canonical, const table::Table& table,
                      Schema& schema) = nullptr;
  // The call that finds which properties have one of those texts (in lower
  // case) as a value, and the reading of its table. Nothing to call if the
  // schema has no property of text.
  std::optional<ToolCall> (*values_call)(const std::vector<std::string>& texts,
                                         const Schema& schema) = nullptr;
  void (*read_values)(const table::Table& table, Schema& schema) = nullptr;
};

// All vendors; the first one is the default of `claribi connect`.
std::span<const Vendor> vendors();
const Vendor* find_vendor(std::string_view name);
// The region of the vendor at whose host that address is, whatever its path;
// null if it is at none.
const Region* region_at(const Vendor& vendor, std::string_view url);

}  // namespace claribi::source
