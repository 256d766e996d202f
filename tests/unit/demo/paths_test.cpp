// SPDX-License-Identifier: MIT
#include <string>

#include "demo/path_edges.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

// Letters as steps a minute apart; a dot is ten minutes without one.
Path path_of(std::string_view letters) {
  Path path;
  int64_t minute = 0;
  for (const char letter : letters) {
    minute += letter == '.' ? 10 : 1;
    if (letter == '.') continue;
    path.push_back({.at = minute * 60'000, .item = std::string(1, letter)});
  }
  return path;
}

std::string letters_of(const Path& path) {
  std::string text;
  for (const auto& step : path)
    text += step.item;
  return text;
}

std::string limited(std::string_view letters, const PathRule& rule) {
  const auto path = limited_path(path_of(letters), rule);
  return path ? letters_of(*path) : "none";
}

std::string drawn(const std::vector<PathEdge>& edges) {
  std::string text;
  for (const auto& edge : edges) {
    text += edge.source + ">" + edge.target + "*" + std::to_string(edge.count) +
            " ";
  }
  return text;
}

TinyWorld morning() {
  TinyWorld tiny("2026-09-04T12:00:00Z");
  tiny.person(3, R"({"email":"x@us.example"})");
  tiny.event("signed_up", "2026-09-01T10:00:00Z", 1);
  tiny.event("$pageview", "2026-09-01T10:00:30Z", 1,
             R"({"$current_url":"https://x.example/a/"})");
  tiny.event("upload", "2026-09-01T10:01:30Z", 1);
  tiny.event("signed_up", "2026-09-01T11:00:00Z", 2);
  tiny.event("upload", "2026-09-01T11:00:10Z", 2);
  tiny.event("share", "2026-09-01T11:30:10Z", 2);  // 30 minutes later: anew.
  tiny.event("signed_up", "2026-09-01T12:00:00Z", 3);
  tiny.event("upload", "2026-09-01T12:00:20Z", 3);
  tiny.event("share", "2026-09-01T12:01:20Z", 3);
  tiny.event("signed_up", "2026-09-04T13:00:00Z", 4);  // After now.
  tiny.event("upload", "2026-09-04T13:00:20Z", 4);
  return tiny;
}

std::string paths(const TinyWorld& tiny, const std::string& filter,
                  const std::string& rest = "") {
  auto answer =
      query_paths(tiny.world(), json_of("{'pathsFilter':{" + filter +
                                        "},'dateRange':{"
                                        "'date_from':'2026-09-01','date_to':"
                                        "'2026-09-04'}" +
                                        rest + "}"));
  if (!answer) return answer.error().message;
  std::string text;
  for (const auto& edge : answer->value["results"].items()) {
    text += edge["source"].text_or("") + ">" + edge["target"].text_or("") +
            "*" + json::compact(edge["value"]) + "/" +
            json::compact(edge["average_conversion_time"]) + " ";
  }
  return text;
}

const std::string custom = "'includeEventTypes':['custom_event']";

}  // namespace

TEST_CASE("a path ends where nothing is done for half an hour") {
  std::string cut;
  for (const auto& path : split_paths(path_of("ab...c..d")))
    cut += letters_of(path) + " ";
  CHECK(cut == "ab cd ");
}

TEST_CASE("what is repeated at once is one step, its last") {
  const auto paths = split_paths(path_of("aabba"));
  REQUIRE(paths.size() == 1);
  CHECK(letters_of(paths[0]) == "aba");
  CHECK(paths[0][0].at == 2 * 60'000);
}

TEST_CASE("a path is cut to its points and its number of steps") {
  CHECK(limited("abcdef", {.steps = 3}) == "abc");
  CHECK(limited("abcdef", {.start = "c", .steps = 3}) == "cde");
  CHECK(limited("abcdef", {.end = "e", .steps = 3}) == "cde");
  CHECK(limited("abcdef", {.start = "x", .steps = 3}) == "none");
  CHECK(limited("abcdef", {.end = "x", .steps = 3}) == "none");
  CHECK(limited("xabcdefx", {.start = "a", .end = "f", .steps = 4}) ==
        "ab...ef");
  CHECK(limited("xabcx", {.start = "a", .end = "c", .steps = 4}) == "abc");
  CHECK(limited("cxa", {.start = "a", .end = "c"}) == "none");
}

TEST_CASE("edges are counted by place and come with the most walked first") {
  const std::vector<Path> all = {path_of("abc"), path_of("abd"), path_of("abd"),
                                 path_of("xb")};
  CHECK(drawn(path_edges(all, {})) ==
        "1_a>2_b*3 2_b>3_d*2 1_x>2_b*1 2_b>3_c*1 ");
  CHECK(drawn(path_edges(all, {.least = 2})) == "1_a>2_b*3 2_b>3_d*2 ");
  CHECK(drawn(path_edges(all, {.most = 1})) == "1_x>2_b*1 2_b>3_c*1 ");
  CHECK(drawn(path_edges(all, {.edges = 1})) == "1_a>2_b*3 ");
  // What nothing leads to is left out.
  CHECK(drawn(path_edges({path_of("abcd"), path_of("abcd")}, {.most = 9})) ==
        "1_a>2_b*2 2_b>3_c*2 3_c>4_d*2 ");
  const std::vector<Path> rare = {path_of("abd"), path_of("cbd")};
  CHECK(drawn(path_edges(rare, {.least = 2})) == "");
}

TEST_CASE("a grouping is a pattern of which a part is enough") {
  CHECK(matches_grouping("/product/7", "/product/*"));
  CHECK(matches_grouping("https://x/product/7/buy", "/product/*/buy"));
  CHECK_FALSE(matches_grouping("/product", "/product/*"));
}

TEST_CASE("paths go through events and pages") {
  CHECK(paths(morning(), "") ==
        "1_signed_up>2_upload*2/15000 "
        "1_signed_up>2_https://x.example/a*1/30000 "
        "2_https://x.example/a>3_upload*1/60000 2_upload>3_share*1/60000 ");
  CHECK(paths(morning(), custom) ==
        "1_signed_up>2_upload*3/40000 2_upload>3_share*1/60000 ");
  CHECK(paths(morning(), custom + ",'startPoint':'upload'") ==
        "1_upload>2_share*1/60000 ");
  CHECK(paths(morning(), custom + ",'endPoint':'share','stepLimit':2") ==
        "1_upload>2_share*1/60000 ");
  CHECK(paths(morning(), custom + ",'excludeEvents':['upload']") ==
        "1_signed_up>2_share*1/80000 ");
  CHECK(paths(morning(), "'startPoint':'https://x.example/a/'") ==
        "1_https://x.example/a>2_upload*1/60000 ");
  CHECK(paths(morning(), "'pathGroupings':['x.example/*']," +
                             std::string("'stepLimit':2")) ==
        "1_signed_up>2_upload*2/15000 1_signed_up>2_x.example/**1/30000 ");
}

TEST_CASE("test accounts walk no paths") {
  auto tiny = morning();
  tiny.project().test_account_filters =
      json_of("[{'key':'email','type':'person','operator':'is_not_set'}]")
          .items();
  CHECK(paths(tiny, custom) == "1_signed_up>2_upload*2/50000 ");
  CHECK(paths(tiny, custom, ",'filterTestAccounts':false") ==
        "1_signed_up>2_upload*3/40000 2_upload>3_share*1/60000 ");
}

TEST_CASE("paths refuse what they do not take") {
  const auto tiny = morning();
  CHECK(query_paths(tiny.world(), json_of("{}")).error().message ==
        "Invalid input for \"query-paths\": missing required parameter: "
        "pathsFilter");
  CHECK(paths(tiny, "'includeEventTypes':['hogql']")
            .contains("Unsupported event type: hogql"));
  CHECK(paths(tiny, "'stepLimit':0").contains("query.pathsFilter.stepLimit"));
  CHECK(paths(tiny, "'localPathCleaningFilters':[{'regex':'a'}]")
            .contains("no path cleaning"));
  CHECK(paths(tiny, "'pathsHogQLExpression':'event'").contains("over SQL"));
  CHECK(paths(tiny, "", ",'funnelPathsFilter':{}").contains("of funnels"));
}
