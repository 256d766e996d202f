// SPDX-License-Identifier: MIT
#include "demo/hogql_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/hogql_lexer.hpp"

namespace claribi::demo::hogql {

namespace {

constexpr size_t deepest = 100;

using Kind = Expr::Kind;

// Words that end an expression, so that they are no alias without AS.
constexpr std::array<std::string_view, 38> reserved = {
    "all",   "and",   "array",    "as",       "asc",    "between", "by",
    "case",  "cross", "desc",     "distinct", "else",   "end",     "from",
    "full",  "group", "having",   "ilike",    "in",     "inner",   "is",
    "join",  "left",  "like",     "limit",    "not",    "offset",  "on",
    "or",    "order", "prewhere", "right",    "sample", "select",  "then",
    "union", "when",  "where"};

constexpr std::array<std::string_view, 8> units = {
    "second", "minute", "hour", "day", "week", "month", "quarter", "year"};

bool is_reserved(std::string_view word) {
  return std::ranges::find(reserved, lower(word)) != reserved.end();
}

ExprPtr make(Expr expr) {
  for (const auto* list : {&expr.args, &expr.parameters}) {
    for (const ExprPtr& part : *list)
      expr.depth = std::max(expr.depth, part->depth + 1);
  }
  return std::make_shared<const Expr>(std::move(expr));
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  Result<std::shared_ptr<const Query>> run() {
    if (!is_word("select") && !is_word("with") && !is_symbol("(")) {
      return refuse(fmt::format("only SELECT is allowed, not {}", shown()));
    }
    CLARIBI_TRY_ASSIGN(auto query, take_query(0));
    if (take_symbol(";") && !at_end()) {
      return refuse("only one statement is allowed");
    }
    if (!at_end()) return unexpected_token("the end of the query");
    return query;
  }

 private:
  [[nodiscard]] const Token& token(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  [[nodiscard]] bool at_end() const { return token().kind == Token::Kind::end; }
  [[nodiscard]] bool is_symbol(std::string_view text, size_t ahead = 0) const {
    return token(ahead).kind == Token::Kind::symbol &&
           token(ahead).text == text;
  }
  [[nodiscard]] bool is_word(std::string_view word, size_t ahead = 0) const {
    return token(ahead).kind == Token::Kind::word &&
           lower(token(ahead).text) == word;
  }
  [[nodiscard]] bool is_name() const {
    return token().kind == Token::Kind::quoted_word ||
           (token().kind == Token::Kind::word && !is_reserved(token().text));
  }

  bool take_symbol(std::string_view text) {
    if (!is_symbol(text)) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (!is_word(word)) return false;
    ++at_;
    return true;
  }

  // What the parser looks at, for a message.
  [[nodiscard]] std::string shown() const {
    if (at_end()) return "the end of the query";
    return fmt::format("'{}'",
                       text_.substr(token().from, token().to - token().from));
  }
  [[nodiscard]] std::unexpected<Error> unexpected_token(
      std::string_view wanted) const {
    return refuse(fmt::format("unexpected {}, expected {}", shown(), wanted));
  }

  Result<void> need_symbol(std::string_view text) {
    if (take_symbol(text)) return {};
    return unexpected_token(fmt::format("'{}'", text));
  }
  Result<void> need_word(std::string_view word) {
    if (take_word(word)) return {};
    return unexpected_token(word);
  }
  Result<std::string> need_name() {
    if (!is_name()) return unexpected_token("a name");
    return tokens_[at_++].text;
  }

  Result<std::shared_ptr<const Query>> take_query(size_t depth) {
    if (depth > deepest) return refuse("the query nests too deep");
    Query query;
    if (take_word("with")) CLARIBI_TRY(take_with(query, depth));
    do {
      CLARIBI_TRY(take_union_part(query, depth));
    } while (take_union_all());
    if (is_word("union")) return refuse("only UNION ALL is supported");
    return std::make_shared<const Query>(std::move(query));
  }

  bool take_union_all() {
    if (!is_word("union") || !is_word("all", 1)) return false;
    at_ += 2;
    return true;
  }

  Result<void> take_union_part(Query& query, size_t depth) {
    if (!take_symbol("(")) {
      CLARIBI_TRY_ASSIGN(Select select, take_select(depth));
      query.selects.push_back(std::move(select));
      return {};
    }
    CLARIBI_TRY_ASSIGN(auto inner, take_query(depth + 1));
    CLARIBI_TRY(need_symbol(")"));
    if (inner->with.empty() && inner->selects.size() == 1) {
      query.selects.push_back(inner->selects.front());
      return {};
    }
    Select all{.subquery = std::move(inner)};
    all.items.push_back({.value = make({.kind = Kind::star}), .name = "*"});
    query.selects.push_back(std::move(all));
    return {};
  }

  Result<void> take_with(Query& query, size_t depth) {
    do {
      CLARIBI_TRY_ASSIGN(std::string name, need_name());
      CLARIBI_TRY(need_word("as"));
      CLARIBI_TRY(need_symbol("("));
      CLARIBI_TRY_ASSIGN(auto inner, take_query(depth + 1));
      CLARIBI_TRY(need_symbol(")"));
      query.with.push_back(
          {.name = std::move(name), .query = std::move(inner)});
    } while (take_symbol(","));
    return {};
  }

  Result<Select> take_select(size_t depth) {
    CLARIBI_TRY(need_word("select"));
    Select select;
    select.distinct = take_word("distinct");
    do {
      CLARIBI_TRY_ASSIGN(Item item, take_item(depth));
      select.items.push_back(std::move(item));
    } while (take_symbol(","));
    if (take_word("from")) CLARIBI_TRY(take_from(select, depth));
    if (take_word("where")) {
      CLARIBI_TRY_ASSIGN(select.where, expression(depth + 1));
    }
    if (take_word("group")) {
      CLARIBI_TRY(need_word("by"));
      CLARIBI_TRY_ASSIGN(select.group_by, expressions(depth + 1));
    }
    if (take_word("having")) {
      CLARIBI_TRY_ASSIGN(select.having, expression(depth + 1));
    }
    if (take_word("order")) CLARIBI_TRY(take_order(select, depth));
    CLARIBI_TRY(take_limit(select));
    return select;
  }

  Result<Item> take_item(size_t depth) {
    const size_t from = token().from;
    CLARIBI_TRY_ASSIGN(ExprPtr value, expression(depth + 1));
    Item item{.value = std::move(value),
              .name = written(from, tokens_[at_ - 1].to)};
    CLARIBI_TRY_ASSIGN(std::string alias, take_alias());
    if (!alias.empty()) {
      item.name = std::move(alias);
      item.aliased = true;
    }
    return item;
  }

  // A part of the query as it was written, as one line.
  [[nodiscard]] std::string written(size_t from, size_t to) const {
    std::string text(text_.substr(from, to - from));
    for (char& c : text) {
      if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    }
    return text;
  }

  Result<std::string> take_alias() {
    if (take_word("as")) return need_name();
    if (is_name()) return need_name();
    return std::string();
  }

  Result<void> take_from(Select& select, size_t depth) {
    if (take_symbol("(")) {
      CLARIBI_TRY_ASSIGN(select.subquery, take_query(depth + 1));
      CLARIBI_TRY(need_symbol(")"));
    } else {
      CLARIBI_TRY_ASSIGN(select.table, need_name());
      while (take_symbol(".")) {
        CLARIBI_TRY_ASSIGN(const std::string part, need_name());
        select.table += "." + part;
      }
    }
    CLARIBI_TRY_ASSIGN(select.alias, take_alias());
    const bool joins = is_symbol(",") || is_word("join") || is_word("left") ||
                       is_word("right") || is_word("inner") ||
                       is_word("cross") || is_word("full") || is_word("array");
    if (joins || is_word("sample") || is_word("prewhere")) {
      return refuse(fmt::format("{} is not supported", shown()));
    }
    return {};
  }

  Result<void> take_order(Select& select, size_t depth) {
    CLARIBI_TRY(need_word("by"));
    do {
      CLARIBI_TRY_ASSIGN(ExprPtr value, expression(depth + 1));
      const bool descending = take_word("desc");
      if (!descending) (void)take_word("asc");
      select.order_by.push_back(
          {.value = std::move(value), .descending = descending});
    } while (take_symbol(","));
    return {};
  }

  Result<void> take_limit(Select& select) {
    if (take_word("limit")) {
      CLARIBI_TRY_ASSIGN(select.limit, whole_number());
      if (is_symbol(",")) return refuse("write LIMIT n OFFSET m");
      if (is_word("by")) return refuse("LIMIT BY is not supported");
    }
    if (take_word("offset")) {
      CLARIBI_TRY_ASSIGN(select.offset, whole_number());
    }
    return {};
  }

  Result<int64_t> whole_number() {
    int64_t value = 0;
    const std::string& text = token().text;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (token().kind != Token::Kind::number || error != std::errc() ||
        end != text.data() + text.size()) {
      return unexpected_token("a whole number");
    }
    ++at_;
    return value;
  }

  Result<std::vector<ExprPtr>> expressions(size_t depth) {
    std::vector<ExprPtr> list;
    do {
      CLARIBI_TRY_ASSIGN(ExprPtr value, expression(depth));
      list.push_back(std::move(value));
    } while (take_symbol(","));
    return list;
  }

  Result<ExprPtr> binary(std::string_view op, ExprPtr left, ExprPtr right,
                         bool negated = false) {
    return checked(make({.kind = Kind::binary,
                         .text = std::string(op),
                         .args = {std::move(left), std::move(right)},
                         .negated = negated}));
  }

  // A long chain of operators is as deep as one of parentheses.
  static Result<ExprPtr> checked(ExprPtr expr) {
    if (expr->depth > deepest * 2) return refuse("the query nests too deep");
    return expr;
  }

  Result<ExprPtr> expression(size_t depth) {
    if (depth > deepest) return refuse("the query nests too deep");
    CLARIBI_TRY_ASSIGN(ExprPtr left, conjunction(depth));
    while (take_word("or")) {
      CLARIBI_TRY_ASSIGN(ExprPtr right, conjunction(depth));
      CLARIBI_TRY_ASSIGN(left, binary("or", left, std::move(right)));
    }
    return left;
  }

  Result<ExprPtr> conjunction(size_t depth) {
    CLARIBI_TRY_ASSIGN(ExprPtr left, inversion(depth));
    while (take_word("and")) {
      CLARIBI_TRY_ASSIGN(ExprPtr right, inversion(depth));
      CLARIBI_TRY_ASSIGN(left, binary("and", left, std::move(right)));
    }
    return left;
  }

  Result<ExprPtr> inversion(size_t depth) {
    if (depth > deepest) return refuse("the query nests too deep");
    if (!take_word("not")) return comparison(depth);
    CLARIBI_TRY_ASSIGN(ExprPtr value, inversion(depth + 1));
    return make({.kind = Kind::invert, .args = {std::move(value)}});
  }

  Result<ExprPtr> comparison(size_t depth) {
    CLARIBI_TRY_ASSIGN(ExprPtr left, sum(depth));
    while (true) {
      const size_t before = at_;
      CLARIBI_TRY_ASSIGN(left, comparison_after(left, depth));
      if (at_ == before) return left;
    }
  }

  // One comparison with what stands before it; that itself if there is none.
  Result<ExprPtr> comparison_after(ExprPtr left, size_t depth) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9>
        operators = {{{"=", "="},
                      {"==", "="},
                      {"!=", "<>"},
                      {"<>", "<>"},
                      {"<", "<"},
                      {"<=", "<="},
                      {">", ">"},
                      {">=", ">="},
                      {"=~", "match"}}};
    for (const auto& [symbol, op] : operators) {
      if (!take_symbol(symbol)) continue;
      CLARIBI_TRY_ASSIGN(ExprPtr right, sum(depth));
      return binary(op, std::move(left), std::move(right));
    }
    if (take_word("is")) {
      const bool negated = take_word("not");
      CLARIBI_TRY(need_word("null"));
      return checked(make({.kind = Kind::is_null,
                           .args = {std::move(left)},
                           .negated = negated}));
    }
    const bool negated =
        is_word("not") && (is_word("in", 1) || is_word("like", 1) ||
                           is_word("ilike", 1) || is_word("between", 1));
    if (negated) ++at_;
    if (take_word("in")) return in_list(std::move(left), negated, depth);
    if (take_word("between")) {
      return between(std::move(left), negated, depth);
    }
    for (const std::string_view op : {"like", "ilike"}) {
      if (!take_word(op)) continue;
      CLARIBI_TRY_ASSIGN(ExprPtr right, sum(depth));
      return binary(op, std::move(left), std::move(right), negated);
    }
    return left;
  }

  Result<ExprPtr> between(ExprPtr value, bool negated, size_t depth) {
    CLARIBI_TRY_ASSIGN(ExprPtr low, sum(depth));
    CLARIBI_TRY(need_word("and"));
    CLARIBI_TRY_ASSIGN(ExprPtr high, sum(depth));
    return checked(
        make({.kind = Kind::between,
              .args = {std::move(value), std::move(low), std::move(high)},
              .negated = negated}));
  }

  Result<ExprPtr> in_list(ExprPtr value, bool negated, size_t depth) {
    Expr expr{.kind = Kind::in, .args = {std::move(value)}, .negated = negated};
    const bool brackets = take_symbol("[");
    if (!brackets) CLARIBI_TRY(need_symbol("("));
    if (!brackets && (is_word("select") || is_word("with"))) {
      CLARIBI_TRY_ASSIGN(expr.query, take_query(depth + 1));
    } else {
      CLARIBI_TRY_ASSIGN(const auto list, expressions(depth + 1));
      expr.args.insert(expr.args.end(), list.begin(), list.end());
    }
    CLARIBI_TRY(need_symbol(brackets ? "]" : ")"));
    return checked(make(std::move(expr)));
  }

  Result<ExprPtr> sum(size_t depth) {
    CLARIBI_TRY_ASSIGN(ExprPtr left, product(depth));
    while (is_symbol("+") || is_symbol("-") || is_symbol("||")) {
      const std::string op = tokens_[at_++].text;
      CLARIBI_TRY_ASSIGN(ExprPtr right, product(depth));
      CLARIBI_TRY_ASSIGN(left, binary(op, left, std::move(right)));
    }
    return left;
  }

  Result<ExprPtr> product(size_t depth) {
    CLARIBI_TRY_ASSIGN(ExprPtr left, factor(depth));
    while (is_symbol("*") || is_symbol("/") || is_symbol("%")) {
      const std::string op = tokens_[at_++].text;
      CLARIBI_TRY_ASSIGN(ExprPtr right, factor(depth));
      CLARIBI_TRY_ASSIGN(left, binary(op, left, std::move(right)));
    }
    return left;
  }

  Result<ExprPtr> factor(size_t depth) {
    if (depth > deepest) return refuse("the query nests too deep");
    if (take_symbol("-")) {
      CLARIBI_TRY_ASSIGN(ExprPtr value, factor(depth + 1));
      return make({.kind = Kind::negate, .args = {std::move(value)}});
    }
    if (take_symbol("(")) {
      if (is_word("select") || is_word("with")) {
        return refuse("a subquery is only supported in FROM and after IN");
      }
      CLARIBI_TRY_ASSIGN(ExprPtr value, expression(depth + 1));
      CLARIBI_TRY(need_symbol(")"));
      return value;
    }
    if (take_symbol("*")) return make({.kind = Kind::star});
    if (token().kind == Token::Kind::string) {
      return make({.kind = Kind::string, .text = tokens_[at_++].text});
    }
    if (token().kind == Token::Kind::number) {
      return make({.kind = Kind::number, .text = tokens_[at_++].text});
    }
    if (token().kind == Token::Kind::word) return word(depth);
    if (token().kind == Token::Kind::quoted_word) return column();
    return unexpected_token("an expression");
  }

  Result<ExprPtr> word(size_t depth) {
    if (is_symbol("(", 1) && !is_reserved(token().text)) return call(depth);
    if (take_word("null")) return make({.kind = Kind::null});
    for (const std::string_view name : {"true", "false"}) {
      if (take_word(name)) {
        return make({.kind = Kind::boolean, .text = std::string(name)});
      }
    }
    if (is_word("case")) return choice(depth);
    if (is_word("interval") && !is_symbol(".", 1)) return interval(depth);
    if (is_reserved(token().text)) return unexpected_token("an expression");
    return column();
  }

  // name.name['name'] ...
  Result<ExprPtr> column() {
    Expr expr{.kind = Kind::column};
    CLARIBI_TRY_ASSIGN(std::string first, need_name());
    expr.path.push_back(std::move(first));
    while (true) {
      if (take_symbol(".")) {
        const auto kind = token().kind;
        if (is_symbol("*")) {
          return refuse(fmt::format("'{}.*' is not supported", expr.path[0]));
        }
        if (kind != Token::Kind::word && kind != Token::Kind::quoted_word) {
          return unexpected_token("a name");
        }
        expr.path.push_back(tokens_[at_++].text);
      } else if (take_symbol("[")) {
        if (token().kind != Token::Kind::string) {
          return unexpected_token("a name in quotes");
        }
        expr.path.push_back(tokens_[at_++].text);
        CLARIBI_TRY(need_symbol("]"));
      } else {
        return make(std::move(expr));
      }
    }
  }

  Result<ExprPtr> call(size_t depth) {
    Expr expr{.kind = Kind::call, .text = tokens_[at_++].text};
    CLARIBI_TRY(arguments(expr, depth));
    if (is_symbol("(")) {
      expr.parameters = std::move(expr.args);
      expr.args.clear();
      CLARIBI_TRY(arguments(expr, depth));
    }
    if (is_word("over")) return refuse("window functions are not supported");
    return checked(make(std::move(expr)));
  }

  Result<void> arguments(Expr& expr, size_t depth) {
    CLARIBI_TRY(need_symbol("("));
    if (take_symbol(")")) return {};
    expr.distinct = take_word("distinct");
    CLARIBI_TRY_ASSIGN(expr.args, expressions(depth + 1));
    return need_symbol(")");
  }

  Result<ExprPtr> choice(size_t depth) {
    (void)take_word("case");
    ExprPtr subject;
    if (!is_word("when")) {
      CLARIBI_TRY_ASSIGN(subject, expression(depth + 1));
    }
    Expr expr{.kind = Kind::choose};
    while (take_word("when")) {
      CLARIBI_TRY_ASSIGN(ExprPtr condition, expression(depth + 1));
      if (subject != nullptr) {
        CLARIBI_TRY_ASSIGN(condition,
                           binary("=", subject, std::move(condition)));
      }
      CLARIBI_TRY(need_word("then"));
      CLARIBI_TRY_ASSIGN(ExprPtr value, expression(depth + 1));
      expr.args.push_back(std::move(condition));
      expr.args.push_back(std::move(value));
    }
    if (expr.args.empty()) return unexpected_token("when");
    if (take_word("else")) {
      CLARIBI_TRY_ASSIGN(ExprPtr value, expression(depth + 1));
      expr.args.push_back(std::move(value));
    }
    CLARIBI_TRY(need_word("end"));
    return checked(make(std::move(expr)));
  }

  // INTERVAL 7 DAY, INTERVAL '7 days'
  Result<ExprPtr> interval(size_t depth) {
    (void)take_word("interval");
    Expr expr{.kind = Kind::interval};
    std::string unit;
    if (token().kind == Token::Kind::string && token().text.contains(' ')) {
      const auto parts = split(tokens_[at_++].text, ' ');
      expr.args.push_back(make({.kind = Kind::number, .text = parts[0]}));
      unit = parts.size() == 2 ? parts[1] : "";
    } else {
      CLARIBI_TRY_ASSIGN(ExprPtr count, factor(depth + 1));
      expr.args.push_back(std::move(count));
      if (token().kind != Token::Kind::word) return unexpected_token("a unit");
      unit = tokens_[at_++].text;
    }
    expr.text = lower(unit);
    if (expr.text.ends_with('s')) expr.text.pop_back();
    if (std::ranges::find(units, expr.text) == units.end()) {
      return refuse(fmt::format("unknown interval unit '{}'", unit));
    }
    return make(std::move(expr));
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
};

}  // namespace

Result<std::shared_ptr<const Query>> parse(std::string_view query) {
  CLARIBI_TRY_ASSIGN(auto list, tokens(query));
  return Parser(query, std::move(list)).run();
}

}  // namespace claribi::demo::hogql
