// SPDX-License-Identifier: MIT
#include "cli/elicitation.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/prompt.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

constexpr int most_tries = 3;

std::string_view wanted(mcp::FieldType type) {
  switch (type) {
    case mcp::FieldType::text:
      return "text";
    case mcp::FieldType::number:
      return "number";
    case mcp::FieldType::integer:
      return "whole number";
    case mcp::FieldType::boolean:
      return "yes or no";
    case mcp::FieldType::choice:
      return "one of these";
    case mcp::FieldType::choices:
      return "any of these, with commas between";
  }
  std::unreachable();
}

// What a field is about, and the line on which it is answered.
std::string question_of(const mcp::FormField& field) {
  std::string text;
  if (!field.description.empty()) {
    text += fmt::format("  {}\n", escape_terminal_line(field.description));
  }
  for (size_t i = 0; i < field.choices.size(); ++i) {
    text += fmt::format("  {}  {}\n", i + 1,
                        escape_terminal_line(field.choices[i].title));
  }
  std::string hint(wanted(field.type));
  if (!field.preset.is_null()) {
    hint += "; Enter: " + field.preset.text_or(json::compact(field.preset));
  } else if (!field.required) {
    hint += "; Enter: leave out";
  }
  return text +
         escape_terminal_line(fmt::format("{} ({}): ", field.title, hint));
}

Result<json::Value> ask_field(Context& context, std::string text,
                              const mcp::FormField& field) {
  text += question_of(field);
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(const std::string typed, ask_below(context, text));
    auto value = mcp::field_value(field, typed);
    if (value || tries == most_tries) return value;
    text = fmt::format("  {}\n{}", value.error().message, question_of(field));
  }
}

}  // namespace

Result<std::optional<json::Value>> fill_form(Context& context,
                                             std::string_view host,
                                             const mcp::Form& form) {
  std::string above = fmt::format(
      "\n{} asks: {}\nWhat you type is sent to it: no keys, no passwords.\n",
      escape_terminal_line(host), escape_terminal_line(form.message));
  json::Value content = json::Object{};
  for (const mcp::FormField& field : form.fields) {
    CLARIBI_TRY_ASSIGN(json::Value value,
                       ask_field(context, std::exchange(above, ""), field));
    if (!value.is_null()) content.set(field.name, std::move(value));
  }
  const std::string last =
      form.fields.empty()
          ? "Agree? [y/N] "
          : fmt::format("Send {}? [y/N] ",
                        escape_terminal_line(json::compact(content)));
  CLARIBI_TRY_ASSIGN(const std::string answer,
                     ask_below(context, above + last));
  if (lower(answer) != "y" && lower(answer) != "yes") return std::nullopt;
  return content;
}

}  // namespace claribi::cli
