// SPDX-License-Identifier: MIT
#include "demo/server.hpp"

#include <unistd.h>

#include <set>

#include "demo/in_process.hpp"
#include "demo/tools.hpp"
#include "doctest/doctest.h"
#include "generated_world.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

const FixedClock& fixed_clock() {
  static const FixedClock clock(generated_now());
  return clock;
}

Server& server() {
  static Server one(make_store(generated_project(), 1000), generated_project(),
                    fixed_clock());
  return one;
}

net::Request post(std::string body) {
  return {.url = std::string(demo_url),
          .headers = {{"Accept", "application/json, text/event-stream"},
                      {"Content-Type", "application/json"}},
          .body = std::move(body)};
}

json::Value ask(std::string body) {
  const auto reply = server().handle(post(std::move(body)));
  CHECK(reply.head.status == 200);
  CHECK(reply.head.media_type() == "application/json");
  const auto message = json::parse(reply.body);
  REQUIRE(message.has_value());
  return *message;
}

json::Value call(std::string_view tool, std::string_view args) {
  auto message = ask(
      R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":")" +
      std::string(tool) + R"(","arguments":)" + std::string(args) + "}}");
  CHECK(message["id"].integer() == 7);
  return message["result"];
}

}  // namespace

TEST_CASE("initialize answers with the version asked for, else the newest") {
  for (const char* version : {"2025-11-25", "2025-06-18", "2025-03-26"}) {
    const auto message =
        ask(R"({"jsonrpc":"2.0","id":"a","method":"initialize","params":{)"
            R"("protocolVersion":")" +
            std::string(version) + R"(","capabilities":{}}})");
    CHECK(message["id"].text_or("") == "a");
    const auto& result = message["result"];
    CHECK(result["protocolVersion"].text_or("") == version);
    CHECK(result["serverInfo"]["name"].text_or("") == "claribi-demo");
    CHECK(result["serverInfo"]["version"].text_or("") == CLARIBI_VERSION);
    CHECK(result["capabilities"]["tools"].is_object());
  }
  const auto other =
      ask(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{)"
          R"("protocolVersion":"2099-01-01"}})");
  CHECK(other["result"]["protocolVersion"].text_or("") == "2025-11-25");
}

TEST_CASE("a notification and a response are taken without an answer") {
  for (const char* body :
       {R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
        R"({"jsonrpc":"2.0","id":3,"result":{}})"}) {
    const auto reply = server().handle(post(body));
    CHECK(reply.head.status == 202);
    CHECK(reply.body.empty());
  }
}

TEST_CASE("ping is answered and unknown methods are named as such") {
  CHECK(json::compact(ask(R"({"jsonrpc":"2.0","id":1,"method":"ping"})")) ==
        R"({"jsonrpc":"2.0","id":1,"result":{}})");
  for (const char* method : {"resources/list", "server/discover"}) {
    const auto message = ask(R"({"jsonrpc":"2.0","id":1,"method":")" +
                             std::string(method) + R"("})");
    CHECK(message["error"]["code"].integer() == -32601);
  }
}

TEST_CASE("what is no JSON-RPC is refused with its code") {
  const auto broken = server().handle(post("{"));
  CHECK(broken.head.status == 400);
  CHECK(json::parse(broken.body)->operator[]("error")["code"].integer() ==
        -32700);
  for (const char* body :
       {R"({"id":1,"method":"ping"})", R"({"jsonrpc":"2.0","id":1})",
        R"({"jsonrpc":"2.0","id":{},"method":"ping"})", R"("ping")", "[]"}) {
    CAPTURE(body);
    CHECK(ask(body)["error"]["code"].integer() == -32600);
  }
  CHECK(ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}})")
            ["error"]["code"]
                .integer() == -32602);
  CHECK(ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{)"
            R"("cursor":"2"}})")["error"]["code"]
            .integer() == -32602);
  CHECK(ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{)"
            R"("name":"docs-search","arguments":[1]}})")["error"]["code"]
            .integer() == -32602);
}

TEST_CASE("a batch is answered message by message") {
  const auto answers =
      ask(R"([{"jsonrpc":"2.0","id":1,"method":"ping"},)"
          R"({"jsonrpc":"2.0","method":"notifications/initialized"},)"
          R"({"jsonrpc":"2.0","id":2,"method":"nope"}])");
  REQUIRE(answers.size() == 2);
  CHECK(answers.at(0)["id"].integer() == 1);
  CHECK(answers.at(1)["error"]["code"].integer() == -32601);
}

TEST_CASE("a batch has a version that knows batches, and opens no session") {
  const std::string batch = R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])";
  const auto with_version = [&](const char* version) {
    auto request = post(batch);
    request.headers.push_back({"MCP-Protocol-Version", version});
    return server().handle(request).head.status;
  };
  CHECK(with_version("2025-03-26") == 200);
  CHECK(with_version("2025-06-18") == 400);
  CHECK(with_version("2025-11-25") == 400);
  const auto opening =
      ask(R"([{"jsonrpc":"2.0","id":1,"method":"initialize"}])");
  CHECK(opening["error"]["code"].integer() == -32600);
}

TEST_CASE("a session lasts from initialize to DELETE") {
  const auto opened = server().handle(
      post(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})"));
  const std::string id(opened.head.header("Mcp-Session-Id"));
  REQUIRE_FALSE(id.empty());
  auto ping = post(R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
  CHECK(server().handle(ping).head.header("Mcp-Session-Id").empty());
  ping.headers.push_back({"mcp-session-id", id});
  CHECK(server().handle(ping).head.status == 200);

  net::Request end{.method = "DELETE", .url = "", .headers = ping.headers};
  CHECK(server().handle(end).head.status == 204);
  CHECK(server().handle(end).head.status == 404);
  const auto after = server().handle(ping);
  CHECK(after.head.status == 404);
  CHECK(json::parse(after.body)->operator[]("error")["code"].integer() ==
        -32001);
  CHECK(server().handle({.method = "DELETE", .url = ""}).head.status == 400);
}

TEST_CASE("requests that are not MCP over HTTP are refused by status") {
  const std::string ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
  const auto status = [&](auto change) {
    auto request = post(ping);
    change(request);
    return server().handle(request).head.status;
  };
  CHECK(status([](net::Request& r) { r.method = "GET"; }) == 405);
  CHECK(status([](net::Request& r) { r.method = "PUT"; }) == 405);
  CHECK(status([](net::Request& r) {
          r.headers[0].value = "application/json";
        }) == 406);
  CHECK(status([](net::Request& r) {
          r.headers[0].value = "text/event-stream";
        }) == 406);
  CHECK(status([](net::Request& r) { r.headers[0].value = "*/*"; }) == 200);
  CHECK(status([](net::Request& r) { r.headers[1].value = "text/plain"; }) ==
        415);
  CHECK(status([](net::Request& r) {
          r.headers.push_back({"MCP-Protocol-Version", "2020-01-01"});
        }) == 400);
  CHECK(status([](net::Request& r) {
          r.headers.push_back({"MCP-Protocol-Version", "2025-06-18"});
        }) == 200);
  const auto refused = server().handle({.method = "GET", .url = ""});
  CHECK(refused.head.header("Allow") == "POST, DELETE");
}

TEST_CASE("a body above the limit is refused unread") {
  const auto message = ask(std::string((1U << 20U) + 1, ' '));
  CHECK(message["error"]["code"].integer() == -32600);
}

TEST_CASE("the tools are the known ones, all of them read-only") {
  const auto list =
      ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})")["result"];
  std::set<std::string> names;
  for (const auto& tool : list["tools"].items()) {
    CAPTURE(tool["name"].text_or(""));
    names.insert(tool["name"].text_or(""));
    CHECK_FALSE(tool["title"].text_or("").empty());
    CHECK_FALSE(tool["description"].text_or("").empty());
    const auto& schema = tool["inputSchema"];
    CHECK(schema["type"].text_or("") == "object");
    CHECK(schema["properties"].is_object());
    for (const auto& required : schema["required"].items()) {
      CHECK(schema["properties"].has(required.text_or("")));
    }
    const auto& hints = tool["annotations"];
    CHECK(hints["readOnlyHint"].boolean() == true);
    CHECK(hints["destructiveHint"].boolean() == false);
    CHECK(hints["idempotentHint"].boolean() == true);
    CHECK(hints["openWorldHint"].boolean() == true);
  }
  CHECK(names == std::set<std::string>{"cohorts-list",
                                       "cohorts-retrieve",
                                       "dashboard-get",
                                       "dashboards-get-all",
                                       "docs-search",
                                       "feature-flag-get-all",
                                       "feature-flag-get-definition",
                                       "hogql-schema",
                                       "insight-get",
                                       "insight-query",
                                       "insights-list",
                                       "persons-list",
                                       "persons-retrieve",
                                       "query-error-tracking-issues-list",
                                       "query-funnel",
                                       "query-lifecycle",
                                       "query-paths",
                                       "query-retention",
                                       "query-run",
                                       "query-session-recordings-list",
                                       "query-stickiness",
                                       "query-trends",
                                       "read-data-schema"});
}

TEST_CASE("an answer in prose is shown as it is") {
  const auto result =
      call("read-data-schema", R"({"query":{"kind":"action_properties"}})");
  CHECK(result["content"].at(0)["text"].text_or("") ==
        "No actions exist in the project.\n");
  CHECK_FALSE(result.has("structuredContent"));
}

TEST_CASE("a result is text and, for some tools, structured content too") {
  const auto flags = call("feature-flag-get-all", "{}");
  CHECK_FALSE(flags.has("structuredContent"));
  CHECK_FALSE(flags.has("isError"));
  const auto text = json::parse(flags["content"].at(0)["text"].text_or(""));
  REQUIRE(text.has_value());
  CHECK((*text)["count"].integer() == 9);

  auto cohorts = call("cohorts-list", "{}");
  auto structured = cohorts["structuredContent"];
  CHECK(structured.remove("_analytics")["toolName"].text_or("") ==
        "cohorts-list");
  CHECK(json::parse(cohorts["content"].at(0)["text"].text_or("")) ==
        structured);
}

TEST_CASE("a failing tool answers with isError and PostHog's words") {
  const auto text = [](const json::Value& result) {
    CHECK(result["isError"].boolean() == true);
    return result["content"].at(0)["text"].text_or("");
  };
  CHECK(text(call("no-such-tool", "{}")) == "Tool no-such-tool not found");
  CHECK(text(call("cohorts-retrieve", "{}")) ==
        "Invalid input for \"cohorts-retrieve\": missing required parameter: "
        "id");
  CHECK(text(call("cohorts-retrieve", R"({"id":99})"))
            .starts_with("Error: [cohorts-retrieve]: Request failed:\nPath: "
                         "GET /api/projects/1/cohorts/99/\nStatus Code: 404"));
}

TEST_CASE("the transport makes its data at the first exchange") {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("claribi-in-process-test-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  int told = 0;
  auto transport =
      make_demo_transport({.folder = folder, .days = 10, .events = 200},
                          fixed_clock(), [&](std::string_view) { ++told; });
  CHECK_FALSE(std::filesystem::exists(folder));
  for (int i = 0; i < 2; ++i) {
    std::string body;
    const auto head =
        transport->exchange(post(R"({"jsonrpc":"2.0","id":1,"method":"ping"})"),
                            [&](const net::ReplyHead&, std::string_view piece) {
                              body += piece;
                              return true;
                            });
    REQUIRE(head.has_value());
    CHECK(head->status == 200);
    CHECK(body == R"({"jsonrpc":"2.0","id":1,"result":{}})");
  }
  CHECK(told == 1);
  std::filesystem::remove_all(folder);
}

TEST_CASE("the transport says what is wrong with a description") {
  const auto folder = std::filesystem::temp_directory_path();
  auto transport = make_demo_transport(
      {.folder = folder, .project_file = folder / "claribi-no-such.json"},
      fixed_clock(), {});
  const auto head = transport->exchange(
      post("{}"), [](const net::ReplyHead&, std::string_view) { return true; });
  REQUIRE_FALSE(head.has_value());
  CHECK(head.error().kind == ErrorKind::file);
  CHECK(head.error().message.find("claribi-no-such.json") != std::string::npos);
  const auto many = open_demo({.folder = folder, .days = 0}, fixed_clock(), {});
  REQUIRE_FALSE(many.has_value());
  CHECK(many.error().kind == ErrorKind::usage);
}
