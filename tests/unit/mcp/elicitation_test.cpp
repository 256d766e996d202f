// SPDX-License-Identifier: MIT
#include "mcp/elicitation.hpp"

#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::mcp {
namespace {

Result<Form> form_of(std::string_view properties) {
  return read_form(*json::parse(
      R"({"message":"m","requestedSchema":{"type":"object","required":["f"],)"
      R"("properties":)" +
      std::string(properties) + "}}"));
}

FormField field_of(std::string_view schema) {
  auto form = form_of(R"({"f":)" + std::string(schema) + "}");
  REQUIRE(form);
  return form->fields.at(0);
}

// The value as JSON, or what is wanted instead.
std::string answer(std::string_view schema, std::string_view typed) {
  const auto value = field_value(field_of(schema), typed);
  return value ? json::compact(*value) : value.error().message;
}

TEST_CASE("each type of field takes its own answers") {
  CHECK(answer(R"({"type":"string"})", "a \"b\"") == R"("a \"b\"")");
  CHECK(answer(R"({"type":"integer"})", "7") == "7");
  CHECK(answer(R"({"type":"integer"})", "7.5") == "a whole number is wanted");
  CHECK(answer(R"({"type":"number"})", "7.50") == "7.50");
  CHECK(answer(R"({"type":"number"})", "inf") == "a number is wanted");
  CHECK(answer(R"({"type":"boolean"})", "Yes") == "true");
  CHECK(answer(R"({"type":"boolean"})", "n") == "false");
  CHECK(answer(R"({"type":"boolean"})", "maybe") == "yes or no is wanted");
}

TEST_CASE("limits hold, and length is counted in characters") {
  const char* ages = R"({"type":"integer","minimum":18,"maximum":99})";
  CHECK(answer(ages, "18") == "18");
  CHECK(answer(ages, "17") == "at least 18 is wanted");
  CHECK(answer(ages, "100") == "at most 99 is wanted");
  const char* three = R"({"type":"string","minLength":2,"maxLength":3})";
  CHECK(answer(three, "äöü") == R"("äöü")");
  CHECK(answer(three, "ä") == "at least 2 characters are wanted");
  CHECK(answer(three, "abcd") == "at most 3 characters are wanted");
}

TEST_CASE("a choice is made by number, value or title, in each spelling") {
  for (const char* schema :
       {R"({"type":"string","enum":["r","g"],"enumNames":["Red","Green"]})",
        R"({"type":"string","oneOf":[{"const":"r","title":"Red"},)"
        R"({"const":"g","title":"Green"}]})"}) {
    CHECK(answer(schema, "2") == R"("g")");
    CHECK(answer(schema, "g") == R"("g")");
    CHECK(answer(schema, "red") == R"("r")");
    CHECK(answer(schema, "0") == "a number from 1 to 2 is wanted");
    CHECK(answer(schema, "3") == "a number from 1 to 2 is wanted");
  }
  const char* list = R"({"type":"array","minItems":1,"maxItems":2,"items":)"
                     R"({"enum":["a","b","c"]}})";
  CHECK(answer(list, "1, c") == R"(["a","c"])");
  CHECK(answer(list, "1,2,3") ==
        "1 to 2 choices are wanted, with commas between");
  CHECK(answer(list, "1,x") == "a number from 1 to 3 is wanted");
}

TEST_CASE("nothing typed is the preset, or left out where that is allowed") {
  CHECK(answer(R"({"type":"string","default":"d"})", "") == R"("d")");
  CHECK(answer(R"({"type":"string"})", "") == "this has to be filled");
  const auto form = form_of(R"({"g":{"type":"string"}})");
  REQUIRE(form);
  CHECK(field_value(form->fields.at(0), "")->is_null());
}

TEST_CASE("what is no flat form is refused") {
  for (
      const char* params :
      {R"({"mode":"url","url":"https://example.com"})",
       R"({"requestedSchema":{"properties":{"f":{"type":"object"}}}})",
       R"({"requestedSchema":{"properties":{"f":{}}}})",
       R"({"requestedSchema":{"properties":{"f":{"type":"array","items":{}}}}})"}) {
    const auto form = read_form(*json::parse(params));
    REQUIRE_FALSE(form);
    CHECK(form.error().kind == ErrorKind::protocol);
  }
  CHECK(read_form(*json::parse(R"({"message":"Sure?"})"))->fields.empty());
}

}  // namespace
}  // namespace claribi::mcp
