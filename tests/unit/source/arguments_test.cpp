// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "json/writer.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source {
namespace {

Result<void> apply(json::Value& arguments, std::string_view tool,
                   std::string_view flag, std::string_view value) {
  for (const Shorthand& row : posthog::shorthands(tool)) {
    if (row.name == flag) return row.apply(value, arguments);
  }
  FAIL("no such flag: " << flag);
  return {};
}

std::string after(std::string_view tool, std::string_view flag,
                  std::string_view value) {
  json::Value arguments = json::Object{};
  const auto applied = apply(arguments, tool, flag, value);
  return applied ? json::compact(arguments) : applied.error().message;
}

TEST_CASE("short flags write the arguments that the tool takes") {
  CHECK(after("query-trends", "event", "signed_up") ==
        R"({"series":[{"kind":"EventsNode","event":"signed_up"}]})");
  CHECK(after("query-trends", "event", "*") ==
        R"({"series":[{"kind":"EventsNode","event":null}]})");
  CHECK(after("query-trends", "date-from", "-30d") ==
        R"({"dateRange":{"date_from":"-30d"}})");
  CHECK(after("query-trends", "breakdown", "person.plan") ==
        R"({"breakdownFilter":{"breakdowns":[)"
        R"({"property":"plan","type":"person"}]}})");
  CHECK(after("query-funnel", "breakdown", "$browser") ==
        R"({"breakdownFilter":{"breakdown":"$browser",)"
        R"("breakdown_type":"event"}})");
  CHECK(after("query-funnel", "steps", "a, b") ==
        R"({"series":[{"kind":"EventsNode","event":"a"},)"
        R"({"kind":"EventsNode","event":"b"}]})");
  CHECK(after("query-funnel", "window", "7d") ==
        R"({"funnelsFilter":{"funnelWindowInterval":7,)"
        R"("funnelWindowIntervalUnit":"day"}})");
  CHECK(after("query-run", "sql", "select 1") ==
        R"({"query":{"kind":"DataVisualizationNode","source":)"
        R"({"kind":"HogQLQuery","query":"select 1"}}})");
}

TEST_CASE("a filter keeps sizes as numbers and values as lists") {
  CHECK(after("query-trends", "where", "plan = pro") ==
        R"({"properties":[{"key":"plan","value":["pro"],)"
        R"("operator":"exact","type":"event"}]})");
  CHECK(after("query-trends", "where", "amount_usd >= 100.50") ==
        R"({"properties":[{"key":"amount_usd","value":100.50,)"
        R"("operator":"gte","type":"event"}]})");
  CHECK(after("query-trends", "where", "person.email ~ @acme") ==
        R"({"properties":[{"key":"email","value":"@acme",)"
        R"("operator":"icontains","type":"person"}]})");
  CHECK(after("query-trends", "where", "plan") ==
        "--where 'plan' has no comparison");
}

TEST_CASE("a math of a property needs one, and no other takes one") {
  json::Value arguments = json::Object{};
  REQUIRE(apply(arguments, "query-trends", "event", "paid"));
  REQUIRE(apply(arguments, "query-trends", "math", "sum:amount"));
  CHECK(json::compact(arguments) ==
        R"({"series":[{"kind":"EventsNode","event":"paid","math":"sum",)"
        R"("math_property":"amount"}]})");
  CHECK(after("query-trends", "math", "sum") == "--math sum needs a property");
  CHECK(after("query-trends", "math", "dau:amount") ==
        "--math dau takes no property");
}

TEST_CASE("words that PostHog would silently take for now are refused") {
  for (std::string_view word : {"today", "yesterday", "wStart", "-1M",
                                "last week", "-d", "", "-7", "2026-13-01"}) {
    CAPTURE(word);
    CHECK(after("query-trends", "date-from", word) ==
          "--date-from '" + std::string(word) + "' is not a date");
  }
  for (std::string_view word :
       {"2026-11-18", "2026-11-18T10:30:00Z", "-24h", "-3m", "mStart"}) {
    CAPTURE(word);
    CHECK(after("query-trends", "date-to", word).starts_with("{"));
  }
}

TEST_CASE("every short flag has one sentence of help") {
  for (std::string_view tool :
       {"query-trends", "query-funnel", "query-run", "execute-sql",
        "query-error-tracking-issues-list"}) {
    CHECK(!posthog::shorthands(tool).empty());
    for (const Shorthand& row : posthog::shorthands(tool)) {
      CAPTURE(row.name);
      CHECK(row.help.ends_with('.'));
      CHECK(!row.value.empty());
    }
  }
}

TEST_CASE("a key that cannot be right is refused before it is sent") {
  CHECK(posthog::check_key("phx_abc"));
  CHECK(posthog::check_key("pha_abc"));
  for (std::string_view key : {"", "phc_abc", "abc", "phx_a b", "phx_\n"}) {
    CAPTURE(key);
    const auto checked = posthog::check_key(key);
    REQUIRE(!checked);
    CHECK(checked.error().kind == ErrorKind::key_rejected);
    CHECK(!checked.error().message.contains("abc"));
  }
}

TEST_CASE("every request carries the switches twice") {
  auto url =
      net::parse_url("https://mcp.posthog.com/mcp", net::PlainHttp::never);
  REQUIRE(url);
  std::vector<net::Header> headers;
  posthog::pin(*url, headers, {.project = "7"});
  const std::string text = net::to_string(*url);
  CHECK(text.contains("mode=tools"));
  CHECK(text.contains("readonly=true"));
  CHECK(text.contains("project_id=7"));
  CHECK(text.contains("tools="));
  const auto has = [&](std::string_view name, std::string_view value) {
    return std::ranges::any_of(headers, [&](const net::Header& header) {
      return header.name == name && header.value == value;
    });
  };
  CHECK(has("x-posthog-mcp-mode", "tools"));
  CHECK(has("x-posthog-read-only", "true"));
  CHECK(has("x-posthog-project-id", "7"));
}

}  // namespace
}  // namespace claribi::source
