// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace claribi::json {

class Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // In the order written.

// A number as it was spelled. It leaves as the bytes it came in: 2^53 + 1,
// 1.10 and 1e3 survive. Only charts and facts turn it into a double.
struct Number {
  std::string text;
};

// A JSON document, read or built. Lookups never fail: what is not there reads
// as null, so that a reply can be walked without a test at each step.
class Value {
 public:
  // Conversions are implicit on purpose: documents are built from literals.
  // NOLINTBEGIN(google-explicit-constructor)
  Value();  // Null.
  Value(std::nullptr_t);
  template <std::same_as<bool> Bool>
  Value(Bool value) : Value(Flag(value)) {}
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  Value(Integer value) : Value(Number{std::to_string(value)}) {}
  Value(double value);  // Shortest text that reads back; null if not finite.
  Value(Number number);
  Value(std::string text);
  Value(std::string_view text);
  Value(const char* text);
  Value(Array items);
  Value(Object members);
  // NOLINTEND(google-explicit-constructor)
  // Out of line: a Value holds Members, which hold Values.
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_bool() const;
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_string() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_object() const;
  // "null", "boolean", "number", "string", "array", "object".
  [[nodiscard]] std::string_view type_name() const;

  [[nodiscard]] std::optional<bool> boolean() const;
  // The value of a JSON number; integer() only if it is one and fits.
  [[nodiscard]] std::optional<int64_t> integer() const;
  [[nodiscard]] std::optional<double> number() const;
  // The token of a JSON number as it was spelled, or nothing.
  [[nodiscard]] std::optional<std::string_view> number_text() const;
  [[nodiscard]] std::optional<std::string_view> string() const;
  // The string, or `fallback` for anything else.
  [[nodiscard]] std::string text_or(std::string_view fallback) const;

  // The elements of an array, empty for anything else.
  [[nodiscard]] const Array& items() const;
  // The members of an object, empty for anything else.
  [[nodiscard]] const Object& members() const;
  // The member of that name, or null. The first one if there are several.
  [[nodiscard]] const Value& operator[](std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  // The element at that place, or null.
  [[nodiscard]] const Value& at(size_t index) const;
  // Elements or members; 0 for a scalar.
  [[nodiscard]] size_t size() const;

  // Sets or replaces a member. A null value becomes an object first.
  Value& set(std::string_view name, Value value);
  // Takes a member out and returns it; null if there is none.
  Value remove(std::string_view name);
  // Appends an element. A null value becomes an array first.
  Value& push(Value value);
  // The member of that name to be changed; made (null) if it is missing.
  Value& member(std::string_view name);
  // The elements to be changed. Only for an array.
  Array& mutable_items();

  // Same type, same content; members in any order; numbers by their text.
  friend bool operator==(const Value& a, const Value& b);

 private:
  enum class Flag : bool {};
  explicit Value(Flag flag);

  std::variant<std::monostate, bool, Number, std::string, Array, Object> data_;
};

struct Member {
  std::string name;
  Value value;
};

}  // namespace claribi::json
