// SPDX-License-Identifier: MIT
#include "source/posthog/taxonomy.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {
namespace {

using table::Table;

// An example of the format may stand before the results, and remarks with
// lists of their own behind them.
std::string_view results_in(std::string_view text) {
  constexpr std::string_view begin = "\nResults:\n";
  if (const size_t at = text.find(begin); at != std::string_view::npos) {
    text.remove_prefix(at + begin.size());
  }
  return text.substr(0, text.find("\nNOTE:"));
}

// "- name", "- name – what it is" or "- `name` - what it is". A name without
// marks may have a hyphen in it.
json::Value item_of(std::string_view item) {
  constexpr std::string_view dash = " \u2013 ";
  constexpr std::string_view hyphen = " - ";
  json::Value row;
  std::string_view about;
  if (const size_t end = item.find('`', 1);
      item.starts_with('`') && end != std::string_view::npos) {
    row.set("name", item.substr(1, end - 1));
    about = item.substr(end + 1);
    if (about.starts_with(hyphen)) about.remove_prefix(hyphen.size());
    if (about.starts_with(dash)) about.remove_prefix(dash.size());
  } else {
    const size_t at = item.find(dash);
    row.set("name", item.substr(0, at));
    if (at != std::string_view::npos) about = item.substr(at + dash.size());
  }
  if (!trim(about).empty()) row.set("description", trim(about));
  return row;
}

json::Array listed(std::string_view text) {
  json::Array rows;
  std::string type;
  for (const std::string& line : split(text, '\n')) {
    const std::string_view part = trim(line);
    if (part.starts_with("</")) {
      type.clear();
    } else if (part.starts_with('<') && part.ends_with('>')) {
      type = part.substr(1, part.size() - 2);
    } else if (part.starts_with("- ")) {
      json::Value row = item_of(trim(part.substr(2)));
      if (!type.empty()) row.set("property_type", type);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// Takes a value off the front of `"Chrome", 7.5 and 12 more`; empty if what
// comes next is no value.
std::string take_value(std::string_view& text) {
  std::string value;
  size_t at = 0;
  if (text.starts_with('"')) {
    for (at = 1; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      value += text[at];
    }
    ++at;  // The closing quote.
  } else {
    at = std::min(text.find(','), text.find(" and "));
    at = std::min(at, text.size());
    value = trim(text.substr(0, at));
  }
  text.remove_prefix(std::min(at, text.size()));
  if (text.starts_with(", ")) text.remove_prefix(2);
  return value;
}

// "and 12 more distinct values."
void note_more(Table& table, std::string_view words) {
  if (words.ends_with('.')) words.remove_suffix(1);
  table.truncated = true;
  table.notes.push_back("there are " + std::string(words.substr(4)));
}

// `"Chrome", "Safari" and 12 more distinct values.`
Table values_in(std::string_view text) {
  Table table = table::from_rows({"name"}, {});
  while (!text.empty() && !text.starts_with(" and ")) {
    std::string value = take_value(text);
    if (value.empty()) break;
    table.rows.push_back({std::move(value)});
  }
  if (text.starts_with(" and ")) note_more(table, trim(text));
  return table;
}

bool is_value_list(std::string_view text) {
  return text.starts_with('"') || text.contains(" more distinct value") ||
         (!text.empty() &&
          text.find_first_not_of("0123456789., -") == std::string_view::npos);
}

}  // namespace

Table decode_taxonomy(std::string_view text) {
  const std::string_view results = trim(results_in(text));
  if (const json::Array rows = listed(results); !rows.empty()) {
    Table table = table::from_objects(rows);
    const std::string_view last = results.substr(results.rfind('\n') + 1);
    if (last.starts_with("and ")) note_more(table, last);
    return table;
  }
  if (is_value_list(trim(text))) return values_in(trim(text));
  return table::from_rows({"name"}, {});
}

}  // namespace claribi::source::posthog
