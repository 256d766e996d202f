// SPDX-License-Identifier: MIT
#include "cli/output/formats.hpp"

#include "base/text.hpp"
#include "doctest/doctest.h"
#include "tests/unit/cli/output/sample.hpp"

using namespace claribi;
using namespace claribi::cli;

TEST_CASE("every format has a name, a summary and a writer") {
  CHECK(join(format_names(), " ") ==
        "text json ndjson csv tsv markdown vega-lite svg raw");
  for (const Format& format : formats()) {
    CAPTURE(format.name);
    CHECK_FALSE(format.summary.empty());
    CHECK((format.write != nullptr));
    auto found = find_format(format.name);
    REQUIRE(found);
    CHECK(*found == &format);
  }
}

TEST_CASE("an unknown format is a usage error that names the nearest") {
  auto found = find_format("jsn");
  REQUIRE_FALSE(found);
  CHECK(found.error().kind == ErrorKind::usage);
  CHECK(found.error().message == "unknown format 'jsn'");
  CHECK(found.error().hints.front().contains("json"));
  auto other = find_format("\x1b[31mqqqqqqqqqqqqqqqqqqqqq");
  REQUIRE_FALSE(other);
  CHECK_FALSE(other.error().message.contains('\x1b'));
  CHECK(other.error().hints.front() ==
        "formats are: text, json, ndjson, csv, tsv, markdown, vega-lite, svg, "
        "raw");
}

TEST_CASE("vega-lite shows a chart and refuses what has none") {
  const auto spec = test::written(write_vega_lite, test::answered());
  CHECK(spec.starts_with("{\n  \"$schema\": \"https://vega.github.io/"));
  CHECK(spec.ends_with("}\n"));
  auto none = write_vega_lite(test::small(), {});
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::usage);
  CHECK(none.error().message ==
        "this result has no chart that vega-lite could show");
  CHECK(none.error().hints.front().contains("csv"));
}

TEST_CASE("markdown has the sentences and a table, numbers to the right") {
  CHECK(test::written(write_markdown, test::answered()) ==
        "signed_up averaged 15 a day.\nToday so far: 5.\n\n"
        "| date | series | value | partial |\n"
        "| --- | --- | ---: | --- |\n"
        "| 2026-11-16 | signed_up | 10 | false |\n"
        "| 2026-11-17 | signed_up | 20 | false |\n"
        "| 2026-11-18 | signed_up | 5 | true |\n");
}

TEST_CASE("no text of a server is markup of a Markdown page") {
  Document document;
  document.table.columns = {{"a|b", table::Type::string}};
  document.table.rows = {{"x | y\nz"},
                         {"<b>[in](http://x)</b>"},
                         {"a * b _ c `d` \\"},
                         {"$pageview"},
                         {"$a$"},
                         {json::Value()}};
  CHECK(test::written(write_markdown, document) ==
        "| a\\|b |\n| --- |\n"
        "| x \\| y z |\n"
        "| \\<b\\>\\[in\\](http://x)\\</b\\> |\n"
        "| a \\* b \\_ c \\`d\\` \\\\ |\n"
        "| $pageview |\n"
        "| \\$a\\$ |\n"
        "|  |\n");
}

TEST_CASE("svg is the same chart as a picture, and refuses what has none") {
  const auto picture = test::written(write_svg, test::answered());
  CHECK(picture.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(picture.ends_with("</svg>\n"));
  auto none = write_svg(test::small(), {});
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::usage);
  CHECK(none.error().message == "this result has no chart that svg could show");
}

TEST_CASE("raw is what the server sent, with a line feed at the end") {
  Document document = test::small();
  document.raw = "{\"a\":1e3}";
  CHECK(test::written(write_raw, document) == "{\"a\":1e3}\n");
  document.raw = "a\r\nb\n";
  CHECK(test::written(write_raw, document) == "a\r\nb\n");
}

TEST_CASE("raw on a terminal shows what it would act on") {
  Document document = test::small();
  document.raw = "a\x1b[2J";
  CHECK(test::written(write_raw, document, test::on_terminal(80)) ==
        "a\\x1b[2J\n");
}

TEST_CASE("raw is refused where nothing was sent") {
  auto none = write_raw(test::small(), {});
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::usage);
}
