// SPDX-License-Identifier: MIT
#include "mcp/legacy.hpp"

#include <memory>
#include <set>

#include "base/secret.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/mcp/scripted_transport.hpp"

namespace claribi::mcp {
namespace {

using test::accepted;
using test::Canned;
using test::event_reply;
using test::json_reply;
using test::result_reply;
using test::rpc_error_reply;
using test::ScriptedTransport;
using test::text_reply;

constexpr const char* two_tools = R"({"tools":[{"name":"a"},{"name":"b"}]})";
constexpr const char* some_text =
    R"({"content":[{"type":"text","text":"hello"}]})";

Endpoint endpoint() {
  return {.url = "https://mcp.example.com/mcp?token=hidden"};
}

// The pinned version spares the question which era the server speaks.
Result<std::unique_ptr<Session>> open(ScriptedTransport& transport,
                                      Endpoint to = endpoint()) {
  static test::TestClient client;
  auto session =
      open_session(transport, std::move(to), client.around("2025-11-25"));
  if (!session) return session;
  if (const auto server = (*session)->server(); !server) {
    return std::unexpected(server.error());
  }
  return session;
}

std::unique_ptr<Session> opened(ScriptedTransport& transport) {
  auto session = open(transport);
  REQUIRE(session.has_value());
  return std::move(*session);
}

std::vector<std::string> names(const std::vector<Tool>& tools) {
  std::vector<std::string> all;
  for (const Tool& tool : tools)
    all.push_back(tool.name);
  return all;
}

TEST_CASE("the handshake offers the newest version and names the client") {
  ScriptedTransport transport;
  transport.shakes_hands();
  const auto session = opened(transport);
  CHECK(session->server()->name == "fake");
  CHECK(session->server()->version == "9");
  CHECK(session->server()->protocol_version == "2025-11-25");
  REQUIRE(transport.seen.size() == 2);

  const test::Seen& first = transport.seen[0];
  CHECK(json::compact(first.message) ==
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":)"
        R"({"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":)"
        R"({"name":"claribi","title":"Claribi","version":"0.1.0"}}})");
  CHECK(first.request.url == "https://mcp.example.com/mcp?token=hidden");
  CHECK(first.header("Accept") == "application/json, text/event-stream");
  CHECK(first.header("Content-Type") == "application/json");
  CHECK(first.header("MCP-Protocol-Version").empty());
  CHECK(first.header("Mcp-Session-Id").empty());

  const test::Seen& second = transport.seen[1];
  CHECK(json::compact(second.message) ==
        R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  CHECK(second.header("MCP-Protocol-Version") == "2025-11-25");
}

TEST_CASE("the version that the server chose is the one that is sent") {
  for (const std::string version : {"2025-11-25", "2025-06-18", "2025-03-26"}) {
    CAPTURE(version);
    ScriptedTransport transport;
    transport
        .on("initialize",
            result_reply(R"({"protocolVersion":")" + version + R"("})"))
        .on("notifications/initialized", accepted())
        .on("tools/list", result_reply(two_tools));
    const auto session = opened(transport);
    REQUIRE(session->list_tools().has_value());
    CHECK(transport.seen[2].header("MCP-Protocol-Version") == version);
  }
}

TEST_CASE("a version that claribi does not speak ends the handshake") {
  for (const std::string version : {"2024-11-05", "2026-07-28", "x"}) {
    ScriptedTransport transport;
    transport.on("initialize",
                 result_reply(R"({"protocolVersion":")" + version + R"("})"));
    const auto session = open(transport);
    REQUIRE_FALSE(session.has_value());
    CHECK(session.error().kind == ErrorKind::protocol);
    CHECK(session.error().message.contains(version));
    CHECK(session.error().message.contains("2025-11-25"));
  }
}

TEST_CASE("an answer to initialize without a version is a protocol error") {
  ScriptedTransport transport;
  transport.on("initialize", result_reply("{}"));
  const auto session = open(transport);
  REQUIRE_FALSE(session.has_value());
  CHECK(session.error().kind == ErrorKind::protocol);
}

TEST_CASE("a server that lists its versions is asked once more") {
  std::string offered = "2025-06-18";
  ScriptedTransport transport;
  SUBCASE("in the data of an error") {
    transport.on("initialize",
                 rpc_error_reply(200, R"({"code":-32602,"message":"no","data":)"
                                      R"({"supported":["2024-11-05",)"
                                      R"("2025-03-26","2025-06-18"]}})"));
  }
  SUBCASE("in a text") {
    transport.on("initialize",
                 text_reply(400,
                            "Bad Request: Unsupported protocol version "
                            "2025-11-25 (supported versions: 2025-06-18, "
                            "2025-03-26)"));
  }
  SUBCASE("in the message of an error with status 400") {
    offered = "2025-03-26";
    transport.on(
        "initialize",
        rpc_error_reply(400, R"x({"code":-32000,"message":"Unsupported )x"
                             R"x((supported versions: 2025-03-26)"})x"));
  }
  transport
      .on("initialize",
          result_reply(R"({"protocolVersion":")" + offered + R"("})"))
      .on("notifications/initialized", accepted());
  const auto session = opened(transport);
  CHECK(transport.seen[1].message["params"]["protocolVersion"].string() ==
        offered);
  CHECK(transport.seen[1].message["id"].integer() == 2);
  CHECK(session->server()->protocol_version == offered);
}

TEST_CASE("a second refusal of the version is final") {
  ScriptedTransport transport;
  const Canned refusal = rpc_error_reply(
      200, R"({"code":-32602,"message":"no","data":{"supported":)"
           R"(["2025-06-18"]}})");
  transport.on("initialize", refusal).on("initialize", refusal);
  CHECK_FALSE(open(transport).has_value());
  CHECK(transport.finished());
}

TEST_CASE("a server of another era is named with its versions") {
  ScriptedTransport transport;
  transport.on("initialize",
               rpc_error_reply(400, R"({"code":-32022,"message":"no","data":)"
                                    R"({"supported":["2026-07-28"]}})"));
  const auto session = open(transport);
  REQUIRE_FALSE(session.has_value());
  CHECK(session.error().kind == ErrorKind::protocol);
  CHECK(session.error().message.contains("2026-07-28"));
}

TEST_CASE("a server that misses the version header gets it") {
  ScriptedTransport transport;
  transport
      .on("initialize",
          text_reply(400, "Bad Request: MCP-Protocol-Version header required"))
      .shakes_hands();
  (void)opened(transport);
  CHECK(transport.seen[1].header("MCP-Protocol-Version") == "2025-11-25");
}

TEST_CASE("a session id is echoed on every later request") {
  ScriptedTransport transport;
  transport.shakes_hands({{"mcp-session-id", "s1"}})
      .on("tools/list", result_reply(two_tools))
      .on("tools/call", result_reply(some_text))
      .on("DELETE", {.status = 200});
  const auto session = opened(transport);
  REQUIRE(session->list_tools().has_value());
  REQUIRE(session->call_tool({.name = "a"}, json::Object{}).has_value());
  session->close();
  CHECK(transport.seen[0].header("Mcp-Session-Id").empty());
  for (size_t i = 1; i < transport.seen.size(); ++i) {
    CHECK(transport.seen[i].header("Mcp-Session-Id") == "s1");
  }
}

TEST_CASE("a session id that no header may hold is refused") {
  for (const std::string& id :
       {std::string("a b"), std::string("a\x01"), std::string("\xc3\xbc"),
        std::string(5000, 'x')}) {
    ScriptedTransport transport;
    transport.on("initialize",
                 Canned{.headers = {{"Content-Type", "application/json"},
                                    {"Mcp-Session-Id", id}},
                        .pieces = {R"({"id":$ID,"result":{"protocolVersion":)"
                                   R"("2025-11-25"}})"}});
    const auto session = open(transport);
    REQUIRE_FALSE(session.has_value());
    CHECK(session.error().kind == ErrorKind::protocol);
  }
}

TEST_CASE("closing deletes the session with a short limit, and only once") {
  ScriptedTransport transport;
  transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
      .on("DELETE", {.error = Error{ErrorKind::network, "gone"}});
  const auto session = opened(transport);
  session->close();
  session->close();
  CHECK(transport.finished());
  CHECK(transport.seen[2].request.timeout == std::chrono::seconds(2));
  CHECK(transport.seen[2].request.body.empty());
  CHECK(transport.seen[2].header("MCP-Protocol-Version") == "2025-11-25");
}

TEST_CASE("closing without a session id sends nothing") {
  ScriptedTransport transport;
  transport.shakes_hands();
  opened(transport)->close();
  CHECK(transport.seen.size() == 2);
}

TEST_CASE("the key, the timeout and the endpoint's headers go everywhere") {
  REQUIRE(start_crypto());
  const auto key = Secret::copy_of("phx_secret");
  REQUIRE(key.has_value());
  ScriptedTransport transport;
  transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
      .on("tools/list", result_reply(two_tools))
      .on("DELETE", {.status = 204});
  auto session =
      open(transport, {.url = "https://mcp.example.com/mcp",
                       .headers = {{"X-Project", "7"},
                                   {"accept", "*/*"},
                                   {"Mcp-Session-Id", "forged"},
                                   {"Authorization", "Bearer other"}},
                       .key = &*key,
                       .timeout = std::chrono::seconds(9)});
  REQUIRE(session.has_value());
  REQUIRE((*session)->list_tools().has_value());
  (*session)->close();
  for (const test::Seen& seen : transport.seen) {
    CAPTURE(seen.what());
    CHECK(seen.request.bearer == &*key);
    CHECK(seen.header("X-Project") == "7");
    CHECK(seen.header("Accept") == "application/json, text/event-stream");
    CHECK_FALSE(seen.header("Mcp-Session-Id").contains("forged"));
    CHECK(seen.header("Authorization").empty());
  }
  CHECK(transport.seen[2].request.timeout == std::chrono::seconds(9));
}

TEST_CASE("whatever the server says to initialized is fine, but a refusal") {
  struct Row {
    Canned reply;
    bool opens;
  };
  for (const Row& row :
       std::vector<Row>{{accepted(), true},
                        {{.status = 204}, true},
                        {{.status = 200}, true},
                        {json_reply("null"), true},
                        {json_reply(R"({"jsonrpc":"2.0","id":null})"), true},
                        {text_reply(202, "Accepted"), true},
                        {text_reply(400, "odd"), true},
                        {text_reply(404, "no"), true},
                        {text_reply(401, "no"), false},
                        {text_reply(403, "no"), false},
                        {text_reply(500, "no"), false}}) {
    CAPTURE(row.reply.status);
    ScriptedTransport transport;
    transport
        .on("initialize", result_reply(R"({"protocolVersion":"2025-11-25"})"))
        .on("notifications/initialized", row.reply);
    CHECK(open(transport).has_value() == row.opens);
  }
}

TEST_CASE("a handshake that fails at its end gives the session back") {
  ScriptedTransport transport;
  transport
      .on("initialize",
          Canned{.headers = {{"Mcp-Session-Id", "s1"}},
                 .pieces = {R"({"id":$ID,"result":{"protocolVersion":)"
                            R"("2025-11-25"}})"}})
      .on("notifications/initialized", text_reply(500, "no"))
      .on("DELETE", {.status = 200});
  CHECK_FALSE(open(transport).has_value());
  CHECK(transport.finished());
}

TEST_CASE("all pages of the tool list are read, each name once") {
  ScriptedTransport transport;
  transport.shakes_hands()
      .on("tools/list", result_reply(R"({"tools":[{"name":"a"}],)"
                                     R"("nextCursor":"p2"})"))
      .on("tools/list", result_reply(R"({"tools":[{"name":"a"},{"name":"b"},)"
                                     R"({"title":"nameless"}],)"
                                     R"("nextCursor":"p3"})"))
      .on("tools/list", result_reply(R"({"tools":[{"name":"c"}]})"));
  const auto tools = opened(transport)->list_tools();
  REQUIRE(tools.has_value());
  CHECK(names(tools->tools) == std::vector<std::string>{"a", "b", "c"});
  CHECK_FALSE(transport.seen[2].message["params"].has("cursor"));
  CHECK(transport.seen[3].message["params"]["cursor"].string() == "p2");
  CHECK(transport.seen[4].message["params"]["cursor"].string() == "p3");
}

TEST_CASE("a tool list ends at an empty, null or repeated cursor") {
  for (const char* cursor : {R"("")", "null"}) {
    ScriptedTransport transport;
    transport.shakes_hands().on("tools/list",
                                result_reply(R"({"tools":[],"nextCursor":)" +
                                             std::string(cursor) + "}"));
    CHECK(opened(transport)->list_tools().has_value());
  }
  ScriptedTransport transport;
  const Canned again =
      result_reply(R"({"tools":[{"name":"a"}],"nextCursor":"p"})");
  transport.shakes_hands().on("tools/list", again).on("tools/list", again);
  const auto tools = opened(transport)->list_tools();
  REQUIRE(tools.has_value());
  CHECK(names(tools->tools) == std::vector<std::string>{"a"});
}

TEST_CASE("a tool list without tools is a protocol error") {
  ScriptedTransport transport;
  transport.shakes_hands().on("tools/list", result_reply("{}"));
  const auto tools = opened(transport)->list_tools();
  REQUIRE_FALSE(tools.has_value());
  CHECK(tools.error().kind == ErrorKind::protocol);
}

TEST_CASE("a call sends its arguments and a token of its own") {
  ScriptedTransport transport;
  transport.shakes_hands()
      .on("tools/call", result_reply(some_text))
      .on("tools/call", result_reply(some_text));
  const auto session = opened(transport);
  const auto result = session->call_tool(
      {.name = "t"}, json::Object{{"n", json::Number{"1.10"}}});
  REQUIRE(result.has_value());
  CHECK(result->text() == "hello");
  REQUIRE(session->call_tool({.name = "t"}, nullptr).has_value());

  const json::Value& params = transport.seen[2].message["params"];
  CHECK(params["name"].string() == "t");
  CHECK(json::compact(params["arguments"]) == R"({"n":1.10})");
  CHECK(json::compact(transport.seen[3].message["params"]["arguments"]) ==
        "{}");
  const json::Value& token = params["_meta"]["progressToken"];
  CHECK(token.is_string());
  CHECK_FALSE(token ==
              transport.seen[3].message["params"]["_meta"]["progressToken"]);
}

TEST_CASE("a result that says isError is a result") {
  ScriptedTransport transport;
  transport.shakes_hands().on(
      "tools/call", result_reply(R"({"isError":true,"content":[{"type":"text",)"
                                 R"("text":"Tool x not found"}]})"));
  const auto result =
      opened(transport)->call_tool({.name = "x"}, json::Object{});
  REQUIRE(result.has_value());
  CHECK(result->is_error);
  CHECK(result->text() == "Tool x not found");
}

TEST_CASE("a JSON-RPC error of a call is a tool error") {
  ScriptedTransport transport;
  transport.shakes_hands().on(
      "tools/call", rpc_error_reply(200, R"({"code":-32602,"message":"bad"})"));
  const auto result =
      opened(transport)->call_tool({.name = "x"}, json::Object{});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::tool_error);
  CHECK(result.error().message.contains("bad"));
}

TEST_CASE("a lost session is opened anew and the request sent once more") {
  const std::vector<Canned> refusals = {
      text_reply(404, "Session not found"),
      text_reply(404, ""),
      text_reply(400, "Bad Request: No valid session ID provided"),
      text_reply(401, "Session not found"),
      rpc_error_reply(400, R"({"code":-32000,"message":"Bad Request: )"
                           R"(No valid session ID provided"})"),
      rpc_error_reply(404, R"({"code":-32001,"message":"Session not found"})"),
      rpc_error_reply(200, R"({"code":-32003,"message":"session not found"})"),
      event_reply({"event: error\ndata: {\"error\":{\"code\":-32001,"
                   "\"message\":\"Session not found\"}}\n\n"}),
  };
  for (const Canned& refusal : refusals) {
    CAPTURE(refusal.status);
    ScriptedTransport transport;
    transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
        .on("tools/call", refusal)
        .shakes_hands({{"Mcp-Session-Id", "s2"}})
        .on("tools/call", result_reply(some_text));
    const auto result =
        opened(transport)->call_tool({.name = "t"}, json::Object{});
    REQUIRE(result.has_value());
    CHECK(result->text() == "hello");
    CHECK(transport.seen[3].header("Mcp-Session-Id").empty());
    CHECK(transport.seen[5].header("Mcp-Session-Id") == "s2");
    const auto token = [&](size_t index) {
      return json::compact(
          transport.seen[index].message["params"]["_meta"]["progressToken"]);
    };
    CHECK(token(2) != token(5));
  }
}

TEST_CASE("a session that is lost again is given up") {
  ScriptedTransport transport;
  transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
      .on("tools/call", text_reply(404, "Session not found"))
      .shakes_hands({{"Mcp-Session-Id", "s2"}})
      .on("tools/call", text_reply(404, "Session not found"));
  const auto result =
      opened(transport)->call_tool({.name = "t"}, json::Object{});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::protocol);
  CHECK(transport.finished());
}

TEST_CASE("a call is not sent again after anything else") {
  const std::vector<Canned> failures = {
      {.error = Error{ErrorKind::network, "the connection was lost"}},
      text_reply(500, "Internal server error"),
      text_reply(503, "Draining"),
      text_reply(401, "Invalid API key"),
      rpc_error_reply(200, R"({"code":-32001,"message":"other"})"),
      rpc_error_reply(200, R"({"code":-32602,"message":"bad session"})"),
  };
  for (const Canned& failure : failures) {
    CAPTURE(failure.status);
    ScriptedTransport transport;
    transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
        .on("tools/call", failure);
    CHECK_FALSE(opened(transport)
                    ->call_tool({.name = "t"}, json::Object{})
                    .has_value());
    CHECK(transport.seen.size() == 3);
  }
}

TEST_CASE("without a session id a 404 is a wrong address") {
  ScriptedTransport transport;
  transport.shakes_hands().on("tools/call", text_reply(404, "Not found"));
  const auto result =
      opened(transport)->call_tool({.name = "t"}, json::Object{});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message.contains("not an MCP endpoint"));
  CHECK(transport.seen.size() == 3);
}

TEST_CASE("no id is used twice, not even after a lost session") {
  ScriptedTransport transport;
  transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
      .on("tools/list", text_reply(404, ""))
      .shakes_hands({{"Mcp-Session-Id", "s2"}})
      .on("tools/list", result_reply(two_tools))
      .on("tools/call", result_reply(some_text));
  const auto session = opened(transport);
  REQUIRE(session->list_tools().has_value());
  REQUIRE(session->call_tool({.name = "a"}, json::Object{}).has_value());
  std::set<std::string> ids;
  size_t requests = 0;
  for (const test::Seen& seen : transport.seen) {
    if (!seen.message.has("id")) continue;
    ++requests;
    ids.insert(json::compact(seen.message["id"]));
  }
  CHECK(requests == 5);
  CHECK(ids.size() == requests);
}

TEST_CASE("requests of the server are answered while its stream is open") {
  ScriptedTransport transport;
  transport.shakes_hands({{"Mcp-Session-Id", "s1"}})
      .on("tools/call",
          event_reply(
              {"data: {\"id\":\"p\",\"method\":\"ping\"}\n\n",
               "data: {\"id\":1,\"method\":\"sampling/createMessage\"}\n\n",
               R"(data: {"id":$ID,"result":)" + std::string(some_text) +
                   "}\n\n"}))
      .on("answer", accepted())
      .on("answer", accepted());
  const auto result =
      opened(transport)->call_tool({.name = "t"}, json::Object{});
  REQUIRE(result.has_value());
  CHECK(result->text() == "hello");
  REQUIRE(transport.seen.size() == 5);
  CHECK(json::compact(transport.seen[3].message) ==
        R"({"jsonrpc":"2.0","id":"p","result":{}})");
  CHECK(transport.seen[4].message["id"].integer() == 1);
  CHECK(transport.seen[4].message["error"]["code"].integer() == -32601);
  CHECK(transport.seen[3].header("Mcp-Session-Id") == "s1");
}

TEST_CASE("a flood of pings is not answered without end") {
  std::string flood;
  for (int i = 0; i < 1000; ++i) {
    flood += "data: {\"id\":1,\"method\":\"ping\"}\n\n";
  }
  ScriptedTransport transport;
  transport.shakes_hands().on(
      "tools/call",
      event_reply({flood, "data: {\"id\":$ID,\"result\":{}}\n\n"}));
  for (int i = 0; i < 20; ++i)
    transport.on("answer", accepted());
  CHECK(
      opened(transport)->call_tool({.name = "t"}, json::Object{}).has_value());
  CHECK(transport.finished());
}

}  // namespace
}  // namespace claribi::mcp
