// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "cli/output/formats.hpp"
#include "doctest/doctest.h"
#include "tests/unit/cli/output/sample.hpp"

using namespace claribi;
using namespace claribi::cli;

namespace {

Document of_rows(std::vector<table::Column> columns,
                 std::vector<table::Row> rows) {
  Document document;
  document.table.columns = std::move(columns);
  document.table.rows = std::move(rows);
  return document;
}

size_t widest_line(const std::string& text) {
  size_t widest = 0;
  for (const std::string& line : split(text, '\n'))
    widest = std::max(widest, display_width(line));
  return widest;
}

}  // namespace

TEST_CASE("a table has aligned columns, numbers to the right, no boxes") {
  CHECK(test::written(write_text,
                      of_rows({{"name"}, {"count"}, {"on"}},
                              {{"first", 12, true},
                               {"\u6f22\u5b57", 1234, json::Value()}})) ==
        "name   count  on\n"
        "first     12  true\n"
        "\u6f22\u5b57    1234\n");
}

TEST_CASE("a terminal cuts texts and never numbers") {
  const auto document =
      of_rows({{"long_name"}, {"other"}, {"number"}},
              {{std::string(60, 'a'), std::string(30, 'b'), 1234567890123}});
  CHECK(test::written(write_text, document, test::on_terminal(40)) ==
        "long_name    other                number\n"
        "aaaaaaaaaa\u2026  bbbbbbbbbbb\u2026  1234567890123\n");
}

TEST_CASE("a pipe gets whole texts") {
  const auto document =
      of_rows({{"a"}, {"b"}}, {{std::string(300, 'x'), 0.123456789}});
  const auto text = test::written(write_text, document);
  CHECK(text.contains(std::string(300, 'x') + "  0.123456789\n"));
}

TEST_CASE("a terminal rounds long fractions") {
  const auto document =
      of_rows({{"a"}}, {{0.123456789}, {0.5}, {0.0000123456}});
  CHECK(test::written(write_text, document, test::on_terminal(40)) ==
        "          a\n     0.1235\n        0.5\n1.23456e-05\n");
}

TEST_CASE("too many columns for a terminal become blocks") {
  const auto document =
      of_rows({{"first_column"}, {"second"}, {"third"}},
              {{"some long words to read", 123456, "x"}, {"b", 2, "y"}});
  CHECK(test::written(write_text, document, test::on_terminal(22)) ==
        "first_\u2026:  some long\n"
        "          words to\n"
        "          read\n"
        "second:   123456\n"
        "third:    x\n"
        "\n"
        "first_\u2026:  b\n"
        "second:   2\n"
        "third:    y\n");
}

TEST_CASE("a record stands as names and values") {
  Document document = of_rows({{"id"}, {"name"}, {"filters"}},
                              {{7, "beta", json::Object{{"a", 1}}}});
  document.table.shape = table::Shape::record;
  CHECK(test::written(write_text, document) ==
        "id:       7\n"
        "name:     beta\n"
        "filters:  {\"a\":1}\n");
}

TEST_CASE("prose stands as paragraphs and is wrapped on a terminal") {
  Document document =
      of_rows({{"title"}, {"url"}, {"text"}},
              {{"Title", "https://example.com/a", "one two three\n\n\tfour"},
               {json::Value(), json::Value(), "five"}});
  document.table.shape = table::Shape::prose;
  CHECK(test::written(write_text, document) ==
        "Title\nhttps://example.com/a\n\none two three\n\n    four\n\nfive\n");
  CHECK(test::written(write_text, document, test::on_terminal(8)) ==
        "Title\nhttps://\nexample.\ncom/a\n\none two\nthree\n\n    four\n\n"
        "five\n");
}

TEST_CASE("no rows are said") {
  CHECK(test::written(write_text, of_rows({{"a"}}, {})) == "(no rows)\n");
}

TEST_CASE("an answer has its words, the chart and where it comes from") {
  const auto document = test::answered();
  const auto id = plan::plan_id(document.answer->plan).substr(0, 12);
  CHECK(test::written(write_text, document, test::on_terminal(60, false)) ==
        "signed_up averaged 15 a day.\n"
        "Today so far: 5.\n"
        "\n"
        "signed_up per day\n"
        "\n"
        "2026-11-16  ####################### 10\n"
        "2026-11-17  ############################################# 20\n"
        "2026-11-18  ----------- 5\n"
        "- the last bucket is not over yet\n"
        "\n"
        "Query      query-trends, signed_up, total, day\n"
        "Assumed    interval: day (not said)\n"
        "           zone: UTC\n"
        "Source     demo, fetched 2026-11-18T10:30:00Z, plan\n"
        "           " +
            id + "\n");
}

TEST_CASE("an answer without a chart shows its table") {
  Document document = test::answered();
  document.chart.reset();
  const auto text = test::written(write_text, document);
  CHECK(text.contains("Today so far: 5.\n\ndate        series     value"));
  CHECK(text.contains("\n\nQuery      query-trends \u00b7 signed_up"));
  CHECK(text.contains("Source     demo \u00b7 fetched 2026-11-18T10:30:00Z"));
}

TEST_CASE("an answer without rows has words and origin only") {
  Document document = test::answered();
  document.chart.reset();
  document.table.rows.clear();
  CHECK(test::written(write_text, document)
            .starts_with("signed_up averaged 15 a day.\nToday so far: 5.\n\n"
                         "Query      "));
}

TEST_CASE("a result of a call is a table, even where a chart would fit") {
  Document document = test::answered();
  document.answer.reset();
  CHECK(test::written(write_text, document)
            .starts_with("date        series     value  partial\n"));
}

TEST_CASE("nothing in any text acts on a terminal") {
  const std::string hostile =
      "\x1b]0;t\x07\u202e\u200b\r\n\xc2\x9b"
      "1m\xff";
  Document document = test::answered();
  document.source = hostile;
  document.answer->sentences = {hostile};
  document.answer->provenance.query = hostile;
  document.answer->provenance.assumed = {hostile};
  document.table.columns[1].name = hostile;
  document.table.rows[0][1] = hostile;
  document.chart->title = hostile;
  for (const auto shape :
       {table::Shape::rows, table::Shape::record, table::Shape::prose}) {
    document.table.shape = shape;
    for (const bool answer : {true, false}) {
      Document shown = document;
      if (!answer) shown.answer.reset();
      for (const FormatOptions& options :
           {FormatOptions{}, test::on_terminal(40)}) {
        const auto text = test::written(write_text, shown, options);
        CHECK(escape_terminal(text) == text);
      }
      shown.chart.reset();
      const auto text = test::written(write_text, shown);
      CHECK(escape_terminal(text) == text);
    }
  }
}

TEST_CASE("no line is wider than the terminal, and all of ASCII if need be") {
  std::mt19937 random(5);
  static const std::vector<std::string> words{
      "a",
      "some words",
      "\u6f22\u5b57\u6f22\u5b57",
      "e\u0301",
      "averyveryverylongwordwithoutanyblank",
      "\x1b[31m",
      ""};
  for (int i = 0; i < 500; ++i) {
    Document document;
    const size_t columns = 1 + random() % 9;
    for (size_t c = 0; c < columns; ++c) {
      document.table.columns.push_back({words[random() % words.size()]});
    }
    for (size_t r = 0; r < 1 + random() % 5; ++r) {
      table::Row row;
      for (size_t c = 0; c < columns; ++c) {
        if (c % 2 == 0) {
          row.emplace_back(words[random() % words.size()] +
                           words[random() % words.size()]);
        } else {
          row.emplace_back(static_cast<int64_t>(random()));
        }
      }
      document.table.rows.push_back(row);
    }
    if (random() % 3 == 0) document.table.shape = table::Shape::record;
    const size_t width = 20 + random() % 141;
    const bool unicode = random() % 2 == 0;
    const auto text =
        test::written(write_text, document, test::on_terminal(width, unicode));
    CAPTURE(width);
    CAPTURE(text);
    REQUIRE(widest_line(text) <= width);
    REQUIRE(escape_terminal(text) == text);
    if (!unicode) {
      REQUIRE(std::ranges::all_of(
          text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    }
  }
}
