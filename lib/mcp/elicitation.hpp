// SPDX-License-Identifier: MIT
// A form that a server wants a person to fill (elicitation in form mode): what
// is asked, and what an answer has to look like.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::mcp {

// What a field takes. Of an enum exactly one choice, of a list any number.
enum class FieldType { text, number, integer, boolean, choice, choices };

struct Choice {
  std::string value;  // What is sent,
  std::string title;  // and what is shown.
};

// All words are the server's: to be escaped wherever they are shown.
struct FormField {
  std::string name;
  std::string title;  // The name if the server gives none.
  std::string description = {};
  FieldType type = FieldType::text;
  std::vector<Choice> choices = {};
  bool required = false;
  json::Value preset = nullptr;  // Null: none.
  // Of a number the value, of a text its characters, of a list its choices.
  std::optional<double> least = {};
  std::optional<double> most = {};
};

struct Form {
  std::string message;
  std::vector<FormField> fields = {};  // None: the message wants a yes or no.
};

// The form in the parameters of an elicitation/create. Fails (protocol) for
// what is no flat form of these types.
[[nodiscard]] Result<Form> read_form(const json::Value& params);

// What was typed as the field's JSON value: choices by their number, value or
// title, several with commas between; nothing typed means the preset, or null
// for a field that may be left out. Fails (usage) saying what is wanted.
[[nodiscard]] Result<json::Value> field_value(const FormField& field,
                                              std::string_view typed);

// Has a person fill the form: the content to send, or nothing if that person
// declines. Fails as a prompt does.
using FillForm =
    std::function<Result<std::optional<json::Value>>(const Form& form)>;

}  // namespace claribi::mcp
