// SPDX-License-Identifier: MIT
#include "net/url.hpp"

#include <string>
#include <vector>

#include "doctest/doctest.h"

namespace claribi::net {
namespace {

TEST_CASE("URLs that may be used are read and written back") {
  struct Row {
    std::string text;
    std::string written;
    std::string origin;
  };
  const std::vector<Row> rows = {
      {"https://mcp.example.com/mcp", "https://mcp.example.com/mcp",
       "https://mcp.example.com"},
      {"HTTPS://MCP.Example.COM/Mcp", "https://mcp.example.com/Mcp",
       "https://mcp.example.com"},
      {"https://example.com", "https://example.com/", "https://example.com"},
      {"https://example.com?a=b", "https://example.com/?a=b",
       "https://example.com"},
      {"https://example.com:443/", "https://example.com/",
       "https://example.com"},
      {"https://example.com:8443/x?q=1&r=/2",
       "https://example.com:8443/x?q=1&r=/2", "https://example.com:8443"},
      {"https://10.0.0.1/", "https://10.0.0.1/", "https://10.0.0.1"},
      {"https://[2001:DB8::1]:9/", "https://[2001:db8::1]:9/",
       "https://[2001:db8::1]:9"},
      {"https://example.com/a@b", "https://example.com/a@b",
       "https://example.com"},
      {"http://localhost:8000/mcp", "http://localhost:8000/mcp",
       "http://localhost:8000"},
      {"http://127.0.0.1:80/", "http://127.0.0.1/", "http://127.0.0.1"},
      {"http://[::1]:3000", "http://[::1]:3000/", "http://[::1]:3000"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto url = parse_url(row.text, PlainHttp::loopback);
    REQUIRE(url.has_value());
    CHECK(to_string(*url) == row.written);
    CHECK(to_string(url->origin) == row.origin);
  }
}

TEST_CASE("URLs that may not be used are refused") {
  const std::vector<std::string> texts = {
      "",
      "example.com/mcp",
      "//example.com/mcp",
      "ftp://example.com/",
      "javascript://example.com/",
      "https:/example.com",
      "https://",
      "https:///mcp",
      "https://:443/",
      "https://user@example.com/",
      "https://user:pw@example.com/",
      "https://example.com@evil.example/",
      "https://example.com/#top",
      "https://example.com /",
      " https://example.com/",
      "https://example.com/a b",
      "https://example.com/\n",
      std::string("https://example.com/\0x", 22),
      "https://example.com/\x7f",
      "https://example.com\\@evil.example/",
      "https://ex%61mple.com/",
      "https://exämple.com/",
      "https://a..b/",
      "https://.example.com/",
      "https://example.com:/",
      "https://example.com:0/",
      "https://example.com:65536/",
      "https://example.com:-1/",
      "https://example.com:80a/",
      "https://example.com:80:81/",
      "https://[::1/",
      "https://::1/",
      "https://[example]/",
      "https://[::1]x/",
      "http://example.com/",
      "http://localhost.evil.example/",
      "http://127.0.0.1.evil.example/",
      "http://127.0.0.2/",
      "http://0.0.0.0/",
      "http://2130706433/",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    const auto url = parse_url(text, PlainHttp::loopback);
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("http is refused even on loopback unless it is allowed") {
  CHECK_FALSE(parse_url("http://localhost/", PlainHttp::never).has_value());
  CHECK_FALSE(parse_url("http://127.0.0.1:1/", PlainHttp::never).has_value());
  CHECK(parse_url("https://localhost/", PlainHttp::never).has_value());
}

TEST_CASE("a refusal repeats neither a password nor a query") {
  for (const char* text :
       {"https://user:hidden@example.com/", "ftp://example.com/?key=hidden",
        "https://example.com/#hidden", "user:hidden@example.com"}) {
    CAPTURE(text);
    const auto url = parse_url(text, PlainHttp::never);
    REQUIRE_FALSE(url.has_value());
    CHECK_FALSE(url.error().message.contains("hidden"));
  }
}

TEST_CASE("a refusal of a user name says that this is why") {
  const auto url = parse_url("https://user@example.com/", PlainHttp::never);
  REQUIRE_FALSE(url.has_value());
  CHECK(url.error().message.contains("user name"));
}

TEST_CASE("set_query adds, encodes and replaces") {
  const auto parsed =
      parse_url("https://example.com/mcp?a=1&b=2&a=3", PlainHttp::never);
  REQUIRE(parsed.has_value());
  Url url = *parsed;
  set_query(url, "c", "x y&z=ü/,");
  CHECK(url.query == "a=1&b=2&a=3&c=x%20y%26z%3D%C3%BC%2F%2C");
  set_query(url, "a", "4");
  CHECK(url.query == "a=4&b=2&c=x%20y%26z%3D%C3%BC%2F%2C");
  set_query(url, "b", "");
  CHECK(url.query == "a=4&b=&c=x%20y%26z%3D%C3%BC%2F%2C");
}

TEST_CASE("set_query knows a name that is written encoded") {
  Url url{.origin = {}, .path = "/", .query = "%6dode=cli&flag"};
  set_query(url, "mode", "tools");
  CHECK(url.query == "mode=tools&flag");
  set_query(url, "flag", "1");
  CHECK(url.query == "mode=tools&flag=1");
}

TEST_CASE("origins are equal if scheme, host and port are") {
  const auto origin = [](const char* text) {
    return parse_url(text, PlainHttp::loopback)->origin;
  };
  CHECK(origin("https://a.example/x") == origin("https://A.example:443/y"));
  CHECK_FALSE(origin("https://a.example/") == origin("https://a.example:444/"));
  CHECK_FALSE(origin("https://a.example/") == origin("https://b.example/"));
  CHECK_FALSE(origin("https://localhost:80/") == origin("http://localhost/"));
}

}  // namespace
}  // namespace claribi::net
