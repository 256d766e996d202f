// SPDX-License-Identifier: MIT
#include <string>

#include "base/text.hpp"
#include "cli/output/formats.hpp"
#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "tests/unit/cli/output/sample.hpp"

using namespace claribi;
using namespace claribi::cli;
using json::Value;

namespace {

Value parsed(const Document& document) {
  auto value = json::parse(test::written(write_json, document));
  REQUIRE(value);
  return *value;
}

}  // namespace

TEST_CASE("json is an envelope with columns, rows and their origin") {
  CHECK(test::written(write_json, test::small()) == R"({
  "source": "demo",
  "tool": "insights-list",
  "arguments": {
    "limit": 2
  },
  "columns": [
    {
      "name": "name",
      "type": "string"
    },
    {
      "name": "count",
      "type": "integer"
    },
    {
      "name": "active",
      "type": "boolean"
    },
    {
      "name": "tags",
      "type": "json"
    }
  ],
  "rows": [
    {
      "name": "a, \"b\"",
      "count": 9007199254740993,
      "active": true,
      "tags": ["x", "y"]
    },
    {
      "name": "=1+1",
      "count": null,
      "active": false,
      "tags": null
    }
  ],
  "fetched_at": "2026-11-18T10:30:00Z"
}
)");
}

TEST_CASE("a local listing has no tool, arguments or time") {
  Document document;
  document.table.columns = {{"name"}};
  document.table.rows = {{"a"}};
  const Value value = parsed(document);
  for (const char* name : {"source", "tool", "arguments", "fetched_at", "notes",
                           "truncated", "answer"}) {
    CAPTURE(name);
    CHECK_FALSE(value.has(name));
  }
  CHECK(value["rows"].at(0)["name"] == Value("a"));
}

TEST_CASE("notes and truncation stand in the envelope") {
  Document document = test::small();
  document.table.notes = {"sampled"};
  document.table.truncated = true;
  const Value value = parsed(document);
  CHECK(value["notes"].at(0) == Value("sampled"));
  CHECK(value["truncated"] == Value(true));
}

TEST_CASE("an answer brings its words, plan, facts and assumptions") {
  const Value value = parsed(test::answered());
  CHECK(value["answer"] ==
        Value("signed_up averaged 15 a day. Today so far: 5."));
  CHECK(value["plan"]["frame"] == Value("trend"));
  CHECK(value["plan"]["id"] ==
        Value(plan::plan_id(test::answered().answer->plan)));
  CHECK(value["facts"].at(0)["name"] == Value("average"));
  CHECK(value["facts"].at(0)["value"] == Value(15));
  CHECK(value["facts"].at(0)["unit"] == Value("events"));
  CHECK(value["assumptions"].at(0)["slot"] == Value("interval"));
  CHECK(value["assumptions"].at(0)["why"] == Value("not said"));
}

TEST_CASE("no rows are an empty array") {
  Document document = test::small();
  document.table.rows.clear();
  const Value value = parsed(document);
  CHECK(value["rows"].is_array());
  CHECK(value["rows"].size() == 0);
}

TEST_CASE("two columns of one name both keep their cells") {
  Document document;
  document.table.columns = {{"n"}, {"n"}, {"n_2"}};
  document.table.rows = {{1, 2, 3}};
  const Value value = parsed(document);
  CHECK(value["rows"].at(0)["n"] == Value(1));
  CHECK(value["rows"].at(0)["n_2"] == Value(2));
  CHECK(value["rows"].at(0)["n_2_2"] == Value(3));
  CHECK(value["columns"].at(1)["name"] == Value("n_2"));
}

TEST_CASE("hostile text stays inside its string") {
  Document document;
  document.table.columns = {{"a\"\x1b"}};
  document.table.rows = {{"\x1b]0;x\x07\",\"b\":1\xff\n"}};
  const std::string text = test::written(write_json, document);
  CHECK(escape_terminal(text) == text);
  CHECK(json::parse(text).has_value());
}

TEST_CASE("ndjson is one object per line") {
  CHECK(
      test::written(write_ndjson, test::small()) ==
      R"({"name":"a, \"b\"","count":9007199254740993,"active":true,"tags":["x","y"]}
{"name":"=1+1","count":null,"active":false,"tags":null}
)");
  Document empty = test::small();
  empty.table.rows.clear();
  CHECK(test::written(write_ndjson, empty).empty());
}
