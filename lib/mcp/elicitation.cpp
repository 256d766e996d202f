// SPDX-License-Identifier: MIT
#include "mcp/elicitation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "base/number.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "mcp/refusal.hpp"

namespace claribi::mcp {
namespace {

std::unexpected<Error> not_a_form(std::string_view why) {
  return fail(ErrorKind::protocol,
              fmt::format("the server asks a person something that is no "
                          "form: {}",
                          why));
}

std::unexpected<Error> wanted(std::string what) {
  return fail(ErrorKind::usage, std::move(what));
}

// Choices with titles stand in oneOf or anyOf; those without in enum, with
// their titles in enumNames beside it (2025-06-18).
std::vector<Choice> choices_of(const json::Value& schema) {
  std::vector<Choice> choices;
  for (const char* list : {"oneOf", "anyOf"}) {
    for (const json::Value& one : schema[list].items()) {
      const std::string value = one["const"].text_or("");
      choices.push_back({value, one["title"].text_or(value)});
    }
  }
  const json::Value& names = schema["enumNames"];
  for (size_t i = 0; i < schema["enum"].size(); ++i) {
    const std::string value = schema["enum"].at(i).text_or("");
    choices.push_back({value, names.at(i).text_or(value)});
  }
  return choices;
}

void set_limits(FormField& field, const json::Value& schema,
                std::string_view least, std::string_view most) {
  field.least = schema[least].number();
  field.most = schema[most].number();
}

Result<void> read_type(FormField& field, const json::Value& schema) {
  const std::string type = schema["type"].text_or("");
  if (type == "boolean") {
    field.type = FieldType::boolean;
  } else if (type == "number" || type == "integer") {
    field.type = type == "number" ? FieldType::number : FieldType::integer;
    set_limits(field, schema, "minimum", "maximum");
  } else if (type == "array") {
    field.type = FieldType::choices;
    field.choices = choices_of(schema["items"]);
    set_limits(field, schema, "minItems", "maxItems");
    if (field.choices.empty()) return not_a_form("a list without choices");
  } else if (type == "string") {
    field.choices = choices_of(schema);
    field.type = field.choices.empty() ? FieldType::text : FieldType::choice;
    set_limits(field, schema, "minLength", "maxLength");
  } else {
    return not_a_form(
        fmt::format("a field of the type '{}'", server_words(type)));
  }
  return {};
}

Result<FormField> read_field(const json::Member& member,
                             const json::Value& required) {
  const json::Value& schema = member.value;
  FormField field{.name = member.name,
                  .title = schema["title"].text_or(member.name),
                  .description = schema["description"].text_or(""),
                  .preset = schema["default"]};
  CLARIBI_TRY(read_type(field, schema));
  field.required = std::ranges::any_of(
      required.items(),
      [&](const json::Value& name) { return name.string() == field.name; });
  return field;
}

Result<json::Value> number_value(const FormField& field,
                                 std::string_view typed) {
  const auto value = claribi::number_in<double>(typed);
  const bool whole = value && std::trunc(*value) == *value;
  const bool integer = field.type == FieldType::integer;
  if (!value || !std::isfinite(*value) || (integer && !whole)) {
    return wanted(integer ? "a whole number is wanted" : "a number is wanted");
  }
  if (field.least && *value < *field.least) {
    return wanted(fmt::format("at least {:g} is wanted", *field.least));
  }
  if (field.most && *value > *field.most) {
    return wanted(fmt::format("at most {:g} is wanted", *field.most));
  }
  return json::Value(json::Number{std::string(typed)});
}

Result<json::Value> text_value(const FormField& field, std::string_view typed) {
  const auto length = static_cast<double>(
      std::ranges::count_if(typed, [](char c) { return (c & 0xC0) != 0x80; }));
  if (field.least && length < *field.least) {
    return wanted(
        fmt::format("at least {:g} characters are wanted", *field.least));
  }
  if (field.most && length > *field.most) {
    return wanted(
        fmt::format("at most {:g} characters are wanted", *field.most));
  }
  return json::Value(typed);
}

Result<json::Value> boolean_value(std::string_view typed) {
  const std::string word = lower(typed);
  if (word == "y" || word == "yes" || word == "true") return true;
  if (word == "n" || word == "no" || word == "false") return false;
  return wanted("yes or no is wanted");
}

Result<json::Value> choice_value(const FormField& field,
                                 std::string_view typed) {
  const auto number = claribi::number_in<size_t>(typed);
  if (number && *number >= 1 && *number <= field.choices.size()) {
    return json::Value(field.choices[*number - 1].value);
  }
  for (const Choice& choice : field.choices) {
    if (typed == choice.value || lower(typed) == lower(choice.title)) {
      return json::Value(choice.value);
    }
  }
  return wanted(
      fmt::format("a number from 1 to {} is wanted", field.choices.size()));
}

Result<json::Value> choices_value(const FormField& field,
                                  std::string_view typed) {
  json::Value picked = json::Array{};
  for (std::string_view part : split(typed, ',')) {
    CLARIBI_TRY_ASSIGN(json::Value one, choice_value(field, trim(part)));
    picked.push(std::move(one));
  }
  const auto count = static_cast<double>(picked.size());
  if (count < field.least.value_or(0) || count > field.most.value_or(count)) {
    return wanted(fmt::format(
        "{:g} to {:g} choices are wanted, with commas between",
        field.least.value_or(0),
        field.most.value_or(static_cast<double>(field.choices.size()))));
  }
  return picked;
}

}  // namespace

Result<Form> read_form(const json::Value& params) {
  if (params["mode"].text_or("form") != "form") {
    return not_a_form("it wants a page to be opened");
  }
  Form form{.message = params["message"].text_or("")};
  const json::Value& schema = params["requestedSchema"];
  for (const json::Member& member : schema["properties"].members()) {
    CLARIBI_TRY_ASSIGN(FormField field, read_field(member, schema["required"]));
    form.fields.push_back(std::move(field));
  }
  return form;
}

Result<json::Value> field_value(const FormField& field,
                                std::string_view typed) {
  if (typed.empty()) {
    if (field.preset.is_null() && field.required) {
      return wanted("this has to be filled");
    }
    return field.preset;
  }
  switch (field.type) {
    case FieldType::text:
      return text_value(field, typed);
    case FieldType::number:
    case FieldType::integer:
      return number_value(field, typed);
    case FieldType::boolean:
      return boolean_value(typed);
    case FieldType::choice:
      return choice_value(field, typed);
    case FieldType::choices:
      return choices_value(field, typed);
  }
  std::unreachable();
}

}  // namespace claribi::mcp
