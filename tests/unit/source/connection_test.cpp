// SPDX-License-Identifier: MIT
#include "source/connection.hpp"

#include <doctest/doctest.h>

#include "tests/unit/mcp/scripted_transport.hpp"

namespace claribi::source {
namespace {

using mcp::test::Canned;
using mcp::test::result_reply;
using mcp::test::rpc_error_reply;

constexpr const char* discovered =
    R"({"supportedVersions":["2026-07-28"],"_meta":)"
    R"({"io.modelcontextprotocol/serverInfo":{"name":"fake","version":"9"}}})";
constexpr const char* two_rows =
    R"({"content":[{"type":"text","text":"[{\"n\":1},{\"n\":2}]"}]})";

// A tools/list result of one tool with those annotations and properties.
Canned listed(const std::string& name, const std::string& annotations,
              const std::string& properties = "") {
  return result_reply(R"({"tools":[{"name":")" + name + R"(","annotations":{)" +
                      annotations +
                      R"(},"inputSchema":{"type":"object","properties":{)" +
                      properties + "}}}]}");
}

constexpr const char* read_only = R"("readOnlyHint":true)";

// What outlives a run: the cache and the server's script.
struct Machine {
  mcp::test::TestClient client;
  mcp::test::TestCache cache;
  mcp::test::ScriptedTransport transport;

  // What the server says to the first call of `look`.
  mcp::test::ScriptedTransport& first_call() {
    return transport.on("server/discover", result_reply(discovered))
        .on("tools/list", listed("look", read_only))
        .on("tools/call", result_reply(two_rows));
  }

  [[nodiscard]] Wiring wiring() {
    return {.transport = transport,
            .clock = client.clock,
            .timer = client.timer,
            .cache = &cache};
  }

  // One run of the program.
  Result<Outcome> call(const std::string& vendor, const std::string& tool,
                       const std::string& allowed = "") {
    Connection connection(wiring(), {.name = "test",
                                     .vendor = find_vendor(vendor),
                                     .url = url,
                                     .protocol = protocol,
                                     .allowed_tool = allowed});
    return connection.call({tool});
  }

  std::string url = "https://mcp.example.com/mcp";
  std::string protocol = {};
};

ErrorKind kind_of(const Result<Outcome>& outcome) {
  REQUIRE_FALSE(outcome);
  return outcome.error().kind;
}

TEST_CASE("a second run asks for nothing but the call") {
  Machine machine;
  machine.first_call().on("tools/call", result_reply(two_rows));
  REQUIRE(machine.call("mcp", "look"));
  const auto outcome = machine.call("mcp", "look");
  REQUIRE(outcome);
  CHECK(outcome->table.rows.size() == 2);
  CHECK(machine.transport.finished());
}

TEST_CASE("a list of yesterday is asked for anew") {
  Machine machine;
  machine.first_call()
      .on("tools/list", listed("look", read_only))
      .on("tools/call", result_reply(two_rows));
  REQUIRE(machine.call("mcp", "look"));
  machine.client.clock = FixedClock(*parse_instant("2026-11-19T10:30:01Z"));
  REQUIRE(machine.call("mcp", "look"));
  CHECK(machine.transport.finished());
}

TEST_CASE("a call after a list that has changed is made once more") {
  Machine machine;
  machine.first_call()
      .on("tools/call",
          rpc_error_reply(200, R"({"code":-32602,"message":"what?"})"))
      .on("tools/list", listed("look", read_only, R"("n":{})"))
      .on("tools/call", result_reply(two_rows));
  REQUIRE(machine.call("mcp", "look"));
  CHECK(machine.call("mcp", "look"));
  CHECK(machine.transport.finished());
}

TEST_CASE("a call after a list that has not changed is not repeated") {
  Machine machine;
  machine.first_call()
      .on("tools/call",
          rpc_error_reply(200, R"({"code":-32602,"message":"what?"})"))
      .on("tools/list", listed("look", read_only));
  REQUIRE(machine.call("mcp", "look"));
  CHECK(kind_of(machine.call("mcp", "look")) == ErrorKind::tool_error);
  CHECK(machine.transport.finished());
}

TEST_CASE("a tool that became one that writes is refused before the call") {
  Machine machine;
  machine.first_call()
      .on("tools/call",
          rpc_error_reply(200, R"({"code":-32602,"message":"what?"})"))
      .on("tools/list", listed("look", R"("readOnlyHint":false)"));
  REQUIRE(machine.call("mcp", "look"));
  CHECK(kind_of(machine.call("mcp", "look")) == ErrorKind::refused);
  CHECK(machine.transport.finished());
}

TEST_CASE("a damaged cache is none") {
  Machine machine;
  machine.first_call()
      .on("server/discover", result_reply(discovered))
      .on("tools/list", listed("look", read_only))
      .on("tools/call", result_reply(two_rows));
  REQUIRE(machine.call("mcp", "look"));
  for (auto& [name, text] : machine.cache.texts)
    text.resize(text.size() / 2);
  REQUIRE(machine.call("mcp", "look"));
  CHECK(machine.transport.finished());
}

TEST_CASE("only what is declared read-only is called, unless it is allowed") {
  for (const char* annotations :
       {"", R"("readOnlyHint":false)",
        R"("readOnlyHint":true,"destructiveHint":true)"}) {
    Machine machine;
    machine.transport.on("server/discover", result_reply(discovered))
        .on("tools/list", listed("poke", annotations))
        // A remembered list may be wrong: it is asked for before refusing.
        .on("tools/list", listed("poke", annotations))
        .on("tools/call", result_reply(two_rows));
    CHECK(kind_of(machine.call("mcp", "poke")) == ErrorKind::refused);
    CHECK(kind_of(machine.call("mcp", "poke", "other")) == ErrorKind::refused);
    CHECK(machine.call("mcp", "poke", "poke"));
    CHECK(machine.transport.finished());
  }
}

TEST_CASE("nothing is allowed by name at PostHog, whatever it is taken for") {
  Machine machine;
  machine.transport
      .on("server/discover",
          result_reply(R"({"supportedVersions":["2026-07-28"],"_meta":)"
                       R"({"io.modelcontextprotocol/serverInfo":)"
                       R"({"name":"PostHog","version":"9"}}})"))
      .on("tools/list", listed("delete-feature-flag", ""));
  CHECK(kind_of(machine.call("mcp", "delete-feature-flag",
                             "delete-feature-flag")) == ErrorKind::refused);
  CHECK(machine.transport.finished());
}

TEST_CASE("a pinned version does not hide that a server is PostHog's") {
  Machine machine;
  machine.protocol = "2026-07-28";
  machine.transport.on("tools/list", listed("delete-feature-flag", ""))
      .on("server/discover",
          result_reply(R"({"_meta":{"io.modelcontextprotocol/serverInfo":)"
                       R"({"name":"PostHog","version":"9"}}})"));
  CHECK(kind_of(machine.call("mcp", "delete-feature-flag",
                             "delete-feature-flag")) == ErrorKind::refused);
  CHECK(machine.transport.finished());
}

TEST_CASE("a server at PostHog's address is PostHog's, whatever its name") {
  Machine machine;
  machine.url = "https://mcp.posthog.com/other?x=1";
  machine.transport.on("server/discover", result_reply(discovered))
      .on("tools/list", listed("delete-feature-flag", ""));
  CHECK(kind_of(machine.call("mcp", "delete-feature-flag",
                             "delete-feature-flag")) == ErrorKind::refused);
  CHECK(machine.transport.finished());
}

TEST_CASE("a server that no longer hides its tools is called directly") {
  Machine machine;
  const std::string exec =
      R"({"content":[{"type":"text","text":"[\"cohorts-list\"]"}]})";
  machine.transport.on("server/discover", result_reply(discovered))
      .on("tools/list", listed("exec", ""))
      .on("tools/call", result_reply(exec))
      .on("tools/call", result_reply(exec))
      .on("tools/list", listed("cohorts-list", read_only))
      .on("tools/call", result_reply(R"({"content":[],"structuredContent":)"
                                     R"({"results":[]}})"));
  const auto connect = [&] {
    return std::make_unique<Connection>(machine.wiring(),
                                        Target{.name = "test",
                                               .vendor = find_vendor("posthog"),
                                               .url = machine.url});
  };
  REQUIRE(connect()->tools());
  const auto later = connect();
  REQUIRE(later->tools());
  CHECK(later->behind_gateway());
  REQUIRE(later->tools(Freshness::now));
  CHECK_FALSE(later->behind_gateway());
  CHECK(later->call({"cohorts-list"}));
  CHECK(machine.transport.seen.back().header("Mcp-Name") == "cohorts-list");
}

TEST_CASE("a known tool of PostHog is called only if the server agrees") {
  Machine machine;
  machine.transport.on("server/discover", result_reply(discovered))
      .on("tools/list", listed("cohorts-list", R"("destructiveHint":true)"));
  CHECK(kind_of(machine.call("posthog", "cohorts-list")) == ErrorKind::refused);
  CHECK(machine.transport.finished());
}

}  // namespace
}  // namespace claribi::source
