// SPDX-License-Identifier: MIT
#include "mcp/parameter_headers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "base/base64.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "mcp/refusal.hpp"

namespace claribi::mcp {
namespace {

constexpr std::string_view mark = "x-mcp-header";
constexpr int64_t largest_exact = (1LL << 53) - 1;

// Where a schema holds other schemas: one, a list, or a map of them.
constexpr std::array<std::string_view, 8> single_keywords{
    "items", "contains", "additionalProperties", "not", "if",
    "then",  "else",     "propertyNames"};
constexpr std::array<std::string_view, 4> list_keywords{"prefixItems", "oneOf",
                                                        "anyOf", "allOf"};
constexpr std::array<std::string_view, 4> map_keywords{
    "patternProperties", "dependentSchemas", "$defs", "definitions"};

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+.^_`|~-";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || marks.contains(c);
  });
}

// Finds the marks of a schema and of all schemas in it.
class Walk {
 public:
  // `plain`: reached through properties alone.
  Result<void> visit(const json::Value& schema, bool plain) {
    if (schema.has(mark)) CLARIBI_TRY(take(schema, plain));
    for (const json::Member& property : schema["properties"].members()) {
      path_.push_back(property.name);
      CLARIBI_TRY(visit(property.value, plain));
      path_.pop_back();
    }
    for (std::string_view keyword : single_keywords) {
      CLARIBI_TRY(visit_hidden(schema[keyword]));
    }
    for (std::string_view keyword : list_keywords) {
      for (const json::Value& one : schema[keyword].items()) {
        CLARIBI_TRY(visit_hidden(one));
      }
    }
    for (std::string_view keyword : map_keywords) {
      for (const json::Member& one : schema[keyword].members()) {
        CLARIBI_TRY(visit_hidden(one.value));
      }
    }
    return {};
  }

  std::vector<ParameterHeader> take_marks() && { return std::move(marks_); }

 private:
  Result<void> visit_hidden(const json::Value& schema) {
    return schema.is_object() ? visit(schema, false) : Result<void>{};
  }

  Result<void> take(const json::Value& schema, bool plain) {
    const std::string name = schema[mark].text_or("");
    const auto refuse = [&](std::string_view why) {
      return fail(ErrorKind::protocol,
                  fmt::format("its {} '{}' {}", mark, server_words(name), why));
    };
    if (!is_token(name)) return refuse("is no name of a header");
    if (!plain || path_.empty()) {
      return refuse("is not on a property that is always there");
    }
    const std::string type = schema["type"].text_or("");
    if (type != "string" && type != "integer" && type != "boolean") {
      return refuse("is on a type that no header can hold");
    }
    if (!names_.insert(lower(name)).second) return refuse("comes twice");
    marks_.push_back({name, path_});
    return {};
  }

  std::vector<std::string> path_;
  std::set<std::string> names_;
  std::vector<ParameterHeader> marks_;
};

const json::Value& at_path(const json::Value& arguments,
                           const std::vector<std::string>& path) {
  const json::Value* value = &arguments;
  for (const std::string& name : path)
    value = &(*value)[name];
  return *value;
}

// Texts, booleans and integers that every JSON reader keeps exact.
std::optional<std::string> text_of(const json::Value& value) {
  if (const auto flag = value.boolean()) return *flag ? "true" : "false";
  if (const auto text = value.string()) return std::string(*text);
  const auto number = value.integer();
  if (!number || *number > largest_exact || *number < -largest_exact) {
    return std::nullopt;
  }
  return std::to_string(*number);
}

}  // namespace

Result<std::vector<ParameterHeader>> parameter_headers(
    const json::Value& input_schema) {
  Walk walk;
  CLARIBI_TRY(walk.visit(input_schema, true));
  return std::move(walk).take_marks();
}

std::vector<net::Header> mirrored(const std::vector<ParameterHeader>& marks,
                                  const json::Value& arguments) {
  std::vector<net::Header> headers;
  for (const ParameterHeader& one : marks) {
    if (const auto text = text_of(at_path(arguments, one.path))) {
      headers.push_back({"Mcp-Param-" + one.name, header_value(*text)});
    }
  }
  return headers;
}

std::string header_value(std::string_view text) {
  constexpr std::string_view begin = "=?base64?";
  constexpr std::string_view end = "?=";
  const bool printable =
      std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
  const bool plain = printable && !text.empty() && text.front() != ' ' &&
                     text.back() != ' ' &&
                     !(text.starts_with(begin) && text.ends_with(end));
  if (plain) return std::string(text);
  return std::string(begin) + base64(text) + std::string(end);
}

}  // namespace claribi::mcp
