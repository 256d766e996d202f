// SPDX-License-Identifier: MIT
#include "demo/hogql_compare.hpp"

#include <charconv>

#include <fmt/core.h>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/hogql_lexer.hpp"

namespace claribi::demo::hogql {

namespace {

bool is_text_literal(const Piece& piece) {
  return piece.literal.has_value() && piece.type == Type::text;
}

// Of a text literal.
std::string text_of(const Piece& literal) {
  return literal.literal.value_or("");
}

bool is_number(const Piece& piece) {
  return piece.type == Type::integer || piece.type == Type::real;
}

bool is_day(std::string_view text) {
  return text.size() == std::string_view("2026-09-01").size();
}

Piece midnight(const Piece& date) {
  return {.sql = fmt::format("demo_date_time({})", date.sql),
          .type = Type::time};
}

// The other side of a date: a day stays text, all else makes both times.
Result<void> reconcile_date(Piece& date, Piece& other, Parameters& parameters) {
  if (other.type == Type::date) return {};
  if (is_text_literal(other) && is_day(text_of(other))) {
    return parse_instant(text_of(other))
               ? Result<void>()
               : refuse(fmt::format("'{}' is not a date", text_of(other)));
  }
  if (other.type == Type::time || is_text_literal(other)) {
    date = midnight(date);
    CLARIBI_TRY_ASSIGN(other, as_time(other, parameters));
  }
  return {};
}

Result<void> reconcile_literal(const Piece& typed, Piece& literal,
                               Parameters& parameters) {
  if (!is_text_literal(literal)) return {};
  if (is_number(typed)) {
    CLARIBI_TRY_ASSIGN(literal, number_literal(text_of(literal), parameters));
  } else if (typed.type == Type::boolean) {
    const std::string word = lower(text_of(literal));
    if (word == "true") literal = {.sql = "1", .type = Type::boolean};
    if (word == "false") literal = {.sql = "0", .type = Type::boolean};
  }
  return {};
}

Result<void> reconcile(Piece& left, Piece& right, Parameters& parameters) {
  if (left.type == Type::date) {
    return reconcile_date(left, right, parameters);
  }
  if (right.type == Type::date) {
    return reconcile_date(right, left, parameters);
  }
  if (left.type == Type::time || right.type == Type::time) {
    CLARIBI_TRY_ASSIGN(left, as_time(left, parameters));
    CLARIBI_TRY_ASSIGN(right, as_time(right, parameters));
    return {};
  }
  CLARIBI_TRY(reconcile_literal(left, right, parameters));
  return reconcile_literal(right, left, parameters);
}

// An event's name against a text is one id against another.
bool is_event_name(const Piece& value, const Piece& literal) {
  return value.identity == "e.event" && is_text_literal(literal);
}

Result<Piece> add_interval(const Piece& base, const Piece& interval,
                           std::string_view sign, Parameters& parameters) {
  CLARIBI_TRY_ASSIGN(const Piece time, base.type == Type::date
                                           ? Result<Piece>(midnight(base))
                                           : as_time(base, parameters));
  std::string sql = fmt::format("demo_add('{}',{},{}({}))", interval.unit,
                                time.sql, sign, interval.sql);
  const bool below_a_day = interval.unit == "second" ||
                           interval.unit == "minute" || interval.unit == "hour";
  if (base.type != Type::date || below_a_day) {
    return Piece{.sql = std::move(sql), .type = Type::time};
  }
  return Piece{.sql = fmt::format("demo_date({})", sql), .type = Type::date};
}

// Days beside a date, seconds beside a time, as in ClickHouse.
Result<Piece> shift(const Piece& base, const Piece& count,
                    std::string_view sign, Parameters& parameters) {
  const Piece interval{.sql = count.sql,
                       .type = Type::interval,
                       .unit = base.type == Type::date ? "day" : "second"};
  return add_interval(base, interval, sign, parameters);
}

Piece distance(const Piece& left, const Piece& right) {
  if (left.type == Type::date && right.type == Type::date) {
    return {.sql = fmt::format("CAST(julianday({})-julianday({}) AS INTEGER)",
                               left.sql, right.sql),
            .type = Type::integer};
  }
  const auto ms = [](const Piece& piece) {
    return piece.type == Type::date ? midnight(piece).sql : piece.sql;
  };
  return {.sql = fmt::format("(({}-{})/1000)", ms(left), ms(right)),
          .type = Type::integer};
}

bool is_when(const Piece& piece) {
  return piece.type == Type::date || piece.type == Type::time;
}

}  // namespace

Result<Piece> compare(std::string_view op, Piece left, Piece right,
                      Parameters& parameters) {
  if (is_event_name(right, left)) std::swap(left, right);
  if (is_event_name(left, right) && (op == "=" || op == "<>")) {
    return Piece{.sql = fmt::format("({}{}{})", left.identity, op,
                                    event_id_sql(text_of(right), parameters)),
                 .type = Type::boolean};
  }
  CLARIBI_TRY(reconcile(left, right, parameters));
  return Piece{.sql = fmt::format("({}{}{})", left.sql, op, right.sql),
               .type = Type::boolean};
}

Result<Piece> among(const Piece& value, const std::vector<Piece>& list,
                    bool negated, Parameters& parameters) {
  bool all_names = true;
  for (const Piece& item : list)
    all_names = all_names && is_event_name(value, item);
  std::string items;
  std::string subject = all_names ? value.identity : value.sql;
  for (Piece item : list) {
    Piece against = value;
    if (all_names) {
      item.sql = event_id_sql(text_of(item), parameters);
    } else {
      CLARIBI_TRY(reconcile(against, item, parameters));
      subject = against.sql;
    }
    items += (items.empty() ? "" : ",") + item.sql;
  }
  return Piece{.sql = fmt::format("({} {}IN ({}))", subject,
                                  negated ? "NOT " : "", items),
               .type = Type::boolean};
}

Result<Piece> calculate(std::string_view op, const Piece& left,
                        const Piece& right, Parameters& parameters) {
  if (op == "||") {
    return Piece{.sql = fmt::format("({}||{})", left.sql, right.sql),
                 .type = Type::text};
  }
  const bool adds = op == "+" || op == "-";
  if (adds && right.type == Type::interval) {
    return add_interval(left, right, op, parameters);
  }
  if (op == "+" && left.type == Type::interval) {
    return add_interval(right, left, op, parameters);
  }
  if (op == "-" && is_when(left) && is_when(right)) {
    return distance(left, right);
  }
  if (adds && is_when(left) && is_number(right)) {
    return shift(left, right, op, parameters);
  }
  if (is_when(left) || is_when(right) || left.type == Type::interval ||
      right.type == Type::interval) {
    return refuse(fmt::format("'{}' cannot be used with dates", op));
  }
  if (op == "/") {
    return Piece{.sql = fmt::format("({}*1.0/{})", left.sql, right.sql),
                 .type = Type::real};
  }
  const bool whole = left.type == Type::integer && right.type == Type::integer;
  return Piece{.sql = fmt::format("({}{}{})", left.sql, op, right.sql),
               .type = whole || op == "%" ? Type::integer : Type::real};
}

Result<Piece> number_literal(const std::string& text, Parameters& parameters) {
  const char* const end = text.data() + text.size();
  Piece piece{.literal = text};
  int64_t whole = 0;
  if (const auto [stop, error] = std::from_chars(text.data(), end, whole);
      error == std::errc() && stop == end) {
    piece.type = Type::integer;
    piece.sql = parameters.bind(whole);
    return piece;
  }
  double real = 0;
  const auto [stop, error] = std::from_chars(text.data(), end, real);
  if (error != std::errc() || stop != end) {
    return refuse(fmt::format("'{}' is not a number", text));
  }
  piece.type = Type::real;
  piece.sql = parameters.bind(real);
  return piece;
}

}  // namespace claribi::demo::hogql
