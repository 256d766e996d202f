// SPDX-License-Identifier: MIT
#include "demo/stateless_era.hpp"

#include "demo/server.hpp"
#include "doctest/doctest.h"
#include "generated_world.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

constexpr std::string_view prefix = "io.modelcontextprotocol/";

Server& server() {
  static const FixedClock clock(generated_now());
  static Server one(make_store(generated_project(), 100), generated_project(),
                    clock);
  return one;
}

// A request as a client of 2026-07-28 makes it, to be spoiled by the tests.
struct Modern {
  json::Value params = json::Object{};
  std::string method = "server/discover";
  net::Request request = {};

  explicit Modern(std::string_view name, json::Value with = json::Object{})
      : params(std::move(with)), method(name) {
    meta("protocolVersion", "2026-07-28");
    meta("clientCapabilities", json::Object{});
    request.headers = {{"Accept", "application/json, text/event-stream"},
                       {"Content-Type", "application/json"},
                       {"MCP-Protocol-Version", "2026-07-28"},
                       {"Mcp-Method", method}};
    if (params.has("name")) header("Mcp-Name", params["name"].text_or(""));
  }

  Modern& meta(std::string_view name, json::Value value) {
    params.member("_meta").set(std::string(prefix) + std::string(name),
                               std::move(value));
    return *this;
  }
  Modern& without_meta(std::string_view name) {
    params.member("_meta").remove(std::string(prefix) + std::string(name));
    return *this;
  }
  Modern& header(std::string_view name, std::string_view value) {
    std::erase_if(request.headers,
                  [&](const net::Header& one) { return one.name == name; });
    request.headers.push_back({std::string(name), std::string(value)});
    return *this;
  }
  Modern& without_header(std::string_view name) {
    std::erase_if(request.headers,
                  [&](const net::Header& one) { return one.name == name; });
    return *this;
  }
};

struct Answer {
  int status = 0;
  json::Value message = {};
  [[nodiscard]] const json::Value& result() const { return message["result"]; }
  [[nodiscard]] int64_t code() const {
    return message["error"]["code"].integer().value_or(0);
  }
};

Answer ask(Modern modern) {
  modern.request.body = json::compact(json::Object{{"jsonrpc", "2.0"},
                                                   {"id", "x1"},
                                                   {"method", modern.method},
                                                   {"params", modern.params}});
  const auto reply = server().handle(modern.request);
  const auto message = json::parse(reply.body);
  REQUIRE(message.has_value());
  CHECK((*message)["id"].text_or("") == "x1");
  CHECK(reply.head.header("mcp-session-id").empty());
  return {reply.head.status, *message};
}

Modern call(std::string_view tool) {
  return Modern("tools/call", json::Object{{"name", tool}});
}

}  // namespace

TEST_CASE("discover tells the version, the capabilities and who answers") {
  const auto answer = ask(Modern("server/discover"));
  CHECK(answer.status == 200);
  const auto& result = answer.result();
  CHECK(json::compact(result["supportedVersions"]) == R"(["2026-07-28"])");
  CHECK(result["capabilities"]["tools"].is_object());
  CHECK(result["resultType"].text_or("") == "complete");
  const auto& info = result["_meta"][std::string(prefix) + "serverInfo"];
  CHECK(info["name"].text_or("") == "claribi-demo");
  CHECK(info["version"].text_or("") == CLARIBI_VERSION);
}

TEST_CASE("discover and the list say how long they may be kept, a call not") {
  for (const char* method : {"server/discover", "tools/list"}) {
    const auto answer = ask(Modern(method));
    CHECK(answer.result()["ttlMs"].integer() == 60000);
    CHECK(answer.result()["cacheScope"].text_or("") == "private");
  }
  CHECK_FALSE(ask(call("cohorts-list")).result().has("ttlMs"));
}

TEST_CASE("both eras list the same tools and give the same result") {
  const auto legacy = [](std::string_view method, json::Value params) {
    const auto reply = server().handle(
        {.url = "",
         .headers = {{"Accept", "*/*"}, {"Content-Type", "application/json"}},
         .body = json::compact(json::Object{{"jsonrpc", "2.0"},
                                            {"id", 1},
                                            {"method", method},
                                            {"params", std::move(params)}})});
    return (*json::parse(reply.body))["result"];
  };
  CHECK(ask(Modern("tools/list")).result()["tools"] ==
        legacy("tools/list", json::Object{})["tools"]);
  CHECK(
      ask(call("cohorts-list")).result()["content"] ==
      legacy("tools/call", json::Object{{"name", "cohorts-list"}})["content"]);
}

TEST_CASE("a request needs its version and its client's capabilities") {
  for (const auto& modern :
       {Modern("tools/list").without_meta("protocolVersion"),
        Modern("tools/list").without_meta("clientCapabilities"),
        Modern("tools/list").meta("clientCapabilities", json::Array{}),
        Modern("tools/list").meta("protocolVersion", 20260728)}) {
    const auto answer = ask(modern);
    CHECK(answer.status == 400);
    CHECK(answer.code() == -32602);
  }
}

TEST_CASE("a header that is missing or differs from the body is a mismatch") {
  for (const auto& modern :
       {call("cohorts-list").without_header("MCP-Protocol-Version"),
        call("cohorts-list").header("MCP-Protocol-Version", "2025-11-25"),
        call("cohorts-list").meta("protocolVersion", "2025-11-25"),
        call("cohorts-list").without_header("Mcp-Method"),
        call("cohorts-list").header("Mcp-Method", "tools/list"),
        call("cohorts-list").header("Mcp-Method", "TOOLS/CALL"),
        call("cohorts-list").without_header("Mcp-Name"),
        call("cohorts-list").header("Mcp-Name", ""),
        call("cohorts-list").header("Mcp-Name", "Cohorts-List"),
        call("cohorts-list")
            .header("Mcp-Name", "=?base64?Y29ob3J0cy1saXN?=")}) {
    const auto answer = ask(modern);
    CHECK(answer.status == 400);
    CHECK(answer.code() == -32020);
  }
}

TEST_CASE("a name may have blanks around it or be written in base64") {
  for (const char* name : {"  cohorts-list ", "=?base64?Y29ob3J0cy1saXN0?="}) {
    CHECK(ask(call("cohorts-list").header("Mcp-Name", name)).status == 200);
  }
  // One and two bytes are left over at the end of these.
  CHECK(ask(call("a\xc3\xa9x1").header("Mcp-Name", "=?base64?YcOpeDE=?="))
            .status == 200);
  CHECK(ask(call("a\xc3\xa9x").header("Mcp-Name", "=?base64?YcOpeA==?="))
            .status == 200);
}

TEST_CASE("a version that is not spoken here is named with ours") {
  const auto answer = ask(Modern("server/discover")
                              .meta("protocolVersion", "2099-01-01")
                              .header("MCP-Protocol-Version", "2099-01-01"));
  CHECK(answer.status == 400);
  CHECK(answer.code() == -32022);
  CHECK(json::compact(answer.message["error"]["data"]) ==
        R"({"supported":["2026-07-28"],"requested":"2099-01-01"})");
}

TEST_CASE("methods of the other era are not found") {
  for (const char* method : {"initialize", "ping", "logging/setLevel", "nope",
                             "prompts/list", "subscriptions/listen"}) {
    const auto answer = ask(Modern(method));
    CHECK(answer.status == 404);
    CHECK(answer.code() == -32601);
  }
}

TEST_CASE("a cursor that was never given is refused") {
  const auto answer = ask(Modern("tools/list", json::Object{{"cursor", "2"}}));
  CHECK(answer.code() == -32602);
}

TEST_CASE("there are no batches, and a notification gets no answer") {
  Modern modern("tools/list");
  modern.request.body = "[]";
  CHECK(server().handle(modern.request).head.status == 400);
  modern.request.body = R"({"jsonrpc":"2.0","method":"notifications/x"})";
  const auto reply = server().handle(modern.request);
  CHECK(reply.head.status == 202);
  CHECK(reply.body.empty());
}
