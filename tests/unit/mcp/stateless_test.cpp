// SPDX-License-Identifier: MIT
#include "mcp/stateless.hpp"

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/mcp/scripted_transport.hpp"

namespace claribi::mcp {
namespace {

using test::Canned;
using test::event_reply;
using test::result_reply;
using test::rpc_error_reply;
using test::ScriptedTransport;
using test::text_reply;

constexpr const char* done =
    R"({"resultType":"complete","content":[{"type":"text","text":"hello"}]})";

// A session that is known to be of this era.
struct Conversation {
  test::TestClient client;
  ScriptedTransport transport;
  std::unique_ptr<Session> session =
      *open_session(transport, {.url = "https://mcp.example.com/mcp"},
                    client.around("2026-07-28"));

  Result<ToolResult> call(const Tool& tool = {.name = "a"},
                          const json::Value& arguments = nullptr) {
    return session->call_tool(tool, arguments);
  }
  const json::Value& params(size_t request) {
    return transport.seen[request].message["params"];
  }
};

TEST_CASE("every request stands alone: version, client, abilities, headers") {
  Conversation talk;
  talk.transport.on("tools/call", result_reply(done));
  REQUIRE(talk.call());
  const test::Seen& seen = talk.transport.seen[0];
  CHECK(json::compact(seen.message) ==
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":)"
        R"({"name":"a","arguments":{},"_meta":{)"
        R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
        R"("io.modelcontextprotocol/clientInfo":{"name":"claribi",)"
        R"("version":"0.1.0"},)"
        R"("io.modelcontextprotocol/clientCapabilities":{},)"
        R"("progressToken":"p1"}}})");
  CHECK(seen.header("MCP-Protocol-Version") == "2026-07-28");
  CHECK(seen.header("Mcp-Method") == "tools/call");
  CHECK(seen.header("Mcp-Name") == "a");
  CHECK(seen.header("Accept") == "application/json, text/event-stream");
  CHECK(seen.header("Mcp-Session-Id").empty());
  talk.session->close();
  CHECK(talk.transport.seen.size() == 1);
}

TEST_CASE("a result without a type is whole, an unknown type is an error") {
  Conversation talk;
  talk.transport.on("tools/call", result_reply(R"({"content":[]})"))
      .on("tools/call", result_reply(R"({"resultType":"task"})"));
  CHECK(talk.call());
  const auto task = talk.call();
  REQUIRE_FALSE(task);
  CHECK(task.error().kind == ErrorKind::protocol);
}

TEST_CASE("progress of the call is told, that of others is not") {
  Conversation talk;
  talk.transport.on(
      "tools/call",
      event_reply(
          {"data: {\"method\":\"notifications/progress\",\"params\":"
           "{\"progressToken\":\"p1\",\"progress\":3,\"total\":4,"
           "\"message\":\"reading\"}}\n\n",
           "data: {\"method\":\"notifications/progress\",\"params\":"
           "{\"progressToken\":1,\"progress\":4}}\n\n",
           "data: {\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{}}\n\n"}));
  REQUIRE(talk.call());
  REQUIRE(talk.client.progress.size() == 1);
  CHECK(talk.client.progress[0].done == 3);
  CHECK(talk.client.progress[0].total == 4);
  CHECK(talk.client.progress[0].message == "reading");
}

TEST_CASE("arguments that the schema marks are repeated in headers") {
  Conversation talk;
  talk.transport.on("tools/call", result_reply(done));
  const Tool tool{
      .name = "grüße",
      .input_schema = *json::parse(R"({"properties":{"r":{"type":"string",)"
                                   R"("x-mcp-header":"Region"}}})")};
  REQUIRE(talk.call(tool, json::Object{{"r", "eu"}}));
  CHECK(talk.transport.seen[0].header("Mcp-Param-Region") == "eu");
  CHECK(talk.transport.seen[0].header("Mcp-Name") == "=?base64?Z3LDvMOfZQ==?=");
}

TEST_CASE("tools whose marks are wrong are left out, with a note") {
  Conversation talk;
  talk.transport.on(
      "tools/list",
      result_reply(R"({"tools":[{"name":"good"},{"name":"bad","inputSchema":)"
                   R"({"x-mcp-header":"A","type":"object"}}],"ttlMs":5000})"));
  const auto list = talk.session->list_tools();
  REQUIRE(list);
  REQUIRE(list->tools.size() == 1);
  CHECK(list->tools[0].name == "good");
  CHECK(list->fresh_for == std::chrono::seconds(5));
  REQUIRE(talk.client.notes.size() == 1);
  CHECK(talk.client.notes[0].contains("the tool bad is left out"));
}

TEST_CASE("an empty cursor is a cursor, and a repeated one the end") {
  Conversation talk;
  talk.transport
      .on("tools/list", result_reply(R"({"tools":[{"name":"a"}],)"
                                     R"("nextCursor":"","ttlMs":9000})"))
      .on("tools/list", result_reply(R"({"tools":[{"name":"b"}],)"
                                     R"("nextCursor":"","ttlMs":-4})"));
  const auto list = talk.session->list_tools();
  REQUIRE(list);
  CHECK(list->tools.size() == 2);
  CHECK(list->fresh_for.count() == 0);
  CHECK_FALSE(talk.params(0).has("cursor"));
  CHECK(talk.params(1)["cursor"].string() == "");
  CHECK(talk.client.notes.size() == 1);
}

TEST_CASE("headers that do not match mean a new schema, and one more try") {
  Conversation talk;
  const Canned mismatch =
      rpc_error_reply(400, R"({"code":-32020,"message":"Region is missing"})");
  talk.transport.on("tools/call", mismatch)
      .on("tools/list",
          result_reply(R"({"tools":[{"name":"a","inputSchema":{"properties":)"
                       R"({"r":{"type":"string","x-mcp-header":"R"}}}}]})"))
      .on("tools/call", result_reply(done))
      .on("tools/call", mismatch)
      .on("tools/list", result_reply(R"({"tools":[]})"));
  REQUIRE(talk.call({.name = "a"}, json::Object{{"r", "eu"}}));
  CHECK(talk.transport.seen[2].header("Mcp-Param-R") == "eu");
  const auto gone = talk.call();
  REQUIRE_FALSE(gone);
  CHECK(gone.error().message.contains("Region is missing"));
}

TEST_CASE("a question to a person is declined, and the state given back") {
  Conversation talk;
  talk.transport
      .on("tools/call",
          result_reply(
              R"({"resultType":"input_required","inputRequests":{"ok":)"
              R"({"method":"elicitation/create","params":{"message":"Sure?"}}},)"
              R"("requestState":"s\u00e4{1}"})"))
      .on("tools/call", result_reply(R"({"resultType":"input_required",)"
                                     R"("requestState":"second"})"))
      .on("tools/call", result_reply(done));
  REQUIRE(talk.call({.name = "a"}, json::Object{{"n", 1}}));
  CHECK(json::compact(talk.params(1)["inputResponses"]) ==
        R"({"ok":{"action":"decline"}})");
  CHECK(talk.params(1)["requestState"].string() == "sä{1}");
  CHECK(talk.params(1)["arguments"] == talk.params(0)["arguments"]);
  CHECK_FALSE(talk.params(2).has("inputResponses"));
  CHECK(talk.params(2)["requestState"].string() == "second");
  CHECK(talk.transport.seen[0].message["id"] !=
        talk.transport.seen[1].message["id"]);
  REQUIRE(talk.client.notes.size() == 1);
  CHECK(talk.client.notes[0].contains("Sure?"));
  CHECK(talk.client.timer.waits.size() == 1);
}

TEST_CASE(
    "where there is a person, the answer is sent, or that there is none") {
  Conversation talk;
  std::vector<std::string> asked;
  std::optional<json::Value> content = json::Object{{"n", 3}};
  Surroundings around = talk.client.around("2026-07-28");
  around.fill_form =
      [&](const Form& form) -> Result<std::optional<json::Value>> {
    asked.push_back(form.message);
    return content;
  };
  talk.session = *open_session(talk.transport,
                               {.url = "https://mcp.example.com/mcp"}, around);
  const Canned question = result_reply(
      R"({"resultType":"input_required","inputRequests":{"ok":{"method":)"
      R"("elicitation/create","params":{"message":"How many?",)"
      R"("requestedSchema":{"properties":{"n":{"type":"integer"}}}}}}})");
  talk.transport.on("tools/call", question)
      .on("tools/call", result_reply(done));
  REQUIRE(talk.call());
  CHECK(asked == std::vector<std::string>{"How many?"});
  CHECK(json::compact(talk.params(
            0)["_meta"]["io.modelcontextprotocol/clientCapabilities"]) ==
        R"({"elicitation":{"form":{}}})");
  CHECK(json::compact(talk.params(1)["inputResponses"]) ==
        R"({"ok":{"action":"accept","content":{"n":3}}})");
  content.reset();
  talk.transport.on("tools/call", question)
      .on("tools/call", result_reply(done));
  REQUIRE(talk.call());
  CHECK(json::compact(talk.params(3)["inputResponses"]) ==
        R"({"ok":{"action":"decline"}})");
  CHECK(talk.client.notes.empty());
}

TEST_CASE("a call that needs a person says so where there is none") {
  Conversation talk;
  talk.transport.on(
      "tools/call",
      rpc_error_reply(400, R"({"code":-32021,"message":"no elicitation"})"));
  const auto answer = talk.call();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::tool_error);
  REQUIRE(answer.error().hints.size() == 1);
  CHECK(answer.error().hints[0].contains("a person"));
}

TEST_CASE("a server that will not stop asking is given up") {
  Conversation talk;
  const Canned again =
      result_reply(R"({"resultType":"input_required","inputRequests":{"k":)"
                   R"({"method":"elicitation/create","params":{}}}})");
  for (int i = 0; i < 10; ++i)
    talk.transport.on("tools/call", again);
  const auto answer = talk.call();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::tool_error);
  CHECK(answer.error().message.contains("from a person"));
  CHECK(talk.transport.finished());
}

TEST_CASE("what was never offered is not given") {
  for (const char* request :
       {R"("inputRequests":{"k":{"method":"sampling/createMessage"}})",
        R"("inputRequests":{})", R"("requestState":5)"}) {
    Conversation talk;
    talk.transport.on("tools/call",
                      result_reply(R"({"resultType":"input_required",)" +
                                   std::string(request) + "}"));
    const auto answer = talk.call();
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::protocol);
  }
}

TEST_CASE("a call is sent once, whatever goes wrong after it began") {
  for (const Canned& reply :
       {text_reply(500, "oops"), text_reply(503, "draining"),
        text_reply(502, ""),
        Canned{.error = Error{ErrorKind::network, "the connection was lost"}},
        Canned{.error = Error{ErrorKind::limit_reached, "late"}},
        event_reply({"data: {\"method\":\"x\"}\n\n"})}) {
    Conversation talk;
    talk.transport.on("tools/call", reply);
    CHECK_FALSE(talk.call());
    CHECK(talk.transport.seen.size() == 1);
  }
}

TEST_CASE("a call that was refused unbegun is sent again") {
  Conversation talk;
  talk.transport.on("tools/call", text_reply(429, "slow down"))
      .on("tools/call", result_reply(done));
  CHECK(talk.call());
  CHECK(talk.params(0)["_meta"]["progressToken"] !=
        talk.params(1)["_meta"]["progressToken"]);
}

TEST_CASE("an unknown tool and bad arguments are told from what failed") {
  Conversation talk;
  talk.transport
      .on("tools/call",
          rpc_error_reply(200, R"({"code":-32602,"message":"Unknown tool"})"))
      .on("tools/call",
          rpc_error_reply(200, R"({"code":-32603,"message":"fault"})"));
  CHECK_FALSE(talk.call());
  CHECK(talk.session->misunderstood());
  CHECK_FALSE(talk.call());
  CHECK_FALSE(talk.session->misunderstood());
}

}  // namespace
}  // namespace claribi::mcp
