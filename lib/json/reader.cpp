// SPDX-License-Identifier: MIT
#include "json/reader.hpp"

#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <simdjson.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::json {
namespace {

namespace ondemand = simdjson::ondemand;

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorKind::protocol, fmt::format("not valid JSON: {}", what));
}

std::unexpected<Error> malformed(simdjson::error_code error) {
  return malformed(simdjson::error_message(error));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes the digits at the front of `text`; false if there are none.
bool take_digits(std::string_view& text) {
  const size_t before = text.size();
  while (!text.empty() && is_digit(text.front()))
    text.remove_prefix(1);
  return text.size() < before;
}

// RFC 8259: simdjson hands out the raw token without looking at it.
bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0') && text.size() > 1 && is_digit(text[1])) {
    return false;
  }
  if (!take_digits(text)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

Result<Value> read_number(std::string_view token) {
  token = trim(token);
  if (!is_number(token)) return malformed("a number is malformed");
  return Value(Number{std::string(token)});
}

template <typename Node>
Result<Value> read_value(Node& node, size_t depth);

Result<Value> read_array(ondemand::array array, size_t depth) {
  Array items;
  for (auto element : array) {
    ondemand::value item;
    if (auto error = element.get(item)) return malformed(error);
    CLARIBI_TRY_ASSIGN(auto value, read_value(item, depth + 1));
    items.push_back(std::move(value));
  }
  return Value(std::move(items));
}

Result<Value> read_object(ondemand::object object, size_t depth) {
  Object members;
  for (auto element : object) {
    ondemand::field field;
    if (auto error = std::move(element).get(field)) return malformed(error);
    std::string_view name;
    if (auto error = field.unescaped_key().get(name)) return malformed(error);
    std::string kept(name);
    ondemand::value item = field.value();
    CLARIBI_TRY_ASSIGN(auto value, read_value(item, depth + 1));
    members.push_back({std::move(kept), std::move(value)});
  }
  return Value(std::move(members));
}

template <typename Node>
Result<std::string_view> raw_token(Node& node) {
  if constexpr (requires { node.raw_json_token().value(); }) {
    std::string_view token;
    if (auto error = node.raw_json_token().get(token)) return malformed(error);
    return token;
  } else {
    return std::string_view(node.raw_json_token());
  }
}

// A document or a value inside one: both have the same readers.
template <typename Node>
Result<Value> read_value(Node& node, size_t depth) {
  if (depth > max_depth) {
    return malformed(fmt::format("nested deeper than {}", max_depth));
  }
  ondemand::json_type type{};
  if (auto error = node.type().get(type)) return malformed(error);
  switch (type) {
    case ondemand::json_type::array: {
      ondemand::array array;
      if (auto error = node.get_array().get(array)) return malformed(error);
      return read_array(array, depth);
    }
    case ondemand::json_type::object: {
      ondemand::object object;
      if (auto error = node.get_object().get(object)) return malformed(error);
      return read_object(object, depth);
    }
    case ondemand::json_type::string: {
      std::string_view text;
      if (auto error = node.get_string().get(text)) return malformed(error);
      return Value(text);
    }
    case ondemand::json_type::boolean: {
      bool flag = false;
      if (auto error = node.get_bool().get(flag)) return malformed(error);
      return Value(flag);
    }
    case ondemand::json_type::number: {
      CLARIBI_TRY_ASSIGN(auto token, raw_token(node));
      auto number = read_number(token);
      // Moves past the token; its value as a double is not wanted.
      if (number) (void)node.get_double();
      return number;
    }
    case ondemand::json_type::null: {
      // Reading a token as "not null" is an error of its own in simdjson.
      bool null = false;
      const auto error = node.is_null().get(null);
      if (error || !null) return malformed("a literal is misspelled");
      return Value();
    }
  }
  return malformed("unknown type");
}

Result<Value> parse_container(std::string_view text) {
  const simdjson::padded_string padded(text);
  ondemand::parser parser;
  ondemand::document document;
  // Two levels more than we accept, so that ours is the error that is told.
  if (auto error = parser.allocate(padded.size(), max_depth + 2)) {
    return malformed(error);
  }
  if (auto error = parser.iterate(padded).get(document)) {
    return malformed(error);
  }
  CLARIBI_TRY_ASSIGN(auto value, read_value(document, 1));
  // simdjson 3.0 has no at_end(): past the last token there is no location.
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return malformed("something follows the document");
  }
  return value;
}

// simdjson 3.0 refuses a bare null before a line feed and does not move past a
// bare number that no double can hold. Inside an array it reads both.
Result<Value> parse_scalar(std::string_view text) {
  CLARIBI_TRY_ASSIGN(auto wrapped, parse_container(fmt::format("[{}]", text)));
  if (wrapped.size() != 1) return malformed("not a single document");
  return wrapped.at(0);
}

}  // namespace

Result<Value> parse(std::string_view text) {
  text = trim(text);
  if (text.empty()) return malformed("the text is empty");
  const bool container = text.front() == '[' || text.front() == '{';
  return container ? parse_container(text) : parse_scalar(text);
}

}  // namespace claribi::json
