// SPDX-License-Identifier: MIT
#include "mcp/message.hpp"

#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::mcp {
namespace {

json::Value parse(std::string_view text) {
  auto value = json::parse(text);
  REQUIRE(value.has_value());
  return *value;
}

TEST_CASE("messages are written as JSON-RPC 2.0") {
  CHECK(json::compact(request_message(7, "ping", json::Object{})) ==
        R"({"jsonrpc":"2.0","id":7,"method":"ping","params":{}})");
  CHECK(json::compact(notification_message("n", nullptr)) ==
        R"({"jsonrpc":"2.0","method":"n"})");
  CHECK(json::compact(result_message("a", json::Object{})) ==
        R"({"jsonrpc":"2.0","id":"a","result":{}})");
  CHECK(json::compact(error_message(1, -32601, "no")) ==
        R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}})");
}

TEST_CASE("a message is told apart by its method, its id and its content") {
  struct Row {
    std::string text;
    MessageKind kind;
  };
  using enum MessageKind;
  for (const Row& row : std::vector<Row>{
           {R"({"id":3,"result":{}})", response},
           {R"({"id":"3","result":{}})", response},
           {R"({"id":null,"result":{}})", response},
           {R"({"result":{}})", response},
           {R"({"id":3,"error":{"code":1}})", response},
           {R"({"id":"server-error","error":{"code":1}})", response},
           {R"({"error":{"code":1}})", response},
           {R"({"id":4,"result":{}})", other},
           {R"({"id":"4","result":{}})", other},
           {R"({"id":4,"error":{"code":1}})", other},
           {R"({"id":0,"result":{}})", other},
           {R"({"id":3,"method":"ping"})", server_request},
           {R"({"id":"x","method":"ping"})", server_request},
           {R"({"method":"notifications/progress"})", notification},
           {R"({"id":null,"method":"m"})", notification},
           {R"({"id":3})", other},
           {R"({"error":"text"})", other},
           {R"([])", other},
           {"null", other},
           {R"("text")", other}}) {
    CAPTURE(row.text);
    CHECK(classify(parse(row.text), 3) == row.kind);
  }
}

TEST_CASE("an error is read with its code, message and data") {
  const auto error = rpc_error(
      parse(R"({"error":{"code":-32602,"message":"bad","data":{"a":1}}})"));
  REQUIRE(error.has_value());
  CHECK(error->code == -32602);
  CHECK(error->message == "bad");
  CHECK(error->data["a"].integer() == 1);
  CHECK_FALSE(rpc_error(parse(R"({"result":{}})")).has_value());
}

TEST_CASE("an error in words is cut and escaped") {
  const auto failed =
      fail_rpc({.code = -32602, .message = "a\x1b[2J" + std::string(1000, 'x')},
               "tools/call");
  const Error& error = failed.error();
  CHECK(error.kind == ErrorKind::tool_error);
  CHECK(
      error.message.starts_with("the server refused tools/call: a\\x1b[2Jxxx"));
  CHECK(error.message.size() < 300);
  CHECK(error.message.ends_with("... (-32602)"));
}

}  // namespace
}  // namespace claribi::mcp
