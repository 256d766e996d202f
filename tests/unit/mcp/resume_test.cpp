// SPDX-License-Identifier: MIT
// Streams that break off before the answer, and calls that nobody waits for.
#include "mcp/resume.hpp"

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/mcp/scripted_transport.hpp"

namespace claribi::mcp {
namespace {

using std::chrono::milliseconds;
using test::accepted;
using test::Canned;
using test::event_reply;
using test::ScriptedTransport;
using test::text_reply;

constexpr const char* answer =
    "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[]}}\n\n";

Canned lost() {
  return {.error = Error{ErrorKind::network, "the connection was lost"}};
}

struct Conversation {
  test::TestClient client;
  ScriptedTransport transport;
  std::unique_ptr<Session> session;

  Conversation() {
    transport.shakes_hands({{"Mcp-Session-Id", "s1"}});
    session = *open_session(transport, {.url = "https://mcp.example.com/mcp"},
                            client.around("2025-11-25"));
  }
  Result<ToolResult> call() {
    return session->call_tool({.name = "a"}, nullptr);
  }
};

TEST_CASE("a stream that ends after an id goes on where it ended") {
  Conversation talk;
  talk.transport
      .on("tools/call", event_reply({"id: e1\nretry: 500\ndata:\n\n"}))
      .on("GET", event_reply({answer}));
  REQUIRE(talk.call());
  const test::Seen& get = talk.transport.seen[3];
  CHECK(get.header("Last-Event-ID") == "e1");
  CHECK(get.header("Accept") == "text/event-stream");
  CHECK(get.header("Content-Type").empty());
  CHECK(get.header("Mcp-Session-Id") == "s1");
  CHECK(get.header("MCP-Protocol-Version") == "2025-11-25");
  CHECK(talk.client.timer.waits ==
        std::vector<milliseconds>{milliseconds(500)});
}

TEST_CASE("a stream that breaks off again is asked for with its newest id") {
  Conversation talk;
  talk.transport.on("tools/call", event_reply({"id: e1\ndata:\n\n"}))
      .on("GET", event_reply({"id: e2\ndata: {\"half\n\n"}))
      .on("GET", lost())
      .on("GET", {.error = Error{ErrorKind::limit_reached, "silent"}})
      .on("GET", event_reply({answer}));
  REQUIRE(talk.call());
  CHECK(talk.transport.seen[4].header("Last-Event-ID") == "e2");
  CHECK(talk.transport.seen[6].header("Last-Event-ID") == "e2");
  // Without a time of the server's the pauses grow.
  CHECK(talk.client.timer.waits ==
        std::vector<milliseconds>{milliseconds(1000), milliseconds(2000),
                                  milliseconds(4000), milliseconds(8000)});
}

TEST_CASE("a server that cannot go on leaves the call without an answer") {
  for (const int status : {400, 404, 405}) {
    Conversation talk;
    talk.transport.on("tools/call", event_reply({"id: e1\ndata:\n\n"}))
        .on("GET", text_reply(status, "no"));
    const auto result = talk.call();
    REQUIRE_FALSE(result);
    CHECK(result.error().message.contains("ended without an answer"));
  }
}

TEST_CASE("a stream without ids cannot go on, and the call is not repeated") {
  Conversation talk;
  talk.transport.on("tools/call", event_reply({"data: {\"method\":\"x\"}\n\n"}))
      .on("tools/call", lost());
  CHECK_FALSE(talk.call());
  CHECK_FALSE(talk.call());
  CHECK(talk.transport.finished());
}

TEST_CASE("resuming has an end") {
  Conversation talk;
  talk.transport.on("tools/call", event_reply({"id: e1\nretry: 1\ndata:\n\n"}));
  for (int i = 0; i < 10; ++i)
    talk.transport.on("GET", event_reply({": nothing\n\n"}));
  CHECK_FALSE(talk.call());
  CHECK(talk.transport.finished());
}

TEST_CASE("a server is told when nobody waits any more") {
  for (const ErrorKind kind : {ErrorKind::interrupted, ErrorKind::terminated,
                               ErrorKind::limit_reached}) {
    Conversation talk;
    talk.transport.on("tools/call", {.error = Error{kind, "stopped"}})
        .on("notifications/cancelled", accepted())
        .on("DELETE", {.status = 204});
    const auto result = talk.call();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == kind);
    talk.session->close();
    const test::Seen& cancelled = talk.transport.seen[3];
    CHECK(cancelled.message["params"]["requestId"].integer() == 2);
    CHECK(cancelled.request.farewell);
    CHECK(cancelled.request.timeout <= std::chrono::seconds(1));
    CHECK(talk.transport.seen[4].request.farewell);
  }
}

}  // namespace
}  // namespace claribi::mcp
