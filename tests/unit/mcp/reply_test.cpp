// SPDX-License-Identifier: MIT
// What each kind of reply to a POST becomes, seen from a whole session.
#include "mcp/reply.hpp"

#include "base/secret.hpp"
#include "mcp/session.hpp"
#include "tests/unit/mcp/scripted_transport.hpp"

namespace claribi::mcp {
namespace {

using test::Canned;
using test::event_reply;
using test::json_reply;
using test::rpc_error_reply;
using test::ScriptedTransport;
using test::text_reply;
using test::with_type;

constexpr const char* response = R"({"jsonrpc":"2.0","id":5,"result":{"n":1}})";

// The result of request 5 in a reply that comes in these pieces.
Result<json::Value> read(const Canned& canned) {
  ReplyReader reader(5, nullptr);
  net::ReplyHead head{.status = canned.status, .headers = canned.headers};
  for (const std::string& piece : canned.pieces) {
    if (!reader.take(head, piece)) break;
  }
  return take_result(reader.finish(std::move(head)),
                     {.url = "https://mcp.example.com/mcp?token=hidden",
                      .method = "tools/call",
                      .with_key = true,
                      .at = *parse_instant("2026-11-18T10:30:00Z")});
}

Error error_of(const Canned& canned) {
  const auto result = read(canned);
  REQUIRE_FALSE(result.has_value());
  CHECK_FALSE(result.error().message.contains("hidden"));
  CHECK_FALSE(result.error().message.contains('\x1b'));
  return result.error();
}

TEST_CASE("a response is found in all shapes that servers give it") {
  const std::string whole = response;
  const std::string note = R"({"method":"notifications/progress"})";
  const std::vector<Canned> replies = {
      json_reply(whole),
      with_type(200, "Application/JSON; charset=utf-8", whole),
      with_type(200, "text/plain", whole),
      {.status = 200, .pieces = {whole}},
      json_reply("\n " + whole + "\n"),
      json_reply("[" + note + "," + whole + "]"),
      json_reply(R"({"id":null,"result":{"n":1}})"),
      json_reply(R"({"result":{"n":1}})"),
      {.status = 200,
       .headers = {{"content-type", "application/json"}},
       .pieces = {whole.substr(0, 10), whole.substr(10)}},
      event_reply({"data: " + whole + "\n\n"}),
      event_reply({"event: message\r\nid: 1\r\ndata: " + whole + "\r\n\r\n"}),
      event_reply({"event: error\ndata: " + whole + "\n\n"}),
      event_reply({": hi\n\nid: 1\ndata:\n\ndata: " + note +
                   "\n\ndata: not "
                   "json\n\ndata: " +
                   whole + "\n\n"}),
      event_reply({"data: [" + note + "," + whole + "]\n\n"}),
      event_reply({R"(data: {"id":4,"result":{"n":0}})", "\n\n",
                   "data: " + whole + "\n\n"}),
      event_reply({"data: " + whole}),
      event_reply({"data: " + whole + "\n"}),
  };
  for (size_t i = 0; i < replies.size(); ++i) {
    CAPTURE(i);
    const auto result = read(replies[i]);
    REQUIRE(result.has_value());
    CHECK((*result)["n"].integer() == 1);
  }
}

TEST_CASE("a stream is left as soon as the response is there") {
  ReplyReader reader(5, nullptr);
  const net::ReplyHead head{.status = 200,
                            .headers = {{"Content-Type", "text/event-stream"}}};
  CHECK(reader.take(head, "data: {\"method\":\"n\"}\n\n"));
  CHECK_FALSE(reader.take(head, "data: " + std::string(response) + "\n\n"));
}

TEST_CASE("a reply without the response is a protocol error that says why") {
  const auto message = [](const Canned& canned) {
    const Error error = error_of(canned);
    CHECK(error.kind == ErrorKind::protocol);
    return error.message;
  };
  CHECK(message(json_reply("")) ==
        "mcp.example.com answered tools/call with nothing (200)");
  CHECK(message({.status = 202}).contains("with nothing (202)"));
  CHECK(message(json_reply(R"({"jsonrpc":"2.0","id":5,"resu)"))
            .contains("to tools/call is not valid JSON"));
  CHECK(message(json_reply(R"({"id":6,"result":{}})"))
            .contains("is one to another request"));
  CHECK(message(json_reply("{}")).contains("is no JSON-RPC response"));
  CHECK(message(json_reply("null")).contains("is no JSON-RPC response"));
  CHECK(message(with_type(200, "text/html; charset=utf-8", "<html>")) ==
        "https://mcp.example.com/mcp is not an MCP endpoint: it answered with "
        "text/html");
  CHECK(message(text_reply(200, "It works!")).contains("text/plain"));
  CHECK(message(event_reply({"data: {\"method\":\"n\"}\n\n"}))
            .contains("ended without an answer"));
  CHECK(message(event_reply({R"(data: {"id":6,"result":{}})", "\n\n"}))
            .contains("ended without an answer"));
  CHECK(message(event_reply({})).contains("ended without an answer"));
}

TEST_CASE("a refused key is told from a missing scope") {
  const Error rejected = error_of(text_reply(401, "Invalid API key"));
  CHECK(rejected.kind == ErrorKind::key_rejected);
  CHECK(rejected.message ==
        "mcp.example.com does not accept the key: Invalid API key");
  CHECK(error_of(text_reply(403, "Missing PostHog API scope: 'query:read'"))
            .kind == ErrorKind::scope_missing);
  CHECK(error_of({.status = 403,
                  .headers = {{"WWW-Authenticate",
                               R"(Bearer error="insufficient_scope")"}}})
            .kind == ErrorKind::scope_missing);
  CHECK(error_of(rpc_error_reply(403, R"({"code":-32002,"message":"no"})"))
            .kind == ErrorKind::key_rejected);
  // The server of 2025-10 fails over a key that it does not know.
  CHECK(error_of(text_reply(500, R"({"error":{"code":-32001,"message":)"
                                 R"("Failed: INVALID_API_KEY"}})"))
            .kind == ErrorKind::key_rejected);
}

TEST_CASE("a 401 to a request without a key asks for one") {
  const net::ReplyHead head{.status = 401};
  const auto result = take_result(
      {.head = head}, {.url = "https://a.example/", .method = "initialize"});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::key_rejected);
  CHECK(result.error().message == "a.example asks for a key");
}

TEST_CASE("an address without MCP is named without its query") {
  for (const int status : {404, 405}) {
    const Error error = error_of(text_reply(status, "<h1>Not found</h1>"));
    CHECK(error.kind == ErrorKind::protocol);
    CHECK(error.message ==
          "https://mcp.example.com/mcp is not an MCP endpoint: it answered " +
              std::to_string(status));
  }
}

TEST_CASE("throttling and outages are network errors with a time to wait") {
  const auto error = [](int status, const std::string& retry_after) {
    Canned reply = text_reply(status, "Rate limit exceeded");
    reply.headers.push_back({"Retry-After", retry_after});
    return error_of(reply);
  };
  for (const int status : {429, 503}) {
    CHECK(error(status, "7").kind == ErrorKind::network);
    CHECK(error(status, "7").message.ends_with("retry after 7 s"));
    for (const char* date :
         {"Wed, 18 Nov 2026 10:30:40 GMT", "Wednesday, 18-Nov-26 10:30:40 GMT",
          "Wed Nov 18 10:30:40 2026"}) {
      CHECK(error(status, date).message.ends_with("retry after 40 s"));
    }
    for (const char* useless : {"", "0", "-1", "9999999999", "soon", "7 s",
                                "Wed, 21 Oct 2015 07:28:00 GMT"}) {
      CHECK_FALSE(error(status, useless).message.contains("retry after"));
    }
  }
  CHECK(error_of(text_reply(500, "Internal server error")).kind ==
        ErrorKind::network);
  CHECK(
      error_of(rpc_error_reply(502, R"({"code":-32603,"message":"x"})")).kind ==
      ErrorKind::network);
}

TEST_CASE("other refusals keep the words of the server") {
  CHECK(error_of(text_reply(400, "odd")).kind == ErrorKind::protocol);
  CHECK(error_of(text_reply(400, "odd")).message.ends_with("(400): odd"));
  CHECK(error_of(text_reply(413, "")).kind == ErrorKind::limit_reached);
  const Error rpc = error_of(with_type(
      400, "text/plain",
      R"({"id":"server-error","error":{"code":-32600,"message":"bad"}})"));
  CHECK(rpc.kind == ErrorKind::tool_error);
  CHECK(rpc.message.contains("bad (-32600)"));
}

TEST_CASE("the words of a server are cut, escaped and found in JSON") {
  const Error error =
      error_of(text_reply(401, "\x1b[2J\n" + std::string(5000, 'x')));
  CHECK(error.message.contains("\\x1b[2J\\x0a"));
  CHECK(error.message.size() < 300);
  for (const char* body :
       {R"({"error":"why"})", R"({"error":{"message":"why"}})",
        R"({"message":"why"})", R"({"detail":"why"})", R"("why")", " why\n",
        R"({"error":"invalid_token","error_description":"why"})"}) {
    CAPTURE(body);
    CHECK(error_of(text_reply(401, body)).message.ends_with(": why"));
  }
  CHECK(error_of(text_reply(401, "<html>no</html>"))
            .message.ends_with("accept the key"));
}

TEST_CASE("a cut does not tear a character apart") {
  std::string words(199, 'x');
  words += "\xc3\xbc and more";
  CHECK(error_of(text_reply(401, words)).message.ends_with("x..."));
}

TEST_CASE("a refusal without end is not read to its end") {
  ReplyReader reader(5, nullptr);
  const net::ReplyHead head{.status = 500};
  const std::string piece(1000, 'x');
  int pieces = 0;
  while (reader.take(head, piece) && pieces < 1000) {
    ++pieces;
  }
  CHECK(pieces < 100);
}

}  // namespace
}  // namespace claribi::mcp
