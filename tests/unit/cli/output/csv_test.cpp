// SPDX-License-Identifier: MIT
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cli/output/formats.hpp"
#include "doctest/doctest.h"
#include "tests/unit/cli/output/sample.hpp"

using namespace claribi;
using namespace claribi::cli;

namespace {

using Records = std::vector<std::vector<std::string>>;

// RFC 4180 with line feeds, written without a look at the writer.
Records read_csv(const std::string& text, char separator) {
  Records records;
  std::vector<std::string> record;
  std::string cell;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == separator || c == '\n') {
      record.push_back(std::exchange(cell, {}));
      if (c == '\n') records.push_back(std::exchange(record, {}));
    } else {
      cell += c;
    }
  }
  CHECK(cell.empty());
  CHECK(record.empty());
  return records;
}

// Starts with a letter, so that no guard is needed, and may hold anything.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts{
      ",", "\t", "\"", "\"\"", "\n",     "\r\n", " ",
      "a", "=",  "'",  ";",    "\u6f22", "\xff", "x,y"};
  std::string text = "t";
  const size_t count = random() % 8;
  for (size_t i = 0; i < count; ++i)
    text += parts[random() % parts.size()];
  return text;
}

}  // namespace

TEST_CASE("csv has typed cells and guards texts that look like formulas") {
  CHECK(test::written(write_csv, test::small()) ==
        "name,count,active,tags\n"
        "\"a, \"\"b\"\"\",9007199254740993,true,\"[\"\"x\"\",\"\"y\"\"]\"\n"
        "'=1+1,,false,\n");
}

TEST_CASE("tsv separates by tabs and quotes what holds one") {
  Document document = test::small();
  document.table.rows = {{"a\tb", 1, true, "c,d"}};
  CHECK(test::written(write_tsv, document) ==
        "name\tcount\tactive\ttags\n"
        "\"a\tb\"\t1\ttrue\tc,d\n");
}

TEST_CASE("the line of names can be left out") {
  Document document = test::small();
  document.table.rows.resize(1);
  document.table.rows[0][0] = "a";
  CHECK(test::written(write_csv, document, {.header = false}) ==
        "a,9007199254740993,true,\"[\"\"x\"\",\"\"y\"\"]\"\n");
}

TEST_CASE("numbers leave as they were spelled, negative ones too") {
  Document document;
  document.table.columns = {{"n"}};
  for (const char* spelled : {"-5", "1.10", "1e3", "-0.0"})
    document.table.rows.push_back({json::Number{spelled}});
  CHECK(test::written(write_csv, document) == "n\n-5\n1.10\n1e3\n-0.0\n");
}

TEST_CASE("a record with one empty cell is not an empty line") {
  Document document;
  document.table.columns = {{"n"}};
  document.table.rows = {{json::Value()}, {""}};
  CHECK(test::written(write_csv, document) == "n\n\"\"\n\"\"\n");
}

TEST_CASE("no rows give the names only, no columns nothing") {
  Document document = test::small();
  document.table.rows.clear();
  CHECK(test::written(write_csv, document) == "name,count,active,tags\n");
  CHECK(test::written(write_csv, Document{}).empty());
}

TEST_CASE("a thousand random cells are read back as they were") {
  std::mt19937 random(3);
  for (const char separator : {',', '\t'}) {
    CAPTURE(separator);
    Document document;
    document.table.columns = {{"a"}, {"b"}, {"c"}, {"d"}};
    Records wanted{{"a", "b", "c", "d"}};
    for (int i = 0; i < 250; ++i) {
      std::vector<std::string> record;
      table::Row row;
      for (int cell = 0; cell < 4; ++cell) {
        record.push_back(random_text(random));
        row.emplace_back(record.back());
      }
      document.table.rows.push_back(row);
      wanted.push_back(record);
    }
    const auto text =
        test::written(separator == ',' ? write_csv : write_tsv, document);
    CHECK(read_csv(text, separator) == wanted);
  }
}

TEST_CASE("no text starts a formula") {
  Document document;
  document.table.columns = {{"=name"}};
  for (const char* start :
       {"=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff20"}) {
    document.table.rows.push_back({std::string(start) + "cmd|' /C calc'!A0"});
  }
  const auto records = read_csv(test::written(write_csv, document), ',');
  REQUIRE(records.size() == 10);
  for (const auto& record : records) {
    CAPTURE(record.front());
    CHECK(record.front().starts_with('\''));
  }
}

TEST_CASE("csv on a terminal shows what it would act on, a pipe gets it all") {
  Document document;
  document.table.columns = {{"n"}};
  document.table.rows = {{"a\x1b[2Jb"}};
  CHECK(test::written(write_csv, document) == "n\na\x1b[2Jb\n");
  CHECK(test::written(write_csv, document, test::on_terminal(80)) ==
        "n\na\\x1b[2Jb\n");
}
