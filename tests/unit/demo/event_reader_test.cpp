// SPDX-License-Identifier: MIT
#include "demo/event_reader.hpp"

#include <sstream>

#include "demo/event_lines.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

// Each event as "event|distinct_id|time|properties", each fault as its words.
std::vector<std::string> read_all(const std::string& text) {
  std::istringstream in(text);
  EventReader reader(in);
  std::vector<std::string> all;
  while (!reader.finished()) {
    const auto read = reader.next();
    if (!read) {
      CHECK(read.error().kind == ErrorKind::file);
      all.push_back(read.error().message);
    } else if (*read) {
      const auto& event = **read;
      all.push_back(event.event + "|" + event.distinct_id + "|" +
                    format_instant(event.at) + "|" +
                    json::compact(event.properties));
    }
    REQUIRE(all.size() < 20);
  }
  return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("JSON Lines are read one by one, with and without properties") {
  CHECK(
      read_all(
          R"({"event":"a b","distinct_id":"x","timestamp":"2026-11-16T09:00:00+02:00","properties":{"n":1.50}})"
          "\r\n\n"
          R"({"timestamp":"2026-11-17","event":"c","distinct_id":12345678901234567890,"more":1})") ==
      Lines{R"(a b|x|2026-11-16T07:00:00Z|{"n":1.50})",
            "c|12345678901234567890|2026-11-17T00:00:00Z|{}"});
}

TEST_CASE("a bad line of JSON is named and the next one is read") {
  const auto all = read_all(
      "{\n"
      R"({"event":"a","distinct_id":"x"})"
      "\n"
      R"({"event":"a","distinct_id":"x","timestamp":"yesterday"})"
      "\n"
      R"({"event":"","distinct_id":"x","timestamp":"2026-11-17"})"
      "\n"
      R"({"event":"a","distinct_id":{},"timestamp":"2026-11-17"})"
      "\n"
      R"({"event":"a","distinct_id":"x","timestamp":"2026-11-17","properties":[]})"
      "\n"
      R"([1])"
      "\n"
      R"({"event":"a","distinct_id":"x","timestamp":"2026-11-17"})"
      "\n");
  REQUIRE(all.size() == 8);
  CHECK(all[0].starts_with("line 1: "));
  CHECK(all[1] == "line 2: there is no timestamp");
  CHECK(all[2] == "line 3: 'yesterday' is not an ISO date or time");
  CHECK(all[3] == "line 4: event is no text");
  CHECK(all[4] == "line 5: distinct_id is no text");
  CHECK(all[5] == "line 6: properties are no JSON object");
  CHECK(all[6] == "line 7: it is no JSON object");
  CHECK(all[7] == "a|x|2026-11-17T00:00:00Z|{}");
}

TEST_CASE("CSV has its columns in any order, and further ones are properties") {
  CHECK(read_all("\xef\xbb\xbftimestamp,plan, event,distinct_id,n,ok,id\r\n"
                 "2026-11-16,\"pro, big\",a,x,2.50,true,007\r\n"
                 "2026-11-17,,\"b \"\"q\"\"\",\"y\nz\",,,\r\n"
                 "\r\n"
                 "2026-11-18,,c,x,,,") ==
        Lines{R"(a|x|2026-11-16T00:00:00Z|{"plan":"pro, big","n":2.50,)"
              R"("ok":true,"id":"007"})",
              "b \"q\"|y\nz|2026-11-17T00:00:00Z|{}",
              "c|x|2026-11-18T00:00:00Z|{}"});
}

TEST_CASE("properties of CSV may be JSON, beside columns") {
  CHECK(read_all("event,distinct_id,timestamp,properties,k\n"
                 "a,x,2026-11-16,\"{\"\"n\"\":[1]}\",v\n"
                 "a,x,2026-11-16,[1],v\n") ==
        Lines{R"(a|x|2026-11-16T00:00:00Z|{"n":[1],"k":"v"})",
              "line 3: properties are no JSON object"});
}

TEST_CASE("a bad record of CSV is named by the line where it begins") {
  CHECK(read_all("event,distinct_id,timestamp\n"
                 "\"a\nb\",x\n"
                 "\"a\"b,x,2026-11-16\n"
                 ",x,2026-11-16\n"
                 "a,x,2026-11-16\n"
                 "a,\"x,2026-11-16\n") ==
        Lines{"line 2: it has 2 cells, the header has 3",
              "line 4: there is text after a closing quote",
              "line 5: there is no event", "a|x|2026-11-16T00:00:00Z|{}",
              "line 7: a quote is not closed"});
}

TEST_CASE("what is neither ends at its first line") {
  CHECK(read_all("hello\nworld\n") ==
        Lines{"line 1: it is no JSON object, and as the header of CSV it has "
              "no column 'event'"});
  CHECK(read_all("event,distinct_id\n").front().ends_with("'timestamp'"));
  CHECK(read_all("").empty());
}

TEST_CASE("a line without an end is not read into memory whole") {
  const std::string longer(most_line_bytes + 1, 'x');
  for (const std::string& text :
       {"{" + longer, "event,distinct_id,timestamp\n" + longer,
        "event,distinct_id,timestamp\n\"" + longer}) {
    const auto all = read_all(text);
    REQUIRE(all.size() == 1);
    CHECK(all[0].ends_with("is longer than 16 MiB"));
  }
}
