// SPDX-License-Identifier: MIT
// Against real sockets: what libcurl really does is what counts here.
#include "net/curl_transport.hpp"

#include <cstdlib>
#include <new>

#include "base/secret.hpp"
#include "doctest/doctest.h"
#include "tests/unit/net/loopback_server.hpp"

namespace claribi::net {
namespace {

using test::Behaviour;
using test::LoopbackServer;
using Then = Behaviour::Then;

std::string reply(const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

LoopbackServer server_saying(std::string bytes, Then then = Then::go_on) {
  return LoopbackServer([bytes = std::move(bytes), then](const std::string&) {
    return Behaviour{bytes, then};
  });
}

// One exchange with all of the body kept.
struct Exchanged {
  Result<ReplyHead> head;
  std::string body;
};

Exchanged exchange(Transport& transport, const Request& request) {
  std::string body;
  auto head = transport.exchange(request,
                                 [&](const ReplyHead&, std::string_view bytes) {
                                   body += bytes;
                                   return true;
                                 });
  return {std::move(head), std::move(body)};
}

CurlOptions options() {
  // The proxy of the machine that runs the tests has no part in them.
  for (const char* name :
       {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    unsetenv(name);
  }
  return {.user_agent = "claribi/test"};
}

Error error_of(const std::string& bytes, Then then = Then::go_on,
               const CurlOptions& with = options()) {
  LoopbackServer server = server_saying(bytes, then);
  const auto transport = make_curl_transport(with);
  const Exchanged result = exchange(
      *transport, {.url = server.url("/mcp?token=hidden"), .body = "{}"});
  REQUIRE_FALSE(result.head.has_value());
  CHECK_FALSE(result.head.error().message.contains("hidden"));
  return result.head.error();
}

TEST_CASE("a reply arrives with its status, headers and body") {
  LoopbackServer server = server_saying(
      "HTTP/1.1 404 Not Found\r\nContent-Type: Text/Plain; charset=utf-8\r\n"
      "mcp-session-id:  abc \r\nContent-Length: 4\r\n\r\ngone");
  const auto transport = make_curl_transport(options());
  const Exchanged result =
      exchange(*transport, {.url = server.url(), .body = "{}"});
  REQUIRE(result.head.has_value());
  CHECK(result.head->status == 404);
  CHECK(result.head->media_type() == "text/plain");
  CHECK(result.head->header("Mcp-Session-Id") == "abc");
  CHECK(result.body == "gone");
}

TEST_CASE("a request carries what it says and nothing that libcurl adds") {
  REQUIRE(start_crypto());
  LoopbackServer server = server_saying(reply("{}"));
  const auto transport = make_curl_transport(options());
  const auto key = Secret::copy_of("phx_secret");
  REQUIRE(key.has_value());
  const std::string body(2000, 'x');
  const Exchanged result =
      exchange(*transport,
               {.url = server.url("/a/../mcp?x=1"),
                .headers = {{"Accept", "application/json, text/event-stream"},
                            {"X-Empty", ""}},
                .body = body,
                .bearer = &*key});
  REQUIRE(result.head.has_value());
  REQUIRE(server.requests().size() == 1);
  const std::string sent = server.requests().front();
  CHECK(sent.starts_with("POST /a/../mcp?x=1 HTTP/1.1\r\n"));
  CHECK(sent.contains("Accept: application/json, text/event-stream\r\n"));
  CHECK(sent.contains("X-Empty:\r\n"));
  CHECK(sent.contains("Authorization: Bearer phx_secret\r\n"));
  CHECK(sent.contains("User-Agent: claribi/test\r\n"));
  CHECK(sent.ends_with("\r\n\r\n" + body));
  for (const char* absent :
       {"Expect:", "Accept-Encoding:", "Cookie:", "Content-Type:", "*/*"}) {
    CHECK_FALSE(sent.contains(absent));
  }
}

TEST_CASE("without an Accept header of its own a request has none") {
  LoopbackServer server = server_saying(reply("{}"));
  const auto transport = make_curl_transport(options());
  REQUIRE(exchange(*transport, {.url = server.url()}).head.has_value());
  CHECK_FALSE(server.requests().front().contains("Accept"));
}

TEST_CASE("a DELETE has no body") {
  LoopbackServer server = server_saying(reply(""));
  const auto transport = make_curl_transport(options());
  REQUIRE(exchange(*transport, {.method = "DELETE", .url = server.url()})
              .head.has_value());
  CHECK(server.requests().front().starts_with("DELETE /mcp HTTP/1.1\r\n"));
  CHECK(server.requests().front().ends_with("\r\n\r\n"));
}

TEST_CASE("all exchanges use one connection") {
  LoopbackServer server = server_saying(reply("{}"));
  const auto transport = make_curl_transport(options());
  for (int i = 0; i < 3; ++i) {
    REQUIRE(exchange(*transport, {.url = server.url(), .body = "{}"})
                .head.has_value());
  }
  CHECK(server.connections() == 1);
  CHECK(server.requests().size() == 3);
}

TEST_CASE("a body that has left is not sent again on a new connection") {
  int count = 0;
  LoopbackServer server([&](const std::string&) {
    // The kept connection dies under the second request.
    return ++count == 2 ? Behaviour{"", Then::close} : Behaviour{reply("{}")};
  });
  const auto transport = make_curl_transport(options());
  const Request request{.url = server.url(), .body = "{}"};
  REQUIRE(exchange(*transport, request).head.has_value());
  const Exchanged second = exchange(*transport, request);
  REQUIRE_FALSE(second.head.has_value());
  CHECK(second.head.error().kind == ErrorKind::network);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a sink that has seen enough ends the exchange without an error") {
  // The server says nothing more and does not close: waiting would time out.
  LoopbackServer server = server_saying(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
      Then::wait_for_client);
  const auto transport = make_curl_transport(options());
  std::string seen;
  const auto head = transport->exchange(
      {.url = server.url(), .body = "{}", .timeout = std::chrono::seconds(20)},
      [&](const ReplyHead& its_head, std::string_view bytes) {
        CHECK(its_head.status == 200);
        seen += bytes;
        return false;
      });
  REQUIRE(head.has_value());
  CHECK(seen == "hello");
}

TEST_CASE("a sink may start another exchange") {
  LoopbackServer inner = server_saying(reply("inner"));
  LoopbackServer outer = server_saying(reply("outer"));
  const auto transport = make_curl_transport(options());
  std::string seen;
  const auto head = transport->exchange(
      {.url = outer.url(), .body = "{}"},
      [&](const ReplyHead&, std::string_view bytes) {
        seen += bytes;
        seen += exchange(*transport, {.url = inner.url(), .body = "{}"}).body;
        return true;
      });
  REQUIRE(head.has_value());
  CHECK(seen == "outerinner");
}

TEST_CASE("what a sink throws reaches the caller") {
  LoopbackServer server = server_saying(reply("{}"));
  const auto transport = make_curl_transport(options());
  const Request request{.url = server.url(), .body = "{}"};
  const BodySink sink = [](const ReplyHead&, std::string_view) -> bool {
    throw std::bad_alloc();
  };
  CHECK_THROWS_AS((void)transport->exchange(request, sink), std::bad_alloc);
}

TEST_CASE("a refused connection names the host and the cause") {
  std::string host;
  std::string url;
  {
    LoopbackServer gone = server_saying("");
    host = gone.host();
    url = gone.url("/mcp?token=hidden");
  }
  const auto transport = make_curl_transport(options());
  const Exchanged result = exchange(*transport, {.url = url});
  REQUIRE_FALSE(result.head.has_value());
  CHECK(result.head.error().kind == ErrorKind::network);
  CHECK(result.head.error().message ==
        "cannot reach " + host + ": connection refused");
}

TEST_CASE("a name that does not resolve is a network error that names it") {
  const auto transport = make_curl_transport(options());
  const Exchanged result =
      exchange(*transport, {.url = "https://nowhere.invalid/mcp",
                            .timeout = std::chrono::seconds(2)});
  REQUIRE_FALSE(result.head.has_value());
  CHECK(result.head.error().kind == ErrorKind::network);
  CHECK(result.head.error().message.contains("nowhere.invalid"));
}

TEST_CASE("a redirect is refused and its target named without its secrets") {
  SUBCASE("to another host") {
    const Error error = error_of(
        "HTTP/1.1 307 Temporary Redirect\r\n"
        "Location: https://user:pw@elsewhere.example/x?token=hidden\r\n"
        "Content-Length: 0\r\n\r\n");
    CHECK(error.kind == ErrorKind::protocol);
    CHECK(error.message.ends_with("redirects to https://elsewhere.example"));
  }
  SUBCASE("on the same host") {
    const Error error = error_of(
        "HTTP/1.1 308 Permanent Redirect\r\nLocation: /mcp/?token=hidden\r\n"
        "Content-Length: 0\r\n\r\n");
    CHECK(error.kind == ErrorKind::protocol);
    CHECK(error.message.ends_with("/mcp/"));
  }
}

TEST_CASE("an encoded body is refused") {
  const Error error = error_of(reply("\x1f\x8b", "Content-Encoding: gzip\r\n"));
  CHECK(error.kind == ErrorKind::protocol);
  CHECK(error.message.contains("gzip"));
}

TEST_CASE("a body beyond the limit ends the exchange") {
  CurlOptions small = options();
  small.max_reply = 1000;
  const Error error =
      error_of(reply(std::string(100'000, 'x')), Then::go_on, small);
  CHECK(error.kind == ErrorKind::limit_reached);
  CHECK(error.message.contains("1000 bytes"));
}

TEST_CASE("a body of exactly the limit is taken") {
  CurlOptions small = options();
  small.max_reply = 1000;
  LoopbackServer server = server_saying(reply(std::string(1000, 'x')));
  const auto transport = make_curl_transport(small);
  const Exchanged result =
      exchange(*transport, {.url = server.url(), .body = "{}"});
  REQUIRE(result.head.has_value());
  CHECK(result.body.size() == 1000);
}

TEST_CASE("a flood of headers ends the exchange") {
  SUBCASE("by their number") {
    std::string flood;
    for (int i = 0; i < 200; ++i)
      flood += "X-" + std::to_string(i) + ": x\r\n";
    CHECK(error_of(reply("{}", flood)).kind == ErrorKind::limit_reached);
  }
  SUBCASE("by their size") {
    const std::string flood = "X-Big: " + std::string(70'000, 'x') + "\r\n";
    CHECK(error_of(reply("{}", flood)).kind == ErrorKind::limit_reached);
  }
}

TEST_CASE("a server that does not answer in time is a limit reached") {
  LoopbackServer server = server_saying("", Then::wait_for_client);
  const auto transport = make_curl_transport(options());
  const Exchanged result =
      exchange(*transport, {.url = server.url(),
                            .body = "{}",
                            .timeout = std::chrono::milliseconds(1000)});
  REQUIRE_FALSE(result.head.has_value());
  CHECK(result.head.error().kind == ErrorKind::limit_reached);
  CHECK(result.head.error().message ==
        server.host() + " did not answer within 1 s");
}

TEST_CASE("a reply that stops in the middle is a network error") {
  CurlOptions impatient = options();
  impatient.idle_timeout = std::chrono::milliseconds(100);
  const Error error = error_of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
                               Then::wait_for_client, impatient);
  CHECK(error.kind == ErrorKind::network);
  CHECK(error.message.contains("nothing came for 100 ms"));
}

TEST_CASE("connections that end too early are network errors") {
  CHECK(error_of("", Then::reset).kind == ErrorKind::network);
  CHECK(error_of("", Then::close).kind == ErrorKind::network);
  const Error cut =
      error_of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", Then::close);
  CHECK(cut.kind == ErrorKind::network);
  CHECK(cut.message.contains("cut short"));
}

TEST_CASE("what is no HTTP is a protocol error") {
  CHECK(error_of("SSH-2.0-OpenSSH\r\n", Then::close).kind ==
        ErrorKind::protocol);
}

TEST_CASE("a plain server behind https is a network error that says TLS") {
  LoopbackServer server = server_saying("hello\r\n", Then::close);
  const auto transport = make_curl_transport(options());
  const Exchanged result =
      exchange(*transport, {.url = "https://" + server.host() + "/"});
  REQUIRE_FALSE(result.head.has_value());
  CHECK(result.head.error().kind == ErrorKind::network);
}

TEST_CASE("nothing is sent to an address that may not be used") {
  const auto transport = make_curl_transport(options());
  for (const char* url : {"http://example.com/mcp", "ftp://127.0.0.1/",
                          "file:///etc/passwd", "https://user@example.com/"}) {
    CAPTURE(url);
    const Exchanged result = exchange(*transport, {.url = url});
    REQUIRE_FALSE(result.head.has_value());
    CHECK(result.head.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("headers and keys cannot smuggle lines") {
  REQUIRE(start_crypto());
  LoopbackServer server = server_saying(reply("{}"));
  const auto transport = make_curl_transport(options());
  const auto key = Secret::copy_of("phx_secret\r\nX: y");
  REQUIRE(key.has_value());
  const Exchanged with_key =
      exchange(*transport, {.url = server.url(), .bearer = &*key});
  REQUIRE_FALSE(with_key.head.has_value());
  CHECK(with_key.head.error().kind == ErrorKind::usage);
  CHECK_FALSE(with_key.head.error().message.contains("phx_"));
  const Exchanged with_header = exchange(
      *transport, {.url = server.url(), .headers = {{"X-A", "b\r\nX: y"}}});
  REQUIRE_FALSE(with_header.head.has_value());
  CHECK(server.requests().empty());
}

TEST_CASE("a certificate file that is not there is named") {
  CurlOptions with = options();
  with.ca_file = "/nonexistent/ca.pem";
  LoopbackServer server = server_saying("", Then::close);
  const auto transport = make_curl_transport(with);
  const Exchanged result =
      exchange(*transport, {.url = "https://" + server.host() + "/"});
  REQUIRE_FALSE(result.head.has_value());
  CHECK(result.head.error().kind == ErrorKind::file);
  CHECK(result.head.error().message.contains("/nonexistent/ca.pem"));
}

}  // namespace
}  // namespace claribi::net
