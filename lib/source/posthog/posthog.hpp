// SPDX-License-Identifier: MIT
// PostHog's habits. Nothing outside this folder knows a tool by name or what
// its reply looks like, but for the canonical names that plans are made of.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/tool.hpp"
#include "net/transport.hpp"
#include "net/url.hpp"
#include "source/dialect.hpp"
#include "source/vendor.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

// catalog.cpp: the rows of the table of vendors, and the wanted tools.
Vendor hosted_vendor();
Vendor demo_vendor();

// requests.cpp: keys, and the switches that every request carries.
[[nodiscard]] Result<void> check_key(std::string_view key);
void pin(net::Url& url, std::vector<net::Header>& headers, const Pins& pins);

// aliases.cpp: what a canonical tool is called today, and its arguments.
[[nodiscard]] Result<Translation> translate(const ToolCall& canonical,
                                            const Dialect& dialect);
// The query inside query-run's wrapping, or the arguments themselves.
const json::Value& query_of(const ToolCall& call);

// The events that the series of a query name.
std::vector<std::string> events_in(const ToolCall& sent);

// exec.cpp: the one tool of a server that ignores the mode asked for.
extern const Gateway exec_gateway;

// arguments.cpp: the short flags.
std::span<const Shorthand> shorthands(std::string_view tool);

// pages.cpp: lists that come in parts.
std::optional<Page> next_page(const mcp::ToolResult& result);

// results.cpp: replies as tables. errors.cpp: a tool's error in plain words.
[[nodiscard]] Result<table::Table> decode(const ToolCall& sent,
                                          const mcp::ToolResult& result,
                                          const Moment& moment);
bool never_began(std::string_view text);
Error explain(const ToolCall& sent, std::string_view text);

// schema.cpp: the names of a project.
std::vector<ToolCall> schema_calls(const SchemaNeeds& needs,
                                   const Dialect& dialect);
std::vector<ToolCall> more_schema_calls(const SchemaNeeds& needs,
                                        const Dialect& dialect,
                                        const Schema& schema);
void read_schema(const ToolCall& canonical, const table::Table& table,
                 Schema& schema);
std::optional<ToolCall> values_call(const std::vector<std::string>& texts,
                                    const Schema& schema);
void read_values(const table::Table& table, Schema& schema);

}  // namespace claribi::source::posthog
