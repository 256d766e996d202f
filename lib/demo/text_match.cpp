// SPDX-License-Identifier: MIT
#include "demo/text_match.hpp"

#include <cctype>
#include <map>
#include <memory>
#include <optional>

#include <regex.h>

#include "base/result.hpp"

namespace claribi::demo {

namespace {

constexpr size_t longest_pattern = 500;

bool same(char a, char b, Case fold) {
  if (fold == Case::sensitive) return a == b;
  return std::tolower(static_cast<unsigned char>(a)) ==
         std::tolower(static_cast<unsigned char>(b));
}

// One compiled pattern of the C library, which matches by automaton.
class Regex {
 public:
  Regex(const std::string& pattern, int flags)
      : compiled_(regcomp(&regex_, pattern.c_str(), flags) == 0) {}
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  Regex(Regex&&) = delete;
  Regex& operator=(Regex&&) = delete;
  ~Regex() {
    if (compiled_) regfree(&regex_);
  }

  [[nodiscard]] bool compiled() const { return compiled_; }
  [[nodiscard]] bool matches(const std::string& text) const {
    return compiled_ && regexec(&regex_, text.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t regex_{};
  bool compiled_;
};

struct PosixPattern {
  std::string text;
  int flags = REG_EXTENDED | REG_NOSUB;
};

// What RE2 writes with a letter after a backslash, as POSIX writes it inside
// and outside of brackets. Empty: not a class.
std::string_view class_of(char letter, bool in_brackets) {
  switch (letter) {
    case 'd':
      return in_brackets ? "0-9" : "[0-9]";
    case 'D':
      return in_brackets ? "" : "[^0-9]";
    case 'w':
      return in_brackets ? "A-Za-z0-9_" : "[A-Za-z0-9_]";
    case 'W':
      return in_brackets ? "" : "[^A-Za-z0-9_]";
    case 's':
      return in_brackets ? " \t\r\n\f" : "[ \t\r\n\f]";
    case 'S':
      return in_brackets ? "" : "[^ \t\r\n\f]";
    case 'n':
      return "\n";
    case 't':
      return "\t";
    default:
      return {};
  }
}

// Reads a pattern from the left and writes the POSIX one.
class Translator {
 public:
  explicit Translator(std::string_view pattern) : rest_(pattern) {}

  // Empty for a pattern that is not supported.
  std::optional<PosixPattern> run() {
    if (rest_.starts_with("(?i)")) {
      out_.flags |= REG_ICASE;
      rest_.remove_prefix(4);
    }
    while (supported_ && !rest_.empty())
      step();
    if (!supported_ || in_brackets_) return std::nullopt;
    return out_;
  }

 private:
  void step() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '\\') return escape();
    if (in_brackets_) {
      in_brackets_ = c != ']';
      out_.text += c;
    } else if (c == '(' && rest_.starts_with('?')) {
      supported_ = rest_.starts_with("?:");
      rest_.remove_prefix(supported_ ? 2 : 0);
      out_.text += '(';
    } else if (c == '{') {
      count();
    } else if (c == '?' && after_repeat_) {
      // A lazy repeat finds the same texts as a greedy one.
      after_repeat_ = false;
      return;
    } else {
      in_brackets_ = c == '[';
      out_.text += c;
      if (in_brackets_) first_in_brackets();
    }
    after_repeat_ = !in_brackets_ && (c == '*' || c == '+' || c == '?');
  }

  // A bracket that comes first stands for itself.
  void first_in_brackets() {
    for (const char c : {'^', ']'}) {
      if (!rest_.starts_with(c)) continue;
      out_.text += c;
      rest_.remove_prefix(1);
    }
  }

  void escape() {
    after_repeat_ = false;
    if (rest_.empty()) {
      supported_ = false;
      return;
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    const auto written = class_of(c, in_brackets_);
    if (!written.empty()) {
      out_.text += written;
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      supported_ = c == 'b' && !in_brackets_;
      out_.text += "\\b";
    } else if (in_brackets_) {
      // POSIX knows no escapes in brackets; these two would change meaning.
      supported_ = c != ']' && c != '^';
      out_.text += c;
    } else {
      out_.text += '\\';
      out_.text += c;
    }
  }

  // Repeated counts multiply the automaton, so they are kept small and few.
  void count() {
    const size_t end = rest_.find('}');
    const auto digits = rest_.substr(0, end);
    supported_ =
        end != std::string_view::npos && digits.size() <= 5 &&
        !digits.empty() && std::isdigit(digits.front()) != 0 &&
        digits.find_first_not_of("0123456789,") == std::string_view::npos &&
        ++counts_ <= 3;
    for (size_t i = 0; supported_ && i + 2 < digits.size(); ++i) {
      supported_ = digits.substr(i, 3).contains(',');
    }
    if (!supported_) return;
    out_.text += '{';
    out_.text += digits;
    out_.text += '}';
    rest_.remove_prefix(end + 1);
  }

  std::string_view rest_;
  PosixPattern out_ = {};
  bool in_brackets_ = false;
  bool after_repeat_ = false;
  bool supported_ = true;
  int counts_ = 0;
};

std::unique_ptr<Regex> compile(std::string_view pattern) {
  if (pattern.size() > longest_pattern || pattern.contains('\0')) return {};
  const auto posix = Translator(pattern).run();
  if (!posix) return {};
  auto regex = std::make_unique<Regex>(posix->text, posix->flags);
  return regex->compiled() ? std::move(regex) : nullptr;
}

// A function of SQL over a text and a pattern.
template <typename Match>
std::function<Cell(std::span<const Cell>)> over_texts(Match match) {
  return
      [match = std::move(match)](std::span<const Cell> cells) mutable -> Cell {
        const auto* text = std::get_if<std::string>(&cells[0]);
        const auto* pattern = std::get_if<std::string>(&cells[1]);
        if (text == nullptr || pattern == nullptr) return std::monostate();
        return int64_t{match(*text, *pattern) ? 1 : 0};
      };
}

}  // namespace

bool matches_like(std::string_view text, std::string_view pattern, Case fold) {
  size_t t = 0;
  size_t p = 0;
  size_t after_percent = std::string_view::npos;
  size_t retry = 0;
  while (t < text.size()) {
    const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
    if (p < pattern.size() && pattern[p] == '%') {
      after_percent = ++p;
      retry = t;
    } else if (p < pattern.size() &&
               ((!escaped && pattern[p] == '_') ||
                same(text[t], pattern[p + (escaped ? 1 : 0)], fold))) {
      p += escaped ? 2 : 1;
      ++t;
    } else if (after_percent != std::string_view::npos) {
      p = after_percent;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '%')
    ++p;
  return p == pattern.size();
}

Result<void> check_regex(std::string_view pattern) {
  if (compile(pattern) != nullptr) return {};
  return fail(ErrorKind::tool_error,
              "Validation error: Invalid regex: " + std::string(pattern));
}

Result<void> define_text_match(const Store& store) {
  CLARIBI_TRY(store.define(
      "demo_like", 2,
      over_texts([](const std::string& text, const std::string& pattern) {
        return matches_like(text, pattern, Case::sensitive);
      })));
  CLARIBI_TRY(store.define(
      "demo_ilike", 2,
      over_texts([](const std::string& text, const std::string& pattern) {
        return matches_like(text, pattern, Case::ignored);
      })));
  using Compiled = std::map<std::string, std::unique_ptr<Regex>>;
  auto compiled = std::make_shared<Compiled>();
  return store.define("demo_regex", 2,
                      over_texts([compiled](const std::string& text,
                                            const std::string& pattern) {
                        // A pattern can come from a column, one for each row.
                        if (compiled->size() > 100) compiled->clear();
                        auto [at, fresh] = compiled->try_emplace(pattern);
                        if (fresh) at->second = compile(pattern);
                        return at->second != nullptr &&
                               at->second->matches(text);
                      }));
}

}  // namespace claribi::demo
