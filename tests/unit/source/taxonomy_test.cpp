// SPDX-License-Identifier: MIT
#include "source/posthog/taxonomy.hpp"

#include <string>

#include "doctest/doctest.h"
#include "json/writer.hpp"

namespace claribi::source::posthog {
namespace {

// "name|property_type|description" per row.
std::string rows(std::string_view text) {
  const table::Table table = decode_taxonomy(text);
  std::string out;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    out += table.cell(row, "name").text_or("?") + "|" +
           table.cell(row, "property_type").text_or("") + "|" +
           table.cell(row, "description").text_or("") + "\n";
  }
  return out;
}

TEST_CASE("events are the items of a list, with marks or without") {
  CHECK(rows("Events available:\n- signed_up\n- Order - Placed\n") ==
        "signed_up||\nOrder - Placed||\n");
  CHECK(rows("events:\n- `note saved`\n- `page viewed` - Opened - or not\n") ==
        "note saved||\npage viewed||Opened - or not\n");
}

TEST_CASE("properties have the type of their group; examples are no results") {
  CHECK(rows("The data format is as follows:\n<Data type>\n"
             "- $event \u2013 description text here\n- another_event\n"
             "</Data type>\n...\n---\nResults:\n<String>\n"
             "- $browser \u2013 Name of the browser.\n</String>\n<Numeric>\n"
             "- words\n</Numeric>\n\nNOTE: Some follow patterns.\n"
             "- $feature/{key}\n") ==
        "$browser|String|Name of the browser.\nwords|Numeric|\n");
}

TEST_CASE("values stand in one line, quoted or numbers") {
  const char* text =
      R"("Chrome", "Fire, fox", "a \"b\" and c" and 12 more distinct values.)";
  CHECK(rows(text) == "Chrome||\nFire, fox||\na \"b\" and c||\n");
  const table::Table table = decode_taxonomy(text);
  CHECK(table.truncated);
  REQUIRE(table.notes.size() == 1);
  CHECK(table.notes[0] == "there are 12 more distinct values");
  CHECK(rows("3, 7.5 and 1 more distinct value.") == "3||\n7.5||\n");
  CHECK(rows(R"("only")") == "only||\n");
  CHECK_FALSE(decode_taxonomy(R"("only")").truncated);
}

TEST_CASE("values as a list say the same") {
  const table::Table table =
      decode_taxonomy("- Chrome\n- Safari\nand 3 more distinct values.\n");
  CHECK(table.rows.size() == 2);
  CHECK(table.truncated);
}

TEST_CASE("nothing is nothing, and torn text is no fault") {
  for (const char* text : {"", "No items.", "\"", "\"a", ", , ,", "-", "- ",
                           "`", "- `", "\nResults:\n", "and "}) {
    CAPTURE(text);
    CHECK(decode_taxonomy(text).rows.size() <= 1);
  }
}

}  // namespace
}  // namespace claribi::source::posthog
