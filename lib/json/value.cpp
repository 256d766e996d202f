// SPDX-License-Identifier: MIT
#include "json/value.hpp"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/number.hpp"

namespace claribi::json {
namespace {

const Value null_value;
const Array no_items;
const Object no_members;

}  // namespace

Value::Value() = default;
Value::Value(std::nullptr_t) {
}
Value::Value(Flag flag) : data_(flag == Flag{true}) {
}
Value::Value(double value) {
  if (std::isfinite(value)) data_ = Number{fmt::format("{}", value)};
}
Value::Value(Number number) : data_(std::move(number)) {
}
Value::Value(std::string text) : data_(std::move(text)) {
}
Value::Value(std::string_view text) : data_(std::string(text)) {
}
Value::Value(const char* text) : data_(std::string(text)) {
}
Value::Value(Array items) : data_(std::move(items)) {
}
Value::Value(Object members) : data_(std::move(members)) {
}

Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

bool Value::is_null() const {
  return std::holds_alternative<std::monostate>(data_);
}
bool Value::is_bool() const {
  return std::holds_alternative<bool>(data_);
}
bool Value::is_number() const {
  return std::holds_alternative<Number>(data_);
}
bool Value::is_string() const {
  return std::holds_alternative<std::string>(data_);
}
bool Value::is_array() const {
  return std::holds_alternative<Array>(data_);
}
bool Value::is_object() const {
  return std::holds_alternative<Object>(data_);
}

std::string_view Value::type_name() const {
  if (is_null()) return "null";
  if (is_bool()) return "boolean";
  if (is_number()) return "number";
  if (is_string()) return "string";
  return is_array() ? "array" : "object";
}

std::optional<bool> Value::boolean() const {
  const bool* value = std::get_if<bool>(&data_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<int64_t> Value::integer() const {
  const Number* number = std::get_if<Number>(&data_);
  return number ? number_in<int64_t>(number->text) : std::nullopt;
}

std::optional<double> Value::number() const {
  const Number* number = std::get_if<Number>(&data_);
  return number ? number_in<double>(number->text) : std::nullopt;
}

std::optional<std::string_view> Value::number_text() const {
  const Number* number = std::get_if<Number>(&data_);
  return number ? std::optional<std::string_view>(number->text) : std::nullopt;
}

std::optional<std::string_view> Value::string() const {
  const std::string* text = std::get_if<std::string>(&data_);
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::string Value::text_or(std::string_view fallback) const {
  return std::string(string().value_or(fallback));
}

const Array& Value::items() const {
  const Array* items = std::get_if<Array>(&data_);
  return items ? *items : no_items;
}

const Object& Value::members() const {
  const Object* members = std::get_if<Object>(&data_);
  return members ? *members : no_members;
}

const Value& Value::operator[](std::string_view name) const {
  for (const Member& member : members()) {
    if (member.name == name) return member.value;
  }
  return null_value;
}

bool Value::has(std::string_view name) const {
  return std::ranges::any_of(
      members(), [&](const Member& member) { return member.name == name; });
}

const Value& Value::at(size_t index) const {
  return index < items().size() ? items()[index] : null_value;
}

size_t Value::size() const {
  return is_array() ? items().size() : members().size();
}

Value& Value::set(std::string_view name, Value value) {
  member(name) = std::move(value);
  return *this;
}

Value Value::remove(std::string_view name) {
  Object* members = std::get_if<Object>(&data_);
  if (!members) return {};
  const auto found = std::ranges::find(*members, name, &Member::name);
  if (found == members->end()) return {};
  Value taken = std::move(found->value);
  members->erase(found);
  return taken;
}

Value& Value::push(Value value) {
  if (is_null()) data_ = Array{};
  std::get<Array>(data_).push_back(std::move(value));
  return *this;
}

Value& Value::member(std::string_view name) {
  if (is_null()) data_ = Object{};
  Object& members = std::get<Object>(data_);
  const auto found = std::ranges::find(members, name, &Member::name);
  if (found != members.end()) return found->value;
  members.push_back({std::string(name), Value()});
  return members.back().value;
}

Array& Value::mutable_items() {
  return std::get<Array>(data_);
}

bool operator==(const Value& a, const Value& b) {
  if (a.data_.index() != b.data_.index()) return false;
  if (a.is_number()) return a.number_text() == b.number_text();
  if (a.is_array()) return a.items() == b.items();
  if (a.is_object()) {
    return a.size() == b.size() &&
           std::ranges::all_of(a.members(), [&](const Member& member) {
             return b.has(member.name) && b[member.name] == member.value;
           });
  }
  return a.boolean() == b.boolean() && a.string() == b.string();
}

}  // namespace claribi::json
