// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <functional>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/hogql_lexer.hpp"
#include "demo/hogql_sql.hpp"

namespace claribi::demo::hogql {

namespace {

using Printed = Result<Piece>;

// A function whose SQL is a pattern: $1, $2 stand for its arguments.
struct PatternRow {
  std::string_view name;
  size_t least = 1;
  size_t most = 1;
  std::string_view sql = {};
  Type type = Type::unknown;  // unknown: that of the first argument.
};

constexpr std::array<PatternRow, 44> patterns = {{
    {"lower", 1, 1, "lower($1)", Type::text},
    {"upper", 1, 1, "upper($1)", Type::text},
    {"length", 1, 1, "length($1)", Type::integer},
    {"trim", 1, 1, "trim($1)", Type::text},
    {"substring", 2, 2, "substr($1,$2)", Type::text},
    {"substring", 3, 3, "substr($1,$2,$3)", Type::text},
    {"replaceAll", 3, 3, "replace($1,$2,$3)", Type::text},
    {"replace", 3, 3, "replace($1,$2,$3)", Type::text},
    {"startsWith", 2, 2, "(substr($1,1,length($2))=$2)", Type::boolean},
    {"endsWith", 2, 2, "(substr($1,-length($2))=$2)", Type::boolean},
    {"position", 2, 2, "instr($1,$2)", Type::integer},
    {"match", 2, 2, "demo_regex(CAST($1 AS TEXT),$2)", Type::boolean},
    {"round", 1, 1, "round($1)", Type::real},
    {"round", 2, 2, "round($1,$2)", Type::real},
    {"floor", 1, 1, "floor($1)", Type::real},
    {"ceil", 1, 1, "ceil($1)", Type::real},
    {"abs", 1, 1, "abs($1)", Type::unknown},
    {"intDiv", 2, 2, "CAST($1*1.0/$2 AS INTEGER)", Type::integer},
    {"modulo", 2, 2, "($1%$2)", Type::integer},
    {"toInt", 1, 1, "CAST($1 AS INTEGER)", Type::integer},
    {"toInteger", 1, 1, "CAST($1 AS INTEGER)", Type::integer},
    {"toInt32", 1, 1, "CAST($1 AS INTEGER)", Type::integer},
    {"toInt64", 1, 1, "CAST($1 AS INTEGER)", Type::integer},
    {"toFloat", 1, 1, "CAST($1 AS REAL)", Type::real},
    {"toFloat64", 1, 1, "CAST($1 AS REAL)", Type::real},
    {"if", 3, 3, "iif($1,$2,$3)", Type::unknown},
    {"coalesce", 2, 20, "coalesce($*)", Type::unknown},
    {"ifNull", 2, 2, "coalesce($1,$2)", Type::unknown},
    {"nullIf", 2, 2, "nullif($1,$2)", Type::unknown},
    {"isNull", 1, 1, "($1 IS NULL)", Type::boolean},
    {"isNotNull", 1, 1, "($1 IS NOT NULL)", Type::boolean},
    {"empty", 1, 1, "(coalesce($1,'')='')", Type::boolean},
    {"notEmpty", 1, 1, "(coalesce($1,'')<>'')", Type::boolean},
    {"not", 1, 1, "(NOT $1)", Type::boolean},
    {"and", 2, 2, "($1 AND $2)", Type::boolean},
    {"or", 2, 2, "($1 OR $2)", Type::boolean},
    {"equals", 2, 2, "($1=$2)", Type::boolean},
    {"notEquals", 2, 2, "($1<>$2)", Type::boolean},
    {"greatest", 2, 20, "max($*)", Type::unknown},
    {"least", 2, 20, "min($*)", Type::unknown},
    {"plus", 2, 2, "($1+$2)", Type::unknown},
    {"minus", 2, 2, "($1-$2)", Type::unknown},
    {"multiply", 2, 2, "($1*$2)", Type::unknown},
    {"divide", 2, 2, "($1*1.0/$2)", Type::real},
}};

// The same for aggregate functions, each with its -If form.
constexpr std::array<PatternRow, 10> aggregates = {{
    {"count", 0, 1, "count($1)", Type::integer},
    {"uniq", 1, 1, "count(DISTINCT $1)", Type::integer},
    {"uniqExact", 1, 1, "count(DISTINCT $1)", Type::integer},
    {"sum", 1, 1, "coalesce(sum($1),0)", Type::unknown},
    {"avg", 1, 1, "avg($1)", Type::real},
    {"min", 1, 1, "min($1)", Type::unknown},
    {"max", 1, 1, "max($1)", Type::unknown},
    {"any", 1, 1, "min($1)", Type::unknown},
    {"median", 1, 1, "quantile($1,0.5)", Type::real},
    {"quantile", 1, 1, "quantile($1,$2)", Type::real},
}};

// The functions on time, by what they do with a unit.
enum class TimeKind { start, part, interval, plain };
struct TimeRow {
  std::string_view name;
  TimeKind kind = TimeKind::plain;
  std::string_view unit = {};
  size_t least = 1;
  size_t most = 1;
};

constexpr std::array<TimeRow, 32> times = {{
    {"toStartOfMinute", TimeKind::start, "minute"},
    {"toStartOfHour", TimeKind::start, "hour"},
    {"toStartOfDay", TimeKind::start, "day"},
    {"toStartOfWeek", TimeKind::start, "week", 1, 2},
    {"toStartOfMonth", TimeKind::start, "month"},
    {"toStartOfQuarter", TimeKind::start, "quarter"},
    {"toStartOfYear", TimeKind::start, "year"},
    {"toMonday", TimeKind::start, "week"},
    {"toMinute", TimeKind::part, "minute"},
    {"toHour", TimeKind::part, "hour"},
    {"toDayOfMonth", TimeKind::part, "day"},
    {"toDayOfWeek", TimeKind::part, "week"},
    {"toMonth", TimeKind::part, "month"},
    {"toQuarter", TimeKind::part, "quarter"},
    {"toYear", TimeKind::part, "year"},
    {"toIntervalSecond", TimeKind::interval, "second"},
    {"toIntervalMinute", TimeKind::interval, "minute"},
    {"toIntervalHour", TimeKind::interval, "hour"},
    {"toIntervalDay", TimeKind::interval, "day"},
    {"toIntervalWeek", TimeKind::interval, "week"},
    {"toIntervalMonth", TimeKind::interval, "month"},
    {"toIntervalQuarter", TimeKind::interval, "quarter"},
    {"toIntervalYear", TimeKind::interval, "year"},
    {"toDate", TimeKind::plain, "", 1, 1},
    {"toDateTime", TimeKind::plain, "", 1, 2},
    {"toYYYYMM", TimeKind::plain, "", 1, 1},
    {"dateDiff", TimeKind::plain, "", 3, 3},
    {"dateTrunc", TimeKind::plain, "", 2, 2},
    {"now", TimeKind::plain, "", 0, 0},
    {"today", TimeKind::plain, "", 0, 0},
    {"yesterday", TimeKind::plain, "", 0, 0},
    {"toString", TimeKind::plain, "", 1, 1},
}};

std::vector<std::string> known_names() {
  std::vector<std::string> names = {"concat", "multiIf"};
  for (const auto& row : patterns)
    names.emplace_back(row.name);
  for (const auto& row : times)
    names.emplace_back(row.name);
  for (const auto& row : aggregates) {
    names.emplace_back(row.name);
    names.push_back(std::string(row.name) + "If");
  }
  std::ranges::sort(names);
  const auto twice = std::ranges::unique(names);
  names.erase(twice.begin(), twice.end());
  return names;
}

bool same(std::string_view a, std::string_view b) {
  return lower(a) == lower(b);
}

const PatternRow* aggregate_named(std::string_view name) {
  const auto* row = std::ranges::find_if(
      aggregates, [&](const PatternRow& r) { return same(r.name, name); });
  return row == aggregates.end() ? nullptr : row;
}

std::string_view without_if(std::string_view name) {
  return name.substr(0, name.size() - 2);
}

std::string filled(std::string_view pattern, const std::vector<Piece>& args) {
  std::string sql;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '$') {
      sql += pattern[i];
      continue;
    }
    const char which = pattern[++i];
    if (which != '*') {
      sql += args.at(static_cast<size_t>(which - '1')).sql;
      continue;
    }
    for (size_t k = 0; k < args.size(); ++k)
      sql += (k == 0 ? "" : ",") + args[k].sql;
  }
  return sql;
}

std::unexpected<Error> wrong_count(const Call& call, size_t least,
                                   size_t most) {
  const std::string wanted = least == most
                                 ? std::to_string(least)
                                 : fmt::format("{} to {}", least, most);
  return refuse(fmt::format("Function '{}' expects {} argument{}, found {}",
                            call.name, wanted, wanted == "1" ? "" : "s",
                            call.args.size()));
}

// ---- aggregates

// The argument as an aggregate sees it: its id where only that counts, and
// nothing where the condition does not hold.
std::string aggregate_argument(const Call& call, bool only_distinct) {
  std::string value = call.args.empty() || call.star ? "1" : call.args[0].sql;
  if (only_distinct && !call.args.empty() && !call.args[0].identity.empty()) {
    value = call.args[0].identity;
  }
  if (call.condition.empty()) return value;
  return fmt::format("CASE WHEN {} THEN {} END", call.condition, value);
}

Printed aggregate(const PatternRow& row, const Call& call) {
  const size_t count = call.args.size();
  if (count < row.least || count > row.most) {
    return wrong_count(call, row.least, row.most);
  }
  const bool counts = row.name == "count";
  if ((call.star || call.distinct) && !counts) {
    return refuse(
        fmt::format("'*' and DISTINCT are only supported in count, "
                    "not in {}",
                    call.name));
  }
  if (call.distinct && (count == 0 || call.star)) {
    return wrong_count(call, 1, 1);
  }
  const bool distinct = call.distinct || row.name.starts_with("uniq");
  std::vector<Piece> args = {{.sql = aggregate_argument(call, distinct)}};
  if (row.name == "quantile") {
    if (call.parameters.size() != 1 || !call.parameters[0].literal ||
        call.parameters[0].type == Type::text) {
      return refuse("write quantile(0.9)(x), with a number first");
    }
    args.push_back(call.parameters[0]);
  }
  const Type type = row.type == Type::unknown ? call.args[0].type : row.type;
  if (call.distinct) {
    return Piece{.sql = filled("count(DISTINCT $1)", args),
                 .type = Type::integer};
  }
  return Piece{.sql = filled(row.sql, args), .type = type};
}

// ---- time

Printed trunc(std::string_view unit, const Piece& value, Parameters& bound) {
  CLARIBI_TRY_ASSIGN(const Piece time, as_time(value, bound));
  std::string sql = fmt::format("demo_start('{}',{})", unit, time.sql);
  if (unit == "minute" || unit == "hour" || unit == "day") {
    return Piece{.sql = std::move(sql), .type = Type::time};
  }
  return Piece{.sql = fmt::format("demo_date({})", sql), .type = Type::date};
}

// A unit that was written as a string.
Result<std::string> literal_unit(const Piece& piece) {
  const std::string name = lower(piece.literal.value_or(""));
  for (const std::string_view unit : {"second", "minute", "hour", "day", "week",
                                      "month", "quarter", "year"}) {
    if (name == unit || name == std::string(unit) + "s") {
      return std::string(unit);
    }
  }
  return refuse(fmt::format("'{}' is not a unit of time",
                            piece.literal.value_or(piece.sql)));
}

Printed date_diff(const Call& call) {
  CLARIBI_TRY_ASSIGN(const std::string unit, literal_unit(call.args[0]));
  CLARIBI_TRY_ASSIGN(const Piece from, as_time(call.args[1], call.bound));
  CLARIBI_TRY_ASSIGN(const Piece to, as_time(call.args[2], call.bound));
  return Piece{
      .sql = fmt::format("demo_diff('{}',{},{})", unit, from.sql, to.sql),
      .type = Type::integer};
}

Printed to_date(const Call& call) {
  if (call.args[0].type == Type::date) return call.args[0];
  CLARIBI_TRY_ASSIGN(const Piece time, as_time(call.args[0], call.bound));
  return Piece{.sql = fmt::format("demo_date({})", time.sql),
               .type = Type::date};
}

Printed to_year_month(const Call& call) {
  CLARIBI_TRY_ASSIGN(const Piece time, as_time(call.args[0], call.bound));
  return Piece{.sql = fmt::format("(demo_part('year',{0})*100+"
                                  "demo_part('month',{0}))",
                                  time.sql),
               .type = Type::integer};
}

Printed to_text(const Call& call) {
  const Piece& value = call.args[0];
  if (value.type == Type::time) {
    return Piece{.sql = fmt::format("demo_text({})", value.sql),
                 .type = Type::text};
  }
  if (value.type == Type::boolean) {
    return Piece{.sql = fmt::format("CASE {} WHEN 1 THEN 'true' "
                                    "WHEN 0 THEN 'false' END",
                                    value.sql),
                 .type = Type::text};
  }
  return Piece{.sql = fmt::format("CAST({} AS TEXT)", value.sql),
               .type = Type::text};
}

Printed plain_time(const TimeRow& row, const Call& call) {
  if (row.name == "toDate") return to_date(call);
  if (row.name == "toDateTime") return as_time(call.args[0], call.bound);
  if (row.name == "toYYYYMM") return to_year_month(call);
  if (row.name == "dateDiff") return date_diff(call);
  if (row.name == "toString") return to_text(call);
  if (row.name == "dateTrunc") {
    CLARIBI_TRY_ASSIGN(const std::string unit, literal_unit(call.args[0]));
    return trunc(unit, call.args[1], call.bound);
  }
  if (row.name == "now") {
    return Piece{.sql = call.bound.bind(call.now), .type = Type::time};
  }
  const std::string today = call.bound.bind(call.today);
  if (row.name == "today") return Piece{.sql = today, .type = Type::date};
  return Piece{.sql = fmt::format("date({},'-1 day')", today),
               .type = Type::date};
}

Printed time_function(const TimeRow& row, const Call& call) {
  if (call.args.size() < row.least || call.args.size() > row.most) {
    return wrong_count(call, row.least, row.most);
  }
  switch (row.kind) {
    case TimeKind::start:
      return trunc(row.unit, call.args[0], call.bound);
    case TimeKind::interval:
      return Piece{.sql = call.args[0].sql,
                   .type = Type::interval,
                   .unit = std::string(row.unit)};
    case TimeKind::part: {
      CLARIBI_TRY_ASSIGN(const Piece time, as_time(call.args[0], call.bound));
      return Piece{.sql = fmt::format("demo_part('{}',{})", row.unit, time.sql),
                   .type = Type::integer};
    }
    case TimeKind::plain:
      return plain_time(row, call);
  }
  return wrong_count(call, row.least, row.most);
}

// ---- the rest

Printed concat(const Call& call) {
  if (call.args.empty()) return wrong_count(call, 1, 100);
  std::string sql;
  for (const Piece& arg : call.args) {
    sql += fmt::format("{}coalesce({},'')", sql.empty() ? "" : "||", arg.sql);
  }
  return Piece{.sql = "(" + sql + ")", .type = Type::text};
}

Printed multi_if(const Call& call) {
  const size_t count = call.args.size();
  if (count < 3 || count % 2 == 0) return wrong_count(call, 3, 99);
  std::string sql = "CASE";
  for (size_t i = 0; i + 1 < count; i += 2) {
    sql +=
        fmt::format(" WHEN {} THEN {}", call.args[i].sql, call.args[i + 1].sql);
  }
  return Piece{.sql = fmt::format("{} ELSE {} END", sql, call.args.back().sql),
               .type = call.args[1].type};
}

Type pattern_type(const PatternRow& row, const Call& call) {
  if (row.type != Type::unknown) return row.type;
  // The first argument of if() is its condition.
  return call.args.at(row.name == "if" ? 1 : 0).type;
}

Printed pattern(const Call& call) {
  size_t least = 100;
  size_t most = 0;
  for (const PatternRow& row : patterns) {
    if (!same(row.name, call.name)) continue;
    if (call.args.size() >= row.least && call.args.size() <= row.most) {
      return Piece{.sql = filled(row.sql, call.args),
                   .type = pattern_type(row, call)};
    }
    least = std::min(least, row.least);
    most = std::max(most, row.most);
  }
  if (most > 0) return wrong_count(call, least, most);
  const auto alike = nearest(call.name, known_names(), 1);
  return refuse(fmt::format(
      "Unsupported function call '{}(...)'{}", call.name,
      alike.empty() ? ""
                    : fmt::format(". Perhaps you meant '{}(...)'?", alike[0])));
}

}  // namespace

bool is_conditional(std::string_view name) {
  return name.size() > 2 && same(name.substr(name.size() - 2), "if") &&
         aggregate_named(without_if(name)) != nullptr;
}

bool is_aggregate(std::string_view name) {
  return aggregate_named(name) != nullptr || is_conditional(name);
}

Result<Piece> call_sql(const Call& call) {
  const PatternRow* row = aggregate_named(
      is_conditional(call.name) ? without_if(call.name) : call.name);
  if (row != nullptr) return aggregate(*row, call);
  if (call.distinct || call.star || !call.parameters.empty()) {
    return refuse(fmt::format("'{}' is not an aggregate function", call.name));
  }
  const auto* time = std::ranges::find_if(
      times, [&](const TimeRow& r) { return same(r.name, call.name); });
  if (time != times.end()) return time_function(*time, call);
  if (same(call.name, "concat")) return concat(call);
  if (same(call.name, "multiIf")) return multi_if(call);
  return pattern(call);
}

}  // namespace claribi::demo::hogql
