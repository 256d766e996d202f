// SPDX-License-Identifier: MIT
#include "source/generic/generic.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "json/reader.hpp"
#include "table/build.hpp"

namespace claribi::source::generic {
namespace {

constexpr size_t most_words = 400;

Result<void> check_key(std::string_view key) {
  const bool printable =
      std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!key.empty() && printable) return {};
  return fail(ErrorKind::key_rejected,
              "the key is empty or has blanks or control characters",
              {"copy the key again"});
}

void pin(net::Url& /*url*/, std::vector<net::Header>& /*headers*/,
         const Pins& /*pins*/) {
}

std::span<const Shorthand> shorthands(std::string_view /*tool*/) {
  return {};
}

Result<Translation> translate(const ToolCall& canonical,
                              const Dialect& /*dialect*/) {
  return Translation{canonical};
}

// A list of objects, an object with one such list in it, or a single object.
table::Table table_of(const json::Value& value) {
  if (value.is_array()) return table::from_objects(value.items());
  if (!value.is_object()) {
    return table::from_rows({"value"}, {json::Array{value}});
  }
  const json::Array* list = nullptr;
  for (const json::Member& member : value.members()) {
    if (!member.value.is_array()) continue;
    if (list != nullptr) return table::from_object(value);
    list = &member.value.items();
  }
  return list == nullptr ? table::from_object(value)
                         : table::from_objects(*list);
}

Result<table::Table> decode(const ToolCall& /*sent*/,
                            const mcp::ToolResult& result,
                            const Moment& /*moment*/) {
  if (!result.structured.is_null()) return table_of(result.structured);
  const std::string text = result.text();
  if (const auto parsed = json::parse(text)) return table_of(*parsed);
  table::Table table = table::from_rows({"title", "url", "text"}, {});
  table.shape = table::Shape::prose;
  if (!text.empty()) table.rows.push_back({nullptr, nullptr, text});
  return table;
}

std::vector<std::string> events_in(const ToolCall& /*sent*/) {
  return {};
}

bool never_began(std::string_view /*text*/) {
  return false;
}

Error explain(const ToolCall& sent, std::string_view text) {
  const std::string words = escape_terminal_line(text.substr(0, most_words));
  return {
      ErrorKind::tool_error,
      fmt::format("{}: {}", escape_terminal_line(sent.tool),
                  words.empty() ? "it failed without a word" : words),
      {"see its arguments: claribi tools " + escape_terminal_line(sent.tool)}};
}

std::vector<ToolCall> schema_calls(const SchemaNeeds& /*needs*/,
                                   const Dialect& /*dialect*/) {
  return {};
}

std::vector<ToolCall> more_schema_calls(const SchemaNeeds& /*needs*/,
                                        const Dialect& /*dialect*/,
                                        const Schema& /*schema*/) {
  return {};
}

std::optional<Page> next_page(const mcp::ToolResult& /*result*/) {
  return std::nullopt;
}

std::string_view other_name(std::string_view /*tool*/,
                            std::string_view /*argument*/) {
  return {};
}

void read_schema(const ToolCall& /*canonical*/, const table::Table& /*table*/,
                 Schema& /*schema*/) {
}

}  // namespace

Vendor vendor_row() {
  Vendor vendor;
  vendor.name = "mcp";
  vendor.title = "MCP";
  vendor.summary = "any MCP server, by its URL";
  vendor.needs_key = false;
  vendor.trusts_declarations = true;
  vendor.check_key = check_key;
  vendor.pin = pin;
  vendor.shorthands = shorthands;
  vendor.translate = translate;
  vendor.decode = decode;
  vendor.events_in = events_in;
  vendor.never_began = never_began;
  vendor.explain = explain;
  vendor.schema_calls = schema_calls;
  vendor.more_schema_calls = more_schema_calls;
  vendor.next_page = next_page;
  vendor.other_name = other_name;
  vendor.read_schema = read_schema;
  return vendor;
}

}  // namespace claribi::source::generic
