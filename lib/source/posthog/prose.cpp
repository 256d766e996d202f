// SPDX-License-Identifier: MIT
#include "source/posthog/prose.hpp"

#include <string>
#include <utility>

#include "base/text.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {

using table::Shape;
using table::Table;

Table decode_tables(const json::Value& payload) {
  json::Array rows;
  for (const json::Member& entry : payload["tables"].members()) {
    for (const json::Member& field : entry.value["fields"].members()) {
      json::Value row;
      row.set("table", entry.name).set("field", field.name);
      row.set("type", field.value["type"]);
      rows.push_back(std::move(row));
    }
  }
  return table::from_objects(rows);
}

Table decode_docs(std::string_view markdown) {
  json::Array rows;
  json::Value page;
  std::string body;
  const auto finish = [&] {
    if (page.is_null() && trim(body).empty()) return;
    page.set("text", trim(body));
    rows.push_back(std::exchange(page, json::Value()));
    body.clear();
  };
  for (const std::string& line : split(markdown, '\n')) {
    if (line.starts_with("# ")) {
      finish();
      page.set("title", trim(line).substr(2)).set("url", nullptr);
    } else if (line.starts_with("URL: ") && page.has("title")) {
      page.set("url", trim(line).substr(5));
    } else {
      body += line + "\n";
    }
  }
  finish();
  Table table = table::from_rows({"title", "url", "text"}, {});
  for (const json::Value& row : rows) {
    table.rows.push_back({row["title"], row["url"], row["text"]});
  }
  table.shape = Shape::prose;
  return table;
}

}  // namespace claribi::source::posthog
