// SPDX-License-Identifier: MIT
// How a session finds out which era a server speaks, and remembers it.
#include "mcp/session.hpp"

#include "doctest/doctest.h"
#include "mcp/verdict.hpp"
#include "tests/unit/mcp/scripted_transport.hpp"

namespace claribi::mcp {
namespace {

using test::Canned;
using test::json_reply;
using test::result_reply;
using test::rpc_error_reply;
using test::ScriptedTransport;
using test::text_reply;
using test::with_type;

constexpr const char* modern =
    R"({"supportedVersions":["2026-07-28"],"capabilities":{},)"
    R"("_meta":{"io.modelcontextprotocol/serverInfo":)"
    R"({"name":"fake","version":"9"}}})";
constexpr const char* one_tool = R"({"tools":[{"name":"a"}]})";

Canned refused_version(const std::string& supported) {
  return rpc_error_reply(400, R"({"code":-32022,"message":"no","data":)"
                              R"({"supported":)" +
                                  supported + "}}");
}

// A client, its server and what it remembers.
struct Conversation {
  test::TestClient client;
  test::TestCache cache;
  ScriptedTransport transport;

  std::unique_ptr<Session> open(std::string protocol = "") {
    Surroundings around = client.around(std::move(protocol));
    around.cache = &cache;
    auto session = open_session(
        transport, {.url = "https://mcp.example.com/mcp"}, std::move(around));
    REQUIRE(session);
    return std::move(*session);
  }
  // The version in which a list of tools was had, or the error.
  std::string listed() {
    const auto session = open();
    const auto tools = session->list_tools();
    if (!tools) return tools.error().message;
    CHECK(tools->tools.size() == 1);
    CHECK(transport.finished());
    return session->server()->protocol_version;
  }
  [[nodiscard]] std::string remembered() {
    const auto text = cache.read(verdict_name);
    if (!text) return "nothing";
    const auto verdict = read_verdict(*text, client.clock.now());
    if (!verdict) return "damaged";
    return verdict->era == Era::stateless ? "stateless" : "legacy";
  }
};

TEST_CASE("a server that lists the newest version is spoken to in it") {
  Conversation talk;
  talk.transport.on("server/discover", result_reply(modern))
      .on("tools/list", result_reply(one_tool));
  CHECK(talk.listed() == "2026-07-28");
  CHECK(talk.remembered() == "stateless");
  const test::Seen& first = talk.transport.seen[0];
  CHECK(first.header("MCP-Protocol-Version") == "2026-07-28");
  CHECK(first.header("Mcp-Method") == "server/discover");
  CHECK(first.request.timeout == std::chrono::seconds(10));
}

TEST_CASE("what the probe meets decides the era") {
  const auto era_after = [](Canned reply) {
    Conversation talk;
    talk.transport.on("server/discover", std::move(reply))
        .shakes_hands()
        .on("tools/list", result_reply(one_tool));
    const std::string version = talk.listed();
    CHECK(talk.remembered() == "legacy");
    return version;
  };
  for (const Canned& reply : {
           result_reply("{}"),
           result_reply(R"({"supportedVersions":["2025-06-18"]})"),
           result_reply(R"({"supportedVersions":[]})"),
           rpc_error_reply(400, R"({"code":-32000,"message":"no session"})"),
           rpc_error_reply(200, R"({"code":-32601,"message":"unknown"})"),
           rpc_error_reply(404, R"({"code":-32601,"message":"unknown"})"),
           rpc_error_reply(400, R"({"code":-32602,"message":"what"})"),
           rpc_error_reply(400, R"({"code":-32020,"message":"headers"})"),
           rpc_error_reply(403, R"({"code":-32000,"message":"not here"})"),
           refused_version(R"(["2025-11-25"])"),
           refused_version("[]"),
           text_reply(400, "Bad Request"),
           text_reply(403, "Forbidden"),
           text_reply(404, "<h1>Not found</h1>"),
           text_reply(405, ""),
           text_reply(406, "Not Acceptable"),
           Canned{.status = 202},
       }) {
    CAPTURE(reply.status);
    CAPTURE(reply.pieces.empty() ? "" : reply.pieces.front());
    CHECK(era_after(reply) == "2025-11-25");
  }
}

TEST_CASE("what the probe cannot get past is an error, and not remembered") {
  const auto error_of = [](Canned reply) {
    Conversation talk;
    talk.transport.on("server/discover", std::move(reply));
    const auto tools = talk.open()->list_tools();
    REQUIRE_FALSE(tools);
    CHECK(talk.remembered() == "nothing");
    return tools.error().kind;
  };
  CHECK(error_of(text_reply(401, "Invalid API key")) ==
        ErrorKind::key_rejected);
  CHECK(error_of(text_reply(403, "Missing API scope: 'user:read'")) ==
        ErrorKind::scope_missing);
  CHECK(error_of(text_reply(500, "oops")) == ErrorKind::network);
  CHECK(error_of(with_type(200, "text/html", "<h1>Log in</h1>")) ==
        ErrorKind::protocol);
  CHECK(error_of(refused_version(R"(["2027-01-01","2028-01-01"])")) ==
        ErrorKind::protocol);
  CHECK(error_of({.error = Error{ErrorKind::network, "no route"}}) ==
        ErrorKind::network);
}

TEST_CASE("a server that is silent at the probe may still shake hands") {
  Conversation talk;
  talk.transport
      .on("server/discover", {.error = Error{ErrorKind::limit_reached, "late"}})
      .shakes_hands()
      .on("tools/list", result_reply(one_tool));
  CHECK(talk.listed() == "2025-11-25");
  // It was only slow, perhaps.
  CHECK(talk.remembered() == "nothing");
}

TEST_CASE("a doubtful probe is reported if the handshake fails as well") {
  Conversation talk;
  talk.transport
      .on("server/discover",
          rpc_error_reply(400, R"({"code":-32020,"message":"header lost"})"))
      .on("initialize", text_reply(400, "what?"));
  CHECK(talk.listed().contains("header lost"));
}

TEST_CASE("a version that is refused with a list is corrected once") {
  Conversation talk;
  talk.transport.on("server/discover", refused_version(R"(["2026-07-28"])"))
      .on("server/discover", result_reply(modern))
      .on("tools/list", refused_version(R"(["2026-07-28"])"))
      .on("tools/list", result_reply(one_tool));
  CHECK(talk.listed() == "2026-07-28");
}

TEST_CASE("a remembered era costs no probe") {
  Conversation talk;
  talk.transport.on("server/discover", result_reply(modern))
      .on("tools/list", result_reply(one_tool))
      .on("tools/list", result_reply(one_tool));
  CHECK_FALSE(talk.open()->list_tools()->tools.empty());
  CHECK(talk.listed() == "2026-07-28");
}

TEST_CASE("a remembered era that the server refuses is found out anew") {
  Conversation talk;
  talk.transport.on("server/discover", result_reply(modern))
      .on("tools/list", result_reply(one_tool))
      .on("tools/list", text_reply(404, "Not found"))
      .on("server/discover", text_reply(404, "Not found"))
      .shakes_hands()
      .on("tools/list", result_reply(one_tool))
      .on("initialize", refused_version(R"(["2026-07-28"])"))
      .on("server/discover", result_reply(modern))
      .on("tools/list", result_reply(one_tool));
  CHECK_FALSE(talk.open()->list_tools()->tools.empty());
  CHECK_FALSE(talk.open()->list_tools()->tools.empty());
  CHECK(talk.remembered() == "legacy");
  CHECK(talk.listed() == "2026-07-28");
  CHECK(talk.remembered() == "stateless");
}

TEST_CASE("an error that is no refusal of the era leaves it remembered") {
  Conversation talk;
  talk.transport.on("server/discover", result_reply(modern))
      .on("tools/list", result_reply(one_tool))
      .on("tools/list",
          rpc_error_reply(200, R"({"code":-32603,"message":"fault"})"));
  CHECK_FALSE(talk.open()->list_tools()->tools.empty());
  CHECK(talk.listed().contains("fault"));
  CHECK(talk.remembered() == "stateless");
}

TEST_CASE("a damaged or old memory is none") {
  const Instant now = *parse_instant("2026-11-18T10:30:00Z");
  const std::string good = verdict_text({.era = Era::legacy}, now);
  CHECK(read_verdict(good, now));
  CHECK(read_verdict(good, now + std::chrono::hours(24 * 7)));
  CHECK_FALSE(read_verdict(good, now + std::chrono::hours(24 * 7 + 1)));
  CHECK_FALSE(read_verdict(good, now - std::chrono::hours(1)));
  for (size_t size = 0; size + 2 < good.size(); ++size) {
    CHECK_FALSE(read_verdict(good.substr(0, size), now));
  }
  CHECK_FALSE(read_verdict(R"({"era":"stateless","version":"2027-01-01",)"
                           R"("seen_at":"2026-11-18T10:30:00Z"})",
                           now));
}

TEST_CASE("a wanted version is spoken without a probe, or refused") {
  Conversation talk;
  talk.transport.on("tools/list", result_reply(one_tool));
  CHECK(talk.open("2026-07-28")->list_tools());
  auto session =
      open_session(talk.transport, {.url = "https://mcp.example.com/mcp"},
                   talk.client.around("2024-11-05"));
  REQUIRE_FALSE(session);
  CHECK(session.error().kind == ErrorKind::usage);
}

TEST_CASE("a server that takes nothing for now is asked again when it says") {
  Conversation talk;
  Canned busy = text_reply(429, "slow down");
  busy.headers.push_back({"Retry-After", "7"});
  talk.transport.on("server/discover", busy)
      .on("server/discover", text_reply(503, "draining"))
      .on("server/discover", result_reply(modern))
      .on("tools/list", result_reply(one_tool));
  CHECK(talk.listed() == "2026-07-28");
  using std::chrono::seconds;
  CHECK(talk.client.timer.waits ==
        std::vector<std::chrono::milliseconds>{seconds(7), seconds(2)});
  CHECK(talk.client.notes.size() == 2);
  CHECK(talk.transport.seen[0].message["id"] !=
        talk.transport.seen[1].message["id"]);
}

TEST_CASE("a wait beyond the deadline, or a minute, is an error at once") {
  for (const char* seconds : {"11", "61", "3600"}) {
    Conversation talk;
    Canned busy = text_reply(429, "slow down");
    busy.headers.push_back({"Retry-After", seconds});
    talk.transport.on("server/discover", busy);
    CHECK(talk.listed().contains("retry after"));
    CHECK(talk.client.timer.waits.empty());
  }
}

TEST_CASE("a third refusal is final") {
  Conversation talk;
  const Canned busy = text_reply(429, "slow down");
  talk.transport.on("server/discover", busy)
      .on("server/discover", busy)
      .on("server/discover", busy);
  CHECK(talk.listed().contains("allows no more requests"));
}

}  // namespace
}  // namespace claribi::mcp
