// SPDX-License-Identifier: MIT
// Documents to be written.
#pragma once

#include <string>

#include "chart/choose.hpp"
#include "cli/output/document.hpp"
#include "cli/output/formats.hpp"
#include "doctest/doctest.h"

namespace claribi::cli::test {

// Two rows with one cell of each kind.
inline Document small() {
  Document document;
  document.source = "demo";
  document.call.tool = "insights-list";
  document.call.arguments = json::Object{{"limit", 2}};
  document.fetched_at = *parse_instant("2026-11-18T10:30:00Z");
  document.table.columns = {{"name", table::Type::string},
                            {"count", table::Type::integer},
                            {"active", table::Type::boolean},
                            {"tags", table::Type::json}};
  document.table.rows = {{"a, \"b\"", json::Number{"9007199254740993"}, true,
                          json::Array{"x", "y"}},
                         {"=1+1", json::Value(), false, json::Value()}};
  return document;
}

// An answer over three days, the last of them unfinished.
inline Document answered() {
  Document document;
  document.source = "demo";
  document.call.tool = "query-trends";
  document.fetched_at = *parse_instant("2026-11-18T10:30:00Z");
  document.table.shape = table::Shape::time_series;
  document.table.columns = {{"date", table::Type::date},
                            {"series", table::Type::string},
                            {"value", table::Type::integer},
                            {"partial", table::Type::boolean}};
  document.table.rows = {{"2026-11-16", "signed_up", 10, false},
                         {"2026-11-17", "signed_up", 20, false},
                         {"2026-11-18", "signed_up", 5, true}};
  document.chart = chart::choose(document.table, {"signed_up per day", ""});
  AnswerPart answer;
  answer.sentences = {"signed_up averaged 15 a day.", "Today so far: 5."};
  answer.facts = {{"average", 15, "events", "15", ""}};
  answer.plan.frame = "trend";
  answer.plan.assumptions = {{"interval", "day", "not said", 1.0}};
  answer.provenance.query = "query-trends · signed_up · total · day";
  answer.provenance.assumed = {"interval: day (not said)", "zone: UTC"};
  document.answer = answer;
  return document;
}

inline FormatOptions on_terminal(size_t width, bool unicode = true) {
  return {.screen = {.terminal = true, .width = width, .unicode = unicode}};
}

inline std::string written(Result<std::string> (*write)(const Document&,
                                                        const FormatOptions&),
                           const Document& document,
                           const FormatOptions& options = {}) {
  auto text = write(document, options);
  REQUIRE(text);
  return *text;
}

}  // namespace claribi::cli::test
