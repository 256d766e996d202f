// SPDX-License-Identifier: MIT
#include "mcp/parameter_headers.hpp"

#include "doctest/doctest.h"
#include "json/reader.hpp"

namespace claribi::mcp {
namespace {

// The marks as "path.to=Name" with blanks between; "refused" if there is one
// that is not allowed.
std::string marks(std::string_view schema) {
  const auto found = parameter_headers(*json::parse(schema));
  if (!found) return "refused";
  std::string text;
  for (const ParameterHeader& one : *found) {
    if (!text.empty()) text += ' ';
    for (const std::string& name : one.path)
      text += (text.empty() || text.back() == ' ' ? "" : ".") + name;
    text += "=" + one.name;
  }
  return text;
}

std::string property(std::string_view schema) {
  return R"({"properties":{"p":)" + std::string(schema) + "}}";
}

std::string sent(std::string_view arguments) {
  const auto found = parameter_headers(*json::parse(
      R"({"properties":{"region":{"type":"string","x-mcp-header":"Region"},)"
      R"("filter":{"properties":{"n":{"type":"integer","x-mcp-header":"N"}}},)"
      R"("dry":{"type":"boolean","x-mcp-header":"Dry"}}})"));
  REQUIRE(found);
  std::string text;
  for (const net::Header& header : mirrored(*found, *json::parse(arguments))) {
    text += header.name + ": " + header.value + "\n";
  }
  return text;
}

TEST_CASE("marks are found along properties, however deep") {
  CHECK(marks(R"({"type":"object"})").empty());
  CHECK(marks(property(R"({"type":"string","x-mcp-header":"Region"})")) ==
        "p=Region");
  CHECK(marks(R"({"properties":{"a":{"properties":{"b":{"type":"boolean",)"
              R"("x-mcp-header":"B"}}},"c":{"type":"integer",)"
              R"("x-mcp-header":"C"}}})") == "a.b=B c=C");
}

TEST_CASE("what only looks like a mark is none") {
  CHECK(marks(property(R"({"properties":{"x-mcp-header":)"
                       R"({"type":"string"}}})"))
            .empty());
  CHECK(marks(property(R"({"default":{"x-mcp-header":"A"},)"
                       R"("enum":[{"x-mcp-header":"B"}],)"
                       R"("examples":[{"x-mcp-header":"C"}]})"))
            .empty());
}

TEST_CASE("a mark that no header can stand for spoils the tool") {
  for (const char* schema : {
           R"({"type":"string","x-mcp-header":""})",
           R"({"type":"string","x-mcp-header":5})",
           R"({"type":"string","x-mcp-header":"a b"})",
           R"({"type":"string","x-mcp-header":"a:b"})",
           R"({"type":"string","x-mcp-header":"é"})",
           R"({"type":"number","x-mcp-header":"A"})",
           R"({"type":"object","x-mcp-header":"A"})",
           R"({"type":["string","null"],"x-mcp-header":"A"})",
           R"({"x-mcp-header":"A"})",
       }) {
    CAPTURE(schema);
    CHECK(marks(property(schema)) == "refused");
  }
  CHECK(marks(R"({"type":"string","x-mcp-header":"Root"})") == "refused");
  CHECK(marks(R"({"properties":{"a":{"type":"string","x-mcp-header":"X"},)"
              R"("b":{"type":"string","x-mcp-header":"x"}}})") == "refused");
}

TEST_CASE("a mark off the way of properties spoils the tool") {
  const std::string marked =
      R"({"properties":{"a":{"type":"string","x-mcp-header":"A"}}})";
  for (const char* keyword : {"items", "contains", "additionalProperties",
                              "not", "if", "then", "else"}) {
    CAPTURE(keyword);
    CHECK(marks(property("{\"" + std::string(keyword) + "\":" + marked +
                         "}")) == "refused");
  }
  for (const char* keyword : {"prefixItems", "oneOf", "anyOf", "allOf"}) {
    CAPTURE(keyword);
    CHECK(marks(property("{\"" + std::string(keyword) + "\":[" + marked +
                         "]}")) == "refused");
  }
  for (const char* keyword :
       {"patternProperties", "dependentSchemas", "$defs", "definitions"}) {
    CAPTURE(keyword);
    CHECK(marks("{\"" + std::string(keyword) + "\":{\"x\":" + marked + "}}") ==
          "refused");
  }
}

TEST_CASE("arguments are mirrored where they are there") {
  CHECK(sent(R"({"region":"eu","filter":{"n":7},"dry":true,"other":1})") ==
        "Mcp-Param-Region: eu\nMcp-Param-N: 7\nMcp-Param-Dry: true\n");
  CHECK(sent(R"({"region":null,"filter":{}})").empty());
  CHECK(sent(R"({"filter":{"n":-9007199254740991}})") ==
        "Mcp-Param-N: -9007199254740991\n");
  CHECK(sent(R"({"filter":{"n":9007199254740992}})").empty());
  CHECK(sent(R"({"filter":{"n":1.5}})").empty());
}

TEST_CASE("a text that a header cannot hold is sent as base64") {
  CHECK(header_value("us east 1") == "us east 1");
  CHECK(header_value("") ==
        "=?base64?"
        "?=");
  CHECK(header_value(" a") == "=?base64?IGE=?=");
  CHECK(header_value("a ") == "=?base64?YSA=?=");
  CHECK(header_value("a\tb") == "=?base64?YQli?=");
  CHECK(header_value("a\r\nb") == "=?base64?YQ0KYg==?=");
  CHECK(header_value("Zürich") == "=?base64?WsO8cmljaA==?=");
  CHECK(header_value("=?base64?YQ==?=") == "=?base64?PT9iYXNlNjQ/WVE9PT89?=");
}

}  // namespace
}  // namespace claribi::mcp
