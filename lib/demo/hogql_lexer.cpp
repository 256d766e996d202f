// SPDX-License-Identifier: MIT
#include "demo/hogql_lexer.hpp"

#include <array>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::demo::hogql {

namespace {

constexpr size_t longest_query = 64UL * 1024;
constexpr size_t most_tokens = 5000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '$';
}

constexpr std::array<std::string_view, 24> symbols = {
    "!=", "<>", "<=", ">=", "==", "||", "=~", "=", "<", ">", "+", "-",
    "*",  "/",  "%",  "(",  ")",  "[",  "]",  ",", ".", ";", "?", ":"};

class Lexer {
 public:
  explicit Lexer(std::string_view query) : query_(query) {}

  Result<std::vector<Token>> run() {
    while (true) {
      CLARIBI_TRY(skip_blanks());
      if (at_ == query_.size()) break;
      if (tokens_.size() == most_tokens) return refuse("the query is too long");
      CLARIBI_TRY(take_token());
    }
    add(Token::Kind::end, "", at_);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(size_t ahead = 0) const {
    return at_ + ahead < query_.size() ? query_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool sees(std::string_view text) const {
    return query_.substr(at_).starts_with(text);
  }

  void add(Token::Kind kind, std::string text, size_t from) {
    tokens_.push_back(
        {.kind = kind, .text = std::move(text), .from = from, .to = at_});
  }

  Result<void> skip_blanks() {
    while (at_ < query_.size()) {
      if (std::string_view(" \t\r\n").contains(query_[at_])) {
        ++at_;
      } else if (sees("--")) {
        at_ = std::min(query_.find('\n', at_), query_.size());
      } else if (sees("/*")) {
        const size_t end = query_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          return refuse("a comment is not closed");
        }
        at_ = end + 2;
      } else {
        break;
      }
    }
    return {};
  }

  Result<void> take_token() {
    const char c = peek();
    if (c == '\'') return take_quoted('\'', Token::Kind::string);
    if (c == '`' || c == '"') return take_quoted(c, Token::Kind::quoted_word);
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return take_number();
    if (begins_word(c)) return take_word();
    const size_t from = at_;
    for (const auto symbol : symbols) {
      if (!sees(symbol)) continue;
      at_ += symbol.size();
      add(Token::Kind::symbol, std::string(symbol), from);
      return {};
    }
    const auto byte = static_cast<unsigned char>(c);
    return refuse(byte > ' ' && byte < 0x7f
                      ? fmt::format("unexpected character '{}'", c)
                      : fmt::format("unexpected character 0x{:02x}", byte));
  }

  Result<void> take_word() {
    const size_t from = at_;
    while (begins_word(peek()) || is_digit(peek()))
      ++at_;
    add(Token::Kind::word, std::string(query_.substr(from, at_ - from)), from);
    return {};
  }

  void take_digits() {
    while (is_digit(peek()))
      ++at_;
  }

  Result<void> take_number() {
    const size_t from = at_;
    take_digits();
    if (peek() == '.') {
      ++at_;
      take_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      const size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        at_ += 1 + sign;
        take_digits();
      }
    }
    const std::string text(query_.substr(from, at_ - from));
    if (begins_word(peek())) {
      return refuse(fmt::format("'{}{}' is not a number", text, peek()));
    }
    add(Token::Kind::number, text, from);
    return {};
  }

  // A doubled quote and a backslash both take the next character as it is.
  Result<void> take_quoted(char quote, Token::Kind kind) {
    const size_t from = at_++;
    std::string text;
    while (at_ < query_.size()) {
      const char c = query_[at_++];
      if (c == quote) {
        if (peek() != quote) {
          add(kind, std::move(text), from);
          return {};
        }
        ++at_;
        text += quote;
      } else if (c == '\\' && at_ < query_.size()) {
        text += unescaped(query_[at_++]);
      } else {
        text += c;
      }
    }
    return refuse(fmt::format("a {} is not closed", quote));
  }

  // Before % and _ the backslash is kept for LIKE.
  static std::string unescaped(char c) {
    if (c == 'n') return "\n";
    if (c == 't') return "\t";
    if (c == '\\' || c == '\'' || c == '"' || c == '`') {
      return std::string(1, c);
    }
    return {'\\', c};
  }

  std::string_view query_;
  size_t at_ = 0;
  std::vector<Token> tokens_ = {};
};

}  // namespace

std::unexpected<Error> refuse(const std::string& why) {
  return fail(ErrorKind::tool_error, "Query validation failed: " + why);
}

Result<std::vector<Token>> tokens(std::string_view query) {
  if (query.size() > longest_query) return refuse("the query is too long");
  return Lexer(query).run();
}

}  // namespace claribi::demo::hogql
