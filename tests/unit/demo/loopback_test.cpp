// SPDX-License-Identifier: MIT
#include "demo/loopback.hpp"

#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::demo;

namespace {

bool is_refused(std::vector<net::Header> headers) {
  const auto reply = refuse_foreign({.url = "/mcp", .headers = headers});
  if (reply) CHECK(reply->head.status == 403);
  return reply.has_value();
}

}  // namespace

TEST_CASE("a request to this machine by any of its names is let in") {
  for (const char* host : {"127.0.0.1:8737", "localhost:1", "LocalHost",
                           "[::1]:65535", "[::1]", " 127.0.0.1 "}) {
    CAPTURE(std::string(host));
    CHECK_FALSE(is_refused({{"Host", host}}));
  }
  for (const char* origin :
       {"http://localhost:3000", "https://127.0.0.1", "HTTP://[::1]:9"}) {
    CAPTURE(std::string(origin));
    CHECK_FALSE(is_refused({{"host", "localhost"}, {"origin", origin}}));
  }
}

TEST_CASE("a request for another host is refused") {
  for (const char* host :
       {"", "evil.example", "evil.example:8737", "localhost.evil.example",
        "127.0.0.1.evil.example", "127.0.0.10", "localhost:", "localhost:80a",
        "localhost@evil.example", "evil.example#localhost", "::1"}) {
    CAPTURE(std::string(host));
    CHECK(is_refused({{"Host", host}}));
  }
  CHECK(is_refused({}));
  CHECK(is_refused({{"Host", "localhost"}, {"Host", "evil.example"}}));
}

TEST_CASE("a request of a foreign page is refused") {
  for (const char* origin :
       {"http://evil.example", "null", "", "file://", "localhost",
        "http://localhost.evil.example", "http://localhost/evil"}) {
    CAPTURE(std::string(origin));
    CHECK(is_refused({{"Host", "localhost"}, {"Origin", origin}}));
  }
}
