// SPDX-License-Identifier: MIT
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "demo/person_row.hpp"
#include "demo/rest.hpp"
#include "demo/sql_parts.hpp"
#include "demo/tools.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

int64_t now_of(const World& world) {
  return world.moment.now.time_since_epoch().count();
}

// A pattern of LIKE ... ESCAPE '\' for "contains".
std::string containing(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

std::string conditions(const World& world, const json::Value& args,
                       Parameters& parameters) {
  auto sql = fmt::format("p.created_at <= {}", parameters.bind(now_of(world)));
  const auto email = plain_text(args["email"]);
  if (!email.empty()) {
    sql += fmt::format(" AND json_extract(p.properties, '$.email') = {}",
                       parameters.bind(email));
  }
  const auto distinct_id = plain_text(args["distinct_id"]);
  if (!distinct_id.empty()) {
    sql += fmt::format(
        " AND p.id IN (SELECT person FROM distinct_ids WHERE distinct_id = "
        "{})",
        parameters.bind(distinct_id));
  }
  const auto search = plain_text(args["search"]);
  if (!search.empty()) {
    sql += fmt::format(
        R"( AND (json_extract(p.properties, '$.email') LIKE {0} ESCAPE '\')"
        R"( OR json_extract(p.properties, '$.name') LIKE {0} ESCAPE '\')"
        R"( OR p.uuid LIKE {0} ESCAPE '\' OR p.id IN (SELECT person FROM )"
        R"(distinct_ids WHERE distinct_id LIKE {0} ESCAPE '\')))",
        parameters.bind(containing(search)));
  }
  return sql;
}

}  // namespace

std::string person_columns(Parameters& parameters, int64_t now) {
  return fmt::format(
      "p.uuid, p.distinct_id, p.created_at, p.properties, "
      "(SELECT json_group_array(distinct_id) FROM distinct_ids d WHERE "
      "d.person = p.id), (SELECT max(timestamp) FROM events e WHERE e.person "
      "= p.id AND e.timestamp <= {}), p.id",
      parameters.bind(now));
}

json::Value person_row(std::span<const Cell> cells, PersonDetail detail) {
  const auto text = [&](size_t column) {
    const auto* found = std::get_if<std::string>(&cells[column]);
    return found == nullptr ? std::string() : *found;
  };
  const auto all = json::parse(text(3)).value_or(json::Object());
  json::Value properties = json::Object();
  if (detail == PersonDetail::all) {
    properties = all;
  } else {
    for (const char* name : {"email", "$geoip_country_code"}) {
      if (all.has(name)) properties.set(name, all[name]);
    }
  }
  json::Value row;
  row.set("id", text(0)).set("uuid", text(0));
  row.set("name", all["email"].text_or(all["name"].text_or(text(1))));
  // The one that the person is known by comes first.
  json::Array ids = {text(1)};
  const auto listed = json::parse(text(4)).value_or(json::Array());
  for (const auto& id : listed.items()) {
    if (id.text_or("") != text(1)) ids.push_back(id);
  }
  row.set("distinct_ids", std::move(ids));
  row.set("properties", std::move(properties));
  row.set("created_at", time_json(cells[2]));
  row.set("last_seen_at", time_json(cells[5]));
  return row;
}

json::Value persons_list_schema() {
  return constant(R"json({"type":"object","properties":{
"limit":{"type":"number","description":"How many results a page has."},
"offset":{"type":"number","description":"How many results to skip."},
"search":{"type":"string","description":"Part of an email, name, UUID or distinct id."},
"email":{"type":"string","description":"The whole email address."},
"distinct_id":{"type":"string","description":"One of the person's distinct ids."}}})json");
}

Result<ToolAnswer> persons_list(const World& world, const json::Value& args) {
  CLARIBI_TRY(check_arguments("persons-list", persons_list_schema(), args));
  const Page page = read_page(args, 100, 500);
  Parameters parameters;
  const auto columns = person_columns(parameters, now_of(world));
  const auto where = conditions(world, args, parameters);
  const auto limit = parameters.bind(static_cast<int64_t>(page.limit));
  const auto offset = parameters.bind(static_cast<int64_t>(page.offset));
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(world.store, parameters,
                  fmt::format("SELECT {} FROM persons p WHERE {} ORDER BY "
                              "p.created_at DESC, p.id LIMIT {} + 1 OFFSET {}",
                              columns, where, limit, offset)));
  json::Array results;
  for (const auto& row : rows.rows) {
    if (results.size() == page.limit) break;
    results.push_back(person_row(row, PersonDetail::brief));
  }
  json::Value value;
  set_neighbours(value, page, rows.rows.size() > page.limit, "persons");
  value.set("results", std::move(results));
  value.set("_posthogUrl", product_url("persons"));
  return ToolAnswer{.value = std::move(value)};
}

json::Value persons_retrieve_schema() {
  return constant(R"json({"type":"object","properties":{
"id":{"type":"string","description":"The person's UUID, number or distinct id."}},
"required":["id"]})json");
}

Result<ToolAnswer> persons_retrieve(const World& world,
                                    const json::Value& args) {
  json::Value known = args;
  if (args["id"].is_number()) known.set("id", plain_text(args["id"]));
  CLARIBI_TRY(
      check_arguments("persons-retrieve", persons_retrieve_schema(), known));
  const auto id = plain_text(known["id"]);
  Parameters parameters;
  const auto columns = person_columns(parameters, now_of(world));
  auto match = fmt::format(
      "p.uuid = {0} OR p.id IN (SELECT person FROM distinct_ids WHERE "
      "distinct_id = {0})",
      parameters.bind(id));
  if (const auto number = integer_of(known["id"])) {
    match += fmt::format(" OR p.id = {}", parameters.bind(*number));
  }
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      bound_query(
          world.store, parameters,
          fmt::format("SELECT {} FROM persons p WHERE ({}) AND p.created_at "
                      "<= {}",
                      columns, match, parameters.bind(now_of(world)))));
  if (rows.rows.empty()) return fail_missing("persons", id);
  auto value = person_row(rows.rows[0], PersonDetail::all);
  value.set("_posthogUrl", product_url("persons/" + value["uuid"].text_or("")));
  return ToolAnswer{.value = std::move(value)};
}

}  // namespace claribi::demo
