// SPDX-License-Identifier: MIT
#include "source/posthog/toon.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "json/reader.hpp"

namespace claribi::source::posthog {
namespace {

constexpr size_t indent_width = 2;

// The length of the JSON array or object at the front of the text; 0 if it
// does not end.
size_t json_length(std::string_view text) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return i + 1;
  }
  return 0;
}

// The value of an unquoted token.
json::Value plain_value(std::string_view token) {
  if (token == "null") return {};
  if (token == "true") return true;
  if (token == "false") return false;
  auto parsed = json::parse(token);
  if (parsed && parsed->is_number()) return std::move(*parsed);
  return token;
}

// Whether the key may stand without quotes. Prose with a colon in it is so
// told from TOON.
bool is_plain_key(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

// What stands before the colon of an array: [3] or [3]{id,name}.
struct Header {
  size_t count = 0;
  std::optional<std::vector<std::string>> fields = {};
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Toon> document() {
    json::Value value = json::Object{};
    if (!at_end()) {
      CLARIBI_TRY_ASSIGN(value, root());
    }
    if (!at_end()) return unexpected_text();
    const size_t rest = text_.find_first_not_of('\n', place_);
    return Toon{std::move(value), rest == std::string_view::npos
                                      ? std::string_view()
                                      : text_.substr(rest)};
  }

 private:
  // An empty line ends the document: there is none inside of it.
  [[nodiscard]] bool at_end() const {
    return place_ >= text_.size() || text_[place_] == '\n';
  }
  [[nodiscard]] bool at(char c) const {
    return place_ < text_.size() && text_[place_] == c;
  }
  [[nodiscard]] bool at_line_end() const {
    return place_ >= text_.size() || text_[place_] == '\n';
  }
  bool take(char c) {
    if (!at(c)) return false;
    ++place_;
    return true;
  }
  // The indentation of the line that begins here; nothing at the end.
  [[nodiscard]] std::optional<size_t> indent() const {
    if (at_end()) return std::nullopt;
    const size_t word = text_.find_first_not_of(' ', place_);
    return word == std::string_view::npos ? 0 : word - place_;
  }
  // Moves to the first character of a line that is indented just so.
  bool enter(size_t column) {
    if (indent() != column) return false;
    place_ += column;
    return true;
  }
  Result<void> end_line() {
    if (!at_line_end()) return unexpected_text();
    take('\n');
    return {};
  }

  [[nodiscard]] std::unexpected<Error> wrong(std::string_view what) const {
    const auto line = 1 + std::ranges::count(text_.substr(0, place_), '\n');
    return fail(ErrorKind::protocol,
                fmt::format("not TOON: {} in line {}", what, line));
  }
  [[nodiscard]] std::unexpected<Error> unexpected_text() const {
    return wrong("unexpected text");
  }

  Result<json::Value> root() {
    if (at('[')) return array(0);
    if (is_member()) return object(0);
    CLARIBI_TRY_ASSIGN(auto value, scalar("\n"));
    CLARIBI_TRY(end_line());
    return value;
  }

  // Whether a key stands here and not the whole of a scalar.
  bool is_member() {
    const size_t before = place_;
    const auto name = key();
    const bool member = name && (at(':') || at('['));
    place_ = before;
    return member;
  }

  // A quoted string, or what stands before a colon or bracket.
  Result<std::string> key() {
    if (at('"')) return quoted();
    const size_t end = text_.find_first_of(":[\n", place_);
    if (end == std::string_view::npos || text_[end] == '\n') {
      return wrong("a line without a colon");
    }
    const size_t begin = std::exchange(place_, end);
    const std::string_view name = text_.substr(begin, end - begin);
    if (!is_plain_key(name)) return wrong("a key that is no word");
    return std::string(name);
  }

  // The members whose first one begins here; the others stand at that column.
  Result<json::Value> object(size_t column) {
    const Nesting nesting(*this);
    if (nesting.too_deep()) return wrong("too much nesting");
    json::Value object = json::Object{};
    do {
      CLARIBI_TRY_ASSIGN(const std::string name, key());
      CLARIBI_TRY_ASSIGN(auto value, member_value(column));
      object.set(name, std::move(value));
    } while (enter(column));
    return object;
  }

  Result<json::Value> member_value(size_t column) {
    if (at('[')) return array(column);
    if (!take(':')) return unexpected_text();
    if (take('\n') || at_end()) {
      // Nothing below is an empty object.
      if (!enter(column + indent_width)) return json::Object{};
      return object(column + indent_width);
    }
    if (!take(' ')) return unexpected_text();
    CLARIBI_TRY_ASSIGN(auto value, scalar("\n"));
    CLARIBI_TRY(end_line());
    return value;
  }

  Result<json::Value> array(size_t column) {
    const Nesting nesting(*this);
    if (nesting.too_deep()) return wrong("too much nesting");
    CLARIBI_TRY_ASSIGN(const Header head, header());
    if (take(' ')) return inline_array(head);
    CLARIBI_TRY(end_line());
    return head.fields ? rows(head, column + indent_width)
                       : items(head, column + indent_width);
  }

  Result<Header> header() {
    Header head;
    if (!take('[')) return unexpected_text();
    const char* begin = text_.data() + place_;
    const char* end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(begin, end, head.count);
    if (error != std::errc()) return wrong("an array without its length");
    place_ += static_cast<size_t>(stop - begin);
    if (!take(']')) return unexpected_text();
    if (take('{')) {
      CLARIBI_TRY_ASSIGN(head.fields, field_names());
    }
    if (!take(':')) return unexpected_text();
    return head;
  }

  Result<std::vector<std::string>> field_names() {
    std::vector<std::string> names;
    do {
      if (at('"')) {
        CLARIBI_TRY_ASSIGN(names.emplace_back(), quoted());
      } else {
        names.emplace_back(token(",}\n"));
      }
    } while (take(','));
    if (!take('}')) return unexpected_text();
    return names;
  }

  Result<json::Value> inline_array(const Header& head) {
    CLARIBI_TRY_ASSIGN(auto cells, cells_of_line());
    if (cells.size() != head.count) return wrong("an array of another length");
    return json::Value(std::move(cells));
  }

  // A line per element with its values; the names are in the header.
  Result<json::Value> rows(const Header& head, size_t column) {
    const auto fields = head.fields.value_or(std::vector<std::string>());
    json::Array elements;
    while (elements.size() < head.count) {
      if (!enter(column)) return wrong("fewer rows than announced");
      CLARIBI_TRY_ASSIGN(auto cells, cells_of_line());
      if (cells.size() != fields.size()) {
        return wrong("a row of another length");
      }
      json::Value row = json::Object{};
      for (size_t i = 0; i < cells.size(); ++i)
        row.set(fields[i], std::move(cells[i]));
      elements.push_back(std::move(row));
    }
    return json::Value(std::move(elements));
  }

  Result<json::Array> cells_of_line() {
    json::Array cells;
    do {
      CLARIBI_TRY_ASSIGN(cells.emplace_back(), scalar(",\n"));
    } while (take(','));
    CLARIBI_TRY(end_line());
    return cells;
  }

  Result<json::Value> items(const Header& head, size_t column) {
    json::Array elements;
    while (elements.size() < head.count) {
      if (!enter(column) || !take('-')) {
        return wrong("fewer elements than announced");
      }
      CLARIBI_TRY_ASSIGN(elements.emplace_back(), item(column));
    }
    return json::Value(std::move(elements));
  }

  // What follows a hyphen; the members of an object stand two blanks to its
  // right.
  Result<json::Value> item(size_t column) {
    if (at_line_end()) {
      take('\n');
      return json::Object{};
    }
    if (!take(' ')) return unexpected_text();
    if (at('[')) return array(column);
    if (is_member()) return object(column + indent_width);
    CLARIBI_TRY_ASSIGN(auto value, scalar("\n"));
    CLARIBI_TRY(end_line());
    return value;
  }

  // A quoted string, inlined JSON, or a token up to one of those characters.
  Result<json::Value> scalar(std::string_view ends) {
    if (at('"')) {
      CLARIBI_TRY_ASSIGN(auto text, quoted());
      return json::Value(std::move(text));
    }
    if (at('{') || at('[')) return inlined_json();
    return plain_value(token(ends));
  }

  std::string_view token(std::string_view ends) {
    const size_t end =
        std::min(text_.find_first_of(ends, place_), text_.size());
    const size_t begin = std::exchange(place_, end);
    return text_.substr(begin, end - begin);
  }

  Result<json::Value> inlined_json() {
    const std::string_view rest = text_.substr(place_);
    const size_t length = json_length(rest);
    auto parsed = json::parse(rest.substr(0, length));
    if (length == 0 || !parsed) return wrong("JSON that does not end");
    place_ += length;
    return std::move(*parsed);
  }

  // Control characters stand in it as they are, which JSON would not allow.
  Result<std::string> quoted() {
    std::string out;
    for (++place_; place_ < text_.size() && text_[place_] != '\n';) {
      const char c = text_[place_++];
      if (c == '"') return out;
      if (c != '\\') {
        out += c;
        continue;
      }
      CLARIBI_TRY_ASSIGN(const std::string character, escaped());
      out += character;
    }
    return wrong("a string without its end");
  }

  // What follows a backslash: as in JSON.
  Result<std::string> escaped() {
    const size_t length = at('u') ? 5 : 1;
    std::string whole = "\"\\";
    whole += text_.substr(place_, length);
    // A surrogate says half a character only.
    if (text_.substr(place_ + length).starts_with("\\u") &&
        !json::parse(whole + '"')) {
      whole += text_.substr(place_ + length, 6);
      place_ += 6;
    }
    auto parsed = json::parse(whole + '"');
    if (!parsed) return wrong("an unknown escape");
    place_ += length;
    return parsed->text_or("");
  }

  // Counts how deep the reader is while it lives.
  class Nesting {
   public:
    explicit Nesting(Reader& reader) : reader_(reader) { ++reader_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    Nesting(Nesting&&) = delete;
    Nesting& operator=(Nesting&&) = delete;
    ~Nesting() { --reader_.depth_; }
    [[nodiscard]] bool too_deep() const {
      return reader_.depth_ > json::max_depth;
    }

   private:
    Reader& reader_;
  };

  std::string_view text_;
  size_t place_ = 0;
  size_t depth_ = 0;
};

}  // namespace

Result<Toon> read_toon(std::string_view text) {
  return Reader(text).document();
}

}  // namespace claribi::source::posthog
