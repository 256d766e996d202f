// SPDX-License-Identifier: MIT
#include "demo/hogql_printer.hpp"

#include <algorithm>
#include <functional>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/hogql_compare.hpp"
#include "demo/hogql_lexer.hpp"
#include "demo/text_match.hpp"

namespace claribi::demo::hogql {

namespace {

constexpr int64_t default_limit = 100;
constexpr int64_t most_rows = 50000;
// Aliases that stand for each other can double the SQL at each step.
constexpr size_t longest_sql = 200000;

using Kind = Expr::Kind;

// What a SELECT reads from: a table, or a subquery named d.
struct Source {
  std::string table = {};
  std::string alias = {};
  std::vector<Column> columns = {};
  std::string sql = {};
};

// A SELECT while it is printed.
struct Scope {
  const Select& select;
  Source source;
  std::vector<std::string> expanding = {};  // Aliases being printed.
  int inside_aggregate = 0;
  bool aggregates_allowed = true;
};

struct PrintedSelect {
  std::string sql;
  std::vector<Column> columns;
};

class Printer {
 public:
  Printer(const World& world, Parameters& parameters)
      : world_(world), parameters_(parameters) {}

  Result<PrintedQuery> outermost(const Query& query) {
    int64_t limit = default_limit;
    const bool single = query.selects.size() == 1;
    if (single) limit = query.selects.front().limit.value_or(default_limit);
    limit = std::min(limit, most_rows);
    CLARIBI_TRY_ASSIGN(const PrintedSelect printed,
                       print_query(query, single ? &limit : nullptr));
    PrintedQuery out{.sql = printed.sql, .limit = limit};
    if (!single) out.sql += fmt::format(" LIMIT {}", limit + 1);
    for (const Column& column : printed.columns) {
      out.names.push_back(column.name);
      out.types.push_back(column.piece.type);
    }
    return out;
  }

 private:
  // `limit` takes the place of what the only SELECT says.
  Result<PrintedSelect> print_query(const Query& query, const int64_t* limit) {
    const size_t visible = with_.size();
    with_.insert(with_.end(), query.with.begin(), query.with.end());
    PrintedSelect all;
    for (const Select& select : query.selects) {
      CLARIBI_TRY_ASSIGN(PrintedSelect one, print_select(select, limit));
      if (query.selects.size() == 1) {
        all = std::move(one);
        break;
      }
      if (all.columns.empty()) all.columns = one.columns;
      if (one.columns.size() != all.columns.size()) {
        return refuse("the parts of UNION ALL differ in columns");
      }
      all.sql += fmt::format("{}SELECT * FROM ({})",
                             all.sql.empty() ? "" : " UNION ALL ", one.sql);
    }
    with_.resize(visible);
    return all;
  }

  Result<PrintedSelect> print_select(const Select& select,
                                     const int64_t* limit) {
    Scope scope{.select = select, .source = {}};
    CLARIBI_TRY_ASSIGN(scope.source, source_of(select));
    PrintedSelect out;
    std::string items;
    CLARIBI_TRY(print_items(scope, items, out.columns));
    out.sql =
        fmt::format("SELECT {}{}", select.distinct ? "DISTINCT " : "", items);
    if (!scope.source.sql.empty()) out.sql += " FROM " + scope.source.sql;
    CLARIBI_TRY(print_where(scope, out.sql));
    CLARIBI_TRY(print_grouping(scope, out.sql));
    CLARIBI_TRY(print_order(scope, out.sql));
    if (limit != nullptr || select.limit || select.offset > 0) {
      const int64_t most =
          limit != nullptr ? *limit + 1 : select.limit.value_or(-1);
      out.sql += fmt::format(" LIMIT {} OFFSET {}", most, select.offset);
    }
    if (out.sql.size() > longest_sql) return refuse("the query is too long");
    return out;
  }

  Result<Source> source_of(const Select& select) {
    Source source{.alias = select.alias};
    if (select.subquery != nullptr) {
      CLARIBI_TRY_ASSIGN(const auto inner,
                         print_query(*select.subquery, nullptr));
      return derived(inner, std::move(source));
    }
    if (select.table.empty()) return source;
    const auto named = std::ranges::find(with_.rbegin(), with_.rend(),
                                         select.table, &Named::name);
    if (named != with_.rend()) return from_with(named.base() - 1, select);
    if (!is_table(select.table)) return unknown_table(select.table);
    source.table = select.table;
    source.sql = table_sql(select.table, parameters_, now());
    source.columns = table_columns(select.table, parameters_);
    if (source.alias.empty()) source.alias = select.table;
    return source;
  }

  // A named query sees only those before it, so that none contains itself.
  Result<Source> from_with(std::vector<Named>::const_iterator named,
                           const Select& select) {
    const std::vector<Named> all = with_;
    const auto place = static_cast<size_t>(named - with_.cbegin());
    const auto query = named->query;
    with_.resize(place);
    auto inner = print_query(*query, nullptr);
    with_ = all;
    if (!inner) return std::unexpected(std::move(inner).error());
    return derived(
        *inner, {.alias = select.alias.empty() ? select.table : select.alias});
  }

  static Source derived(const PrintedSelect& inner, Source source) {
    source.sql = fmt::format("({}) d WHERE 1", inner.sql);
    for (size_t i = 0; i < inner.columns.size(); ++i) {
      source.columns.push_back(
          {.name = inner.columns[i].name,
           .piece = {.sql = fmt::format("d.c{}", i),
                     .type = inner.columns[i].piece.type}});
    }
    return source;
  }

  [[nodiscard]] std::unexpected<Error> unknown_table(
      const std::string& name) const {
    std::vector<std::string> known = table_names();
    for (const Named& named : with_)
      known.push_back(named.name);
    return refuse(
        fmt::format("Unknown table `{}`{}", name, suggestion(name, known)));
  }

  Result<void> print_items(Scope& scope, std::string& sql,
                           std::vector<Column>& columns) {
    const auto add = [&](const std::string& name, Piece piece) {
      sql += fmt::format("{}{} AS c{}", columns.empty() ? "" : ",", piece.sql,
                         columns.size());
      columns.push_back({.name = name, .piece = std::move(piece)});
    };
    for (const Item& item : scope.select.items) {
      if (item.value->kind == Kind::star) {
        if (scope.source.sql.empty()) return refuse("'*' needs a FROM");
        for (const Column& column : scope.source.columns)
          add(column.name, column.piece);
        continue;
      }
      if (item.aliased) scope.expanding.push_back(item.name);
      CLARIBI_TRY_ASSIGN(Piece piece, print(*item.value, scope));
      if (item.aliased) scope.expanding.pop_back();
      if (piece.type == Type::interval) {
        return refuse("an interval cannot be selected");
      }
      add(item.name, std::move(piece));
    }
    return {};
  }

  Result<void> print_where(Scope& scope, std::string& sql) {
    const ExprPtr& where = scope.select.where;
    if (where == nullptr) return {};
    scope.aggregates_allowed = false;
    CLARIBI_TRY_ASSIGN(const Piece condition, print(*where, scope));
    scope.aggregates_allowed = true;
    sql += scope.source.sql.empty() ? " WHERE " : " AND ";
    sql += condition.sql;
    return {};
  }

  Result<void> print_grouping(Scope& scope, std::string& sql) {
    const Select& select = scope.select;
    std::vector<std::string> keys;
    std::string list;
    scope.aggregates_allowed = false;
    for (const ExprPtr& expr : select.group_by) {
      CLARIBI_TRY_ASSIGN(const ExprPtr target, by_position(expr, select));
      CLARIBI_TRY_ASSIGN(const Piece piece, print(*target, scope));
      list += list.empty() ? " GROUP BY " : ",";
      list += piece.identity.empty() ? piece.sql : piece.identity;
      keys.push_back(piece.sql);
    }
    scope.aggregates_allowed = true;
    sql += list;
    const bool grouped = !keys.empty() || any_aggregate(scope);
    if (grouped) {
      for (const Item& item : select.items)
        CLARIBI_TRY(check_grouped(item.value, scope, keys));
      for (const Order& order : select.order_by) {
        CLARIBI_TRY_ASSIGN(const ExprPtr target,
                           by_position(order.value, select));
        CLARIBI_TRY(check_grouped(target, scope, keys));
      }
    }
    if (select.having == nullptr) return {};
    if (!grouped) return refuse("HAVING needs GROUP BY or an aggregate");
    CLARIBI_TRY(check_grouped(select.having, scope, keys));
    CLARIBI_TRY_ASSIGN(const Piece condition, print(*select.having, scope));
    sql += " HAVING " + condition.sql;
    return {};
  }

  Result<void> print_order(Scope& scope, std::string& sql) {
    std::string list;
    for (const Order& order : scope.select.order_by) {
      CLARIBI_TRY_ASSIGN(const ExprPtr target,
                         by_position(order.value, scope.select));
      CLARIBI_TRY_ASSIGN(const Piece piece, print(*target, scope));
      list +=
          fmt::format("{}{} {} NULLS LAST", list.empty() ? " ORDER BY " : ",",
                      piece.sql, order.descending ? "DESC" : "ASC");
    }
    sql += list;
    return {};
  }

  // "1" in GROUP BY and ORDER BY is the first column.
  static Result<ExprPtr> by_position(const ExprPtr& expr,
                                     const Select& select) {
    if (expr->kind != Kind::number) return expr;
    for (size_t i = 0; i < select.items.size(); ++i) {
      const auto& value = select.items[i].value;
      if (expr->text != std::to_string(i + 1)) continue;
      if (value->kind == Kind::star) break;
      return value;
    }
    return refuse(fmt::format("there is no column {}", expr->text));
  }

  // ---- what may stand beside aggregates

  // The item that a single name stands for, unless it is being printed.
  static const Item* alias_named(const Expr& expr, const Scope& scope) {
    if (expr.kind != Kind::column || expr.path.size() != 1) return nullptr;
    for (const Item& item : scope.select.items) {
      if (!item.aliased || item.name != expr.path[0]) continue;
      const bool busy = std::ranges::find(scope.expanding, item.name) !=
                        scope.expanding.end();
      return busy ? nullptr : &item;
    }
    return nullptr;
  }

  static bool has_aggregate(const Expr& expr) {
    if (expr.kind == Kind::call && is_aggregate(expr.text)) return true;
    return std::ranges::any_of(
        expr.args, [](const ExprPtr& arg) { return has_aggregate(*arg); });
  }

  static bool any_aggregate(const Scope& scope) {
    return std::ranges::any_of(scope.select.items, [](const Item& item) {
      return has_aggregate(*item.value);
    });
  }

  Result<void> check_grouped(const ExprPtr& expr, Scope& scope,
                             const std::vector<std::string>& keys) {
    if (expr->kind == Kind::call && is_aggregate(expr->text)) return {};
    if (expr->kind == Kind::star) {
      return refuse("'*' cannot be selected beside an aggregate");
    }
    CLARIBI_TRY_ASSIGN(const Piece piece, print(*expr, scope));
    if (std::ranges::find(keys, piece.sql) != keys.end()) return {};
    if (const Item* item = alias_named(*expr, scope)) {
      scope.expanding.push_back(item->name);
      auto checked = check_grouped(item->value, scope, keys);
      scope.expanding.pop_back();
      return checked;
    }
    if (expr->kind == Kind::column) {
      return refuse(
          fmt::format("Column `{}` is not under aggregate function "
                      "and not in GROUP BY",
                      join(expr->path, ".")));
    }
    for (const ExprPtr& arg : expr->args)
      CLARIBI_TRY(check_grouped(arg, scope, keys));
    return {};
  }

  // ---- expressions

  Result<Piece> print(const Expr& expr, Scope& scope) {
    CLARIBI_TRY_ASSIGN(Piece piece, print_any(expr, scope));
    if (piece.sql.size() > longest_sql) return refuse("the query is too long");
    return piece;
  }

  Result<Piece> print_any(const Expr& expr, Scope& scope) {
    switch (expr.kind) {
      case Kind::null:
        return Piece{.sql = "NULL"};
      case Kind::boolean:
        return Piece{.sql = expr.text == "true" ? "1" : "0",
                     .type = Type::boolean};
      case Kind::number:
        return number_literal(expr.text, parameters_);
      case Kind::string:
        return Piece{.sql = parameters_.bind(expr.text),
                     .type = Type::text,
                     .literal = expr.text};
      case Kind::interval: {
        CLARIBI_TRY_ASSIGN(const Piece count, print(*expr.args[0], scope));
        return Piece{
            .sql = count.sql, .type = Type::interval, .unit = expr.text};
      }
      case Kind::column:
        return print_column(expr, scope);
      case Kind::star:
        return refuse("'*' is only supported in SELECT * and count(*)");
      case Kind::call:
        return print_call(expr, scope);
      case Kind::negate:
        return print_negated(expr, scope);
      case Kind::invert: {
        CLARIBI_TRY_ASSIGN(const Piece value, print(*expr.args[0], scope));
        return Piece{.sql = fmt::format("(NOT {})", value.sql),
                     .type = Type::boolean};
      }
      case Kind::binary:
        return print_binary(expr, scope);
      case Kind::in:
        return print_in(expr, scope);
      case Kind::between:
        return print_between(expr, scope);
      case Kind::is_null: {
        CLARIBI_TRY_ASSIGN(const Piece value, print(*expr.args[0], scope));
        return Piece{.sql = fmt::format("({} IS {}NULL)", value.sql,
                                        expr.negated ? "NOT " : ""),
                     .type = Type::boolean};
      }
      case Kind::choose:
        return print_choice(expr, scope);
    }
    return refuse("unknown expression");
  }

  Result<Piece> print_column(const Expr& expr, Scope& scope) {
    if (const Item* item = alias_named(expr, scope)) {
      scope.expanding.push_back(item->name);
      auto piece = print(*item->value, scope);
      scope.expanding.pop_back();
      return piece;
    }
    std::vector<std::string> path = expr.path;
    if (path.size() > 1 && path[0] == scope.source.alias) {
      path.erase(path.begin());
    }
    if (!scope.source.table.empty()) {
      if (auto piece = table_column(scope.source.table, path, world_.project,
                                    parameters_)) {
        return *piece;
      }
    } else {
      const auto at = std::ranges::find(scope.source.columns, join(path, "."),
                                        &Column::name);
      if (at != scope.source.columns.end()) return at->piece;
    }
    return unknown_column(join(expr.path, "."), scope);
  }

  [[nodiscard]] std::unexpected<Error> unknown_column(
      const std::string& name, const Scope& scope) const {
    std::vector<std::string> known;
    known.reserve(scope.source.columns.size());
    for (const Column& column : scope.source.columns)
      known.push_back(column.name);
    for (const Item& item : scope.select.items) {
      if (item.aliased && item.name != name) known.push_back(item.name);
    }
    const auto add = [&](const std::vector<PropertySpec>& specs) {
      for (const PropertySpec& spec : specs) {
        std::string property = "properties." + spec.name;
        const bool there = std::ranges::find(known, property) != known.end();
        if (!there) known.push_back(std::move(property));
      }
    };
    if (scope.source.table == "events") {
      for (const EventSpec& event : world_.project.events)
        add(event.properties);
    } else if (scope.source.table == "persons") {
      add(world_.project.person_properties);
    }
    return refuse(fmt::format("Unable to resolve field: {}{}", name,
                              suggestion(name, known)));
  }

  Result<Piece> print_call(const Expr& expr, Scope& scope) {
    Call call{.name = expr.text,
              .distinct = expr.distinct,
              .bound = parameters_,
              .now = now(),
              .today = format_date(world_.moment.local())};
    const bool aggregate = is_aggregate(expr.text);
    if (aggregate && scope.inside_aggregate > 0) {
      return refuse(fmt::format(
          "Aggregate function {}() is found inside another aggregate function",
          expr.text));
    }
    if (aggregate && !scope.aggregates_allowed) {
      return refuse(fmt::format(
          "Aggregate function {}() is found in WHERE or GROUP BY", expr.text));
    }
    scope.inside_aggregate += aggregate ? 1 : 0;
    CLARIBI_TRY(print_arguments(expr, scope, call));
    scope.inside_aggregate -= aggregate ? 1 : 0;
    return call_sql(call);
  }

  Result<void> print_arguments(const Expr& expr, Scope& scope, Call& call) {
    for (const ExprPtr& arg : expr.args) {
      if (arg->kind == Kind::star && expr.args.size() == 1) {
        call.star = true;
        continue;
      }
      CLARIBI_TRY_ASSIGN(Piece piece, print(*arg, scope));
      call.args.push_back(std::move(piece));
    }
    for (const ExprPtr& parameter : expr.parameters) {
      CLARIBI_TRY_ASSIGN(Piece piece, print(*parameter, scope));
      call.parameters.push_back(std::move(piece));
    }
    if (is_conditional(expr.text)) {
      if (call.args.empty()) {
        return refuse(fmt::format("'{}' needs a condition", expr.text));
      }
      call.condition = call.args.back().sql;
      call.args.pop_back();
    }
    if (lower(expr.text) != "match" || call.args.size() != 2) return {};
    const std::optional<std::string>& pattern = call.args[1].literal;
    return pattern ? check_pattern(*pattern) : Result<void>();
  }

  static Result<void> check_pattern(const std::string& pattern) {
    if (check_regex(pattern)) return {};
    return refuse(
        fmt::format("'{}' is not a regular expression that is "
                    "supported",
                    pattern));
  }

  Result<Piece> print_negated(const Expr& expr, Scope& scope) {
    CLARIBI_TRY_ASSIGN(Piece value, print(*expr.args[0], scope));
    value.sql = fmt::format("(-{})", value.sql);
    value.literal.reset();
    value.identity.clear();
    return value;
  }

  Result<Piece> print_binary(const Expr& expr, Scope& scope) {
    CLARIBI_TRY_ASSIGN(Piece left, print(*expr.args[0], scope));
    CLARIBI_TRY_ASSIGN(Piece right, print(*expr.args[1], scope));
    const std::string& op = expr.text;
    if (op == "and" || op == "or") {
      return Piece{.sql = fmt::format("({} {} {})", left.sql,
                                      op == "and" ? "AND" : "OR", right.sql),
                   .type = Type::boolean};
    }
    if (op == "like" || op == "ilike" || op == "match") {
      if (op == "match" && right.literal) {
        CLARIBI_TRY(check_pattern(*right.literal));
      }
      return Piece{
          .sql = fmt::format("({}demo_{}(CAST({} AS TEXT),{}))",
                             expr.negated ? "NOT " : "",
                             op == "match" ? "regex" : op, left.sql, right.sql),
          .type = Type::boolean};
    }
    if (op.find_first_of("=<>") != std::string::npos) {
      return compare(op, std::move(left), std::move(right), parameters_);
    }
    return calculate(op, left, right, parameters_);
  }

  Result<Piece> print_in(const Expr& expr, Scope& scope) {
    CLARIBI_TRY_ASSIGN(const Piece value, print(*expr.args[0], scope));
    if (expr.query != nullptr) {
      CLARIBI_TRY_ASSIGN(const PrintedSelect inner,
                         print_query(*expr.query, nullptr));
      if (inner.columns.size() != 1) {
        return refuse("a subquery after IN gives one column");
      }
      return Piece{.sql = fmt::format("({} {}IN ({}))", value.sql,
                                      expr.negated ? "NOT " : "", inner.sql),
                   .type = Type::boolean};
    }
    std::vector<Piece> list;
    for (size_t i = 1; i < expr.args.size(); ++i) {
      CLARIBI_TRY_ASSIGN(Piece item, print(*expr.args[i], scope));
      list.push_back(std::move(item));
    }
    return among(value, list, expr.negated, parameters_);
  }

  Result<Piece> print_between(const Expr& expr, Scope& scope) {
    CLARIBI_TRY_ASSIGN(const Piece value, print(*expr.args[0], scope));
    CLARIBI_TRY_ASSIGN(Piece low, print(*expr.args[1], scope));
    CLARIBI_TRY_ASSIGN(Piece high, print(*expr.args[2], scope));
    CLARIBI_TRY_ASSIGN(const Piece above,
                       compare(">=", value, std::move(low), parameters_));
    CLARIBI_TRY_ASSIGN(const Piece below,
                       compare("<=", value, std::move(high), parameters_));
    return Piece{
        .sql = fmt::format("({}({} AND {}))", expr.negated ? "NOT " : "",
                           above.sql, below.sql),
        .type = Type::boolean};
  }

  Result<Piece> print_choice(const Expr& expr, Scope& scope) {
    std::string sql = "(CASE";
    Type type = Type::unknown;
    for (size_t i = 0; i < expr.args.size(); ++i) {
      CLARIBI_TRY_ASSIGN(const Piece part, print(*expr.args[i], scope));
      const bool otherwise = i % 2 == 0 && i + 1 == expr.args.size();
      const bool condition = i % 2 == 0 && !otherwise;
      const std::string_view word = condition   ? "WHEN"
                                    : otherwise ? "ELSE"
                                                : "THEN";
      sql += fmt::format(" {} {}", word, part.sql);
      if (!condition && type == Type::unknown) type = part.type;
    }
    return Piece{.sql = sql + " END)", .type = type};
  }

  [[nodiscard]] int64_t now() const {
    return world_.moment.now.time_since_epoch().count();
  }

  const World& world_;
  Parameters& parameters_;
  std::vector<Named> with_ = {};
};

}  // namespace

Result<PrintedQuery> print(const World& world, const Query& query,
                           Parameters& parameters) {
  return Printer(world, parameters).outermost(query);
}

}  // namespace claribi::demo::hogql
