// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/hogql_lexer.hpp"
#include "demo/hogql_sql.hpp"

namespace claribi::demo::hogql {

namespace {

struct ColumnRow {
  std::string_view table;
  std::string_view name;
  std::string_view sql;
  Type type = Type::text;
  std::string_view identity = {};
  bool shown = true;  // Part of SELECT *.
};

constexpr std::string_view person_of_event =
    "(SELECT p.uuid FROM persons p WHERE p.id=e.person)";
constexpr std::string_view session_of_event =
    "(SELECT s.uuid FROM sessions s WHERE s.id=e.session)";

constexpr std::array<ColumnRow, 21> columns = {{
    {.table = "events",
     .name = "uuid",
     .sql = "printf('01900000-0000-7000-8000-%012x',e.id)",
     .identity = "e.id"},
    {.table = "events",
     .name = "event",
     .sql = "(SELECT n.name FROM event_names n WHERE n.id=e.event)",
     .identity = "e.event"},
    {.table = "events",
     .name = "timestamp",
     .sql = "e.timestamp",
     .type = Type::time},
    {.table = "events",
     .name = "distinct_id",
     .sql = "(SELECT p.distinct_id FROM persons p WHERE p.id=e.person)",
     .identity = "e.person"},
    {.table = "events",
     .name = "person_id",
     .sql = person_of_event,
     .identity = "e.person"},
    {.table = "events",
     .name = "$session_id",
     .sql = session_of_event,
     .identity = "e.session"},
    {.table = "events", .name = "properties", .sql = "e.properties"},
    {.table = "events",
     .name = "person.id",
     .sql = person_of_event,
     .identity = "e.person",
     .shown = false},
    {.table = "events",
     .name = "person.created_at",
     .sql = "(SELECT p.created_at FROM persons p WHERE p.id=e.person)",
     .type = Type::time,
     .shown = false},
    {.table = "events",
     .name = "session.id",
     .sql = session_of_event,
     .identity = "e.session",
     .shown = false},
    {.table = "events",
     .name = "person.properties",
     .sql = "(SELECT p.properties FROM persons p WHERE p.id=e.person)",
     .shown = false},
    {.table = "persons", .name = "id", .sql = "p.uuid", .identity = "p.id"},
    {.table = "persons",
     .name = "distinct_id",
     .sql = "p.distinct_id",
     .identity = "p.id"},
    {.table = "persons",
     .name = "created_at",
     .sql = "p.created_at",
     .type = Type::time},
    {.table = "persons", .name = "properties", .sql = "p.properties"},
    {.table = "sessions",
     .name = "session_id",
     .sql = "s.uuid",
     .identity = "s.id"},
    {.table = "sessions",
     .name = "distinct_id",
     .sql = "(SELECT p.distinct_id FROM persons p WHERE p.id=s.person)",
     .identity = "s.person"},
    {.table = "sessions",
     .name = "person_id",
     .sql = "(SELECT p.uuid FROM persons p WHERE p.id=s.person)",
     .identity = "s.person"},
    {.table = "sessions",
     .name = "$start_timestamp",
     .sql = "s.start_time",
     .type = Type::time},
    {.table = "sessions",
     .name = "$end_timestamp",
     .sql = "s.end_time",
     .type = Type::time},
    {.table = "sessions",
     .name = "$session_duration",
     .sql = "((s.end_time-s.start_time)/1000.0)",
     .type = Type::real},
}};

Piece piece_of(const ColumnRow& row) {
  return {.sql = std::string(row.sql),
          .type = row.type,
          .identity = std::string(row.identity)};
}

Type type_of(const PropertySpec& spec) {
  if (spec.type == "Numeric") return Type::real;
  if (spec.type == "Boolean") return Type::boolean;
  return Type::text;
}

Type property_type(const Project& project, Owner owner, std::string_view name) {
  const auto find = [&](const std::vector<PropertySpec>& specs) {
    const auto at = std::ranges::find(specs, name, &PropertySpec::name);
    return at == specs.end() ? Type::unknown : type_of(*at);
  };
  if (owner == Owner::person) return find(project.person_properties);
  if (owner == Owner::session) {
    if (name == "$session_duration") return Type::real;
    return name.ends_with("_timestamp") ? Type::time : Type::unknown;
  }
  for (const EventSpec& event : project.events) {
    const Type type = find(event.properties);
    if (type != Type::unknown) return type;
  }
  return Type::unknown;
}

Piece event_property(Owner owner, const std::string& name,
                     const Project& project, Parameters& parameters) {
  Piece piece{.sql = property_sql(owner, name, parameters),
              .type = property_type(project, owner, name)};
  if (name == "$session_id") piece.identity = "e.session";
  return piece;
}

// properties.X, person.properties.X, session.X
std::optional<Piece> property(std::string_view table,
                              const std::vector<std::string>& path,
                              const Project& project, Parameters& parameters) {
  if (path.size() == 2 && path[0] == "properties") {
    if (table == "events") {
      return event_property(Owner::event, path[1], project, parameters);
    }
    if (table != "persons") return std::nullopt;
    return Piece{.sql = json_member_sql("p.properties", path[1], parameters),
                 .type = property_type(project, Owner::person, path[1])};
  }
  if (table != "events") return std::nullopt;
  if (path.size() == 3 && path[0] == "person" && path[1] == "properties") {
    return event_property(Owner::person, path[2], project, parameters);
  }
  if (path.size() == 2 && path[0] == "session") {
    return event_property(Owner::session, path[1], project, parameters);
  }
  return std::nullopt;
}

}  // namespace

const std::vector<std::string>& table_names() {
  static const std::vector<std::string> names = {"events", "persons",
                                                 "sessions"};
  return names;
}

bool is_table(std::string_view name) {
  return std::ranges::find(table_names(), name) != table_names().end();
}

std::string table_sql(std::string_view table, Parameters& parameters,
                      int64_t now) {
  const std::string until = parameters.bind(now);
  if (table == "events") return "events e WHERE e.timestamp<=" + until;
  if (table == "persons") return "persons p WHERE p.created_at<=" + until;
  return "sessions s WHERE s.start_time<=" + until;
}

std::vector<Column> table_columns(std::string_view table, Parameters&) {
  std::vector<Column> list;
  for (const ColumnRow& row : columns) {
    if (row.table != table || !row.shown) continue;
    list.push_back({.name = std::string(row.name), .piece = piece_of(row)});
  }
  return list;
}

std::optional<Piece> table_column(std::string_view table,
                                  const std::vector<std::string>& path,
                                  const Project& project,
                                  Parameters& parameters) {
  const std::string name = join(path, ".");
  for (const ColumnRow& row : columns) {
    if (row.table == table && row.name == name) return piece_of(row);
  }
  return property(table, path, project, parameters);
}

std::string_view type_name(Type type) {
  switch (type) {
    case Type::unknown:
    case Type::text:
    case Type::interval:
      return "String";
    case Type::boolean:
      return "Bool";
    case Type::integer:
      return "Int64";
    case Type::real:
      return "Float64";
    case Type::date:
      return "Date";
    case Type::time:
      return "DateTime";
  }
  return "String";
}

std::string suggestion(std::string_view wanted,
                       const std::vector<std::string>& known) {
  const auto alike = nearest(wanted, known);
  if (alike.empty()) return {};
  return fmt::format(". Did you mean: {}?", join(alike, ", "));
}

Result<Piece> as_time(const Piece& piece, Parameters& parameters) {
  if (piece.literal && piece.type == Type::text) {
    if (!parse_instant(*piece.literal)) {
      return refuse(fmt::format("'{}' is not a date or time", *piece.literal));
    }
    return Piece{
        .sql = fmt::format("demo_time({})", parameters.bind(*piece.literal)),
        .type = Type::time};
  }
  if (piece.type == Type::time) return piece;
  if (piece.type == Type::integer) {
    return Piece{.sql = fmt::format("({}*1000)", piece.sql),
                 .type = Type::time};
  }
  return Piece{.sql = fmt::format("demo_time({})", piece.sql),
               .type = Type::time};
}

}  // namespace claribi::demo::hogql
