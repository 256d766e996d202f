// SPDX-License-Identifier: MIT
#include "json/writer.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::json {
namespace {

enum class Layout { compact, pretty, canonical };

void append_unicode_escape(std::string& out, uint32_t code) {
  if (code >= 0x10000) {
    code -= 0x10000;
    append_unicode_escape(out, 0xd800 + (code >> 10));
    append_unicode_escape(out, 0xdc00 + (code & 0x3ff));
    return;
  }
  out += fmt::format("\\u{:04x}", code);
}

// The code point at the front of `text`, and its size; size 0 if invalid.
struct Decoded {
  uint32_t code = 0;
  size_t size = 0;
};

Decoded decode(std::string_view text) {
  const auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return {};
  uint32_t code = first & (0xffU >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3f);
  }
  const bool too_long =
      (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (too_long || surrogate || code > 0x10ffff) return {};
  return {code, size};
}

// The characters that escape_terminal() makes visible, as \uXXXX here.
bool needs_escape(uint32_t code, std::string_view bytes) {
  if (code < 0x80) return code < 0x20 || code == 0x7f;
  return escape_terminal_line(bytes) != bytes;
}

void append_character(std::string& out, uint32_t code, std::string_view bytes) {
  switch (code) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (needs_escape(code, bytes)) {
    append_unicode_escape(out, code);
  } else {
    out += bytes;
  }
}

class Writer {
 public:
  explicit Writer(Layout layout) : layout_(layout) {}

  void write(const Value& value, size_t level) {
    if (value.is_array()) {
      write_array(value.items(), level);
    } else if (value.is_object()) {
      write_object(value.members(), level);
    } else {
      write_scalar(value);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void write_scalar(const Value& value) {
    if (auto text = value.string()) {
      append_string(out_, *text);
    } else if (auto number = value.number_text()) {
      out_ += *number;
    } else if (auto flag = value.boolean()) {
      out_ += *flag ? "true" : "false";
    } else {
      out_ += "null";
    }
  }

  void write_array(const Array& items, size_t level) {
    const bool lines = layout_ == Layout::pretty &&
                       std::ranges::any_of(items, [](const Value& item) {
                         return item.is_array() || item.is_object();
                       });
    out_ += '[';
    for (const Value& item : items) {
      if (&item != &items.front()) {
        out_ += layout_ == Layout::pretty && !lines ? ", " : ",";
      }
      if (lines) new_line(level + 1);
      write(item, level + 1);
    }
    if (lines) new_line(level);
    out_ += ']';
  }

  void write_object(const Object& members, size_t level) {
    std::vector<const Member*> ordered;
    for (const Member& member : members)
      ordered.push_back(&member);
    if (layout_ == Layout::canonical) {
      std::ranges::sort(ordered, {}, &Member::name);
    }
    out_ += '{';
    for (const Member* member : ordered) {
      if (member != ordered.front()) out_ += ',';
      if (layout_ == Layout::pretty) new_line(level + 1);
      append_string(out_, member->name);
      out_ += layout_ == Layout::pretty ? ": " : ":";
      write(member->value, level + 1);
    }
    if (layout_ == Layout::pretty && !members.empty()) new_line(level);
    out_ += '}';
  }

  void new_line(size_t level) {
    out_ += '\n';
    out_.append(level * 2, ' ');
  }

  Layout layout_;
  std::string out_;
};

std::string write(const Value& value, Layout layout) {
  Writer writer(layout);
  writer.write(value, 0);
  return writer.take();
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const Decoded next = decode(text);
    if (next.size == 0) {
      out += "\xef\xbf\xbd";
      text.remove_prefix(1);
      continue;
    }
    append_character(out, next.code, text.substr(0, next.size));
    text.remove_prefix(next.size);
  }
  out += '"';
}

std::string compact(const Value& value) {
  return write(value, Layout::compact);
}

std::string pretty(const Value& value) {
  return write(value, Layout::pretty) + "\n";
}

std::string canonical(const Value& value) {
  return write(value, Layout::canonical);
}

}  // namespace claribi::json
