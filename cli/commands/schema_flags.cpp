// SPDX-License-Identifier: MIT
#include "cli/commands/schema_flags.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/reader.hpp"

namespace claribi::cli {
namespace {

bool is_injected(const source::Vendor& vendor, std::string_view argument) {
  return std::ranges::find(vendor.injected, argument) != vendor.injected.end();
}

// "dateRange" and "date_range" as "date-range".
std::string kebab(std::string_view name) {
  std::string out;
  for (char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty() && out.back() != '-') out += '-';
    out += c == '_' ? '-' : static_cast<char>(std::tolower(c));
  }
  return out;
}

// The types that a schema allows, looking into anyOf and oneOf.
void collect_types(const json::Value& schema, std::vector<std::string>& types) {
  const auto add = [&](std::string_view type) {
    if (type.empty() || type == "null") return;
    if (std::ranges::find(types, type) == types.end()) {
      types.emplace_back(type);
    }
  };
  add(schema["type"].text_or(""));
  for (const json::Value& type : schema["type"].items())
    add(type.text_or(""));
  for (std::string_view choice : {"anyOf", "oneOf"}) {
    for (const json::Value& one : schema[choice].items()) {
      collect_types(one, types);
    }
  }
}

std::vector<std::string> types_of(const json::Value& schema) {
  std::vector<std::string> types;
  collect_types(schema, types);
  return types;
}

bool allows(const json::Value& schema, std::string_view type) {
  const auto types = types_of(schema);
  return std::ranges::find(types, type) != types.end();
}

std::string type_text(const json::Value& schema) {
  std::vector<std::string> values;
  for (const json::Value& value : schema["enum"].items()) {
    values.push_back(value.text_or(value.number_text().value_or("")));
  }
  if (!values.empty()) return "one of: " + join(values, ", ");
  const auto types = types_of(schema);
  return types.empty() ? "JSON" : join(types, " or ");
}

bool is_required(const mcp::Tool& tool, std::string_view argument) {
  return std::ranges::any_of(
      tool.input_schema["required"].items(),
      [&](const json::Value& name) { return name.string() == argument; });
}

std::unexpected<Error> wrong_value(std::string_view flag,
                                   std::string_view value,
                                   std::string_view wanted) {
  return fail(ErrorKind::usage,
              fmt::format("{} needs {}, not '{}'", flag, wanted,
                          escape_terminal_line(value)));
}

// A value of the command line as the schema wants it.
Result<json::Value> typed_value(std::string_view flag, std::string_view value,
                                const json::Value& schema) {
  const auto parsed = json::parse(value);
  if (parsed && parsed->is_number() &&
      (allows(schema, "number") || allows(schema, "integer"))) {
    return *parsed;
  }
  if (parsed && parsed->is_bool() && allows(schema, "boolean")) return *parsed;
  const bool nested = parsed && (parsed->is_array() || parsed->is_object());
  if (nested && (allows(schema, "array") || allows(schema, "object") ||
                 types_of(schema).empty())) {
    return *parsed;
  }
  const auto& choices = schema["enum"].items();
  if (!choices.empty() &&
      std::ranges::none_of(choices, [&](const json::Value& choice) {
        return choice.string() == value;
      })) {
    return wrong_value(flag, value, type_text(schema));
  }
  if (allows(schema, "string") || types_of(schema).empty()) {
    return json::Value(value);
  }
  return wrong_value(flag, value, type_text(schema));
}

struct Word {
  std::string flag;                  // With its dashes as typed.
  std::string name;                  // Without them.
  std::optional<std::string> value;  // After "=" or the next word.
};

// The short flag that provides the argument, or the argument's own.
std::string flag_for(const std::vector<SchemaFlag>& flags,
                     std::string_view argument) {
  for (const SchemaFlag& flag : flags) {
    const bool fills =
        flag.shorthand != nullptr && flag.shorthand->fills == argument;
    if (fills || flag.argument == argument) return flag.name;
  }
  return kebab(argument);
}

bool is_flag(std::string_view word) {
  return word.starts_with("--") && word.size() > 2;
}

// Builds the arguments from the words.
class Builder {
 public:
  Builder(const source::Vendor& vendor, const mcp::Tool& tool,
          json::Value object)
      : vendor_(vendor),
        tool_(tool),
        flags_(schema_flags(vendor, tool)),
        arguments_(object.is_null() ? json::Value(json::Object{})
                                    : std::move(object)) {}

  Result<json::Value> build(const std::vector<std::string>& words) && {
    CLARIBI_TRY(read_words(words));
    // In the order of the table, so that --math finds the series of --event
    // wherever the two were typed.
    for (const SchemaFlag& flag : flags_) {
      for (const Word& word : words_) {
        if (word.name == flag.name) CLARIBI_TRY(apply(flag, word));
      }
    }
    return std::move(arguments_);
  }

 private:
  Result<void> read_words(const std::vector<std::string>& words) {
    for (size_t i = 0; i < words.size(); ++i) {
      const std::string& word = words[i];
      if (!is_flag(word)) {
        CLARIBI_TRY(set_pair(word));
        continue;
      }
      Word read = split_flag(word);
      CLARIBI_TRY_ASSIGN(const SchemaFlag* flag, find(read));
      const bool more = i + 1 < words.size() && !is_flag(words[i + 1]);
      if (!read.value && is_switch(*flag, more ? words[i + 1] : "")) {
        read.value = "true";
      } else if (!read.value && more) {
        read.value = words[++i];
      }
      if (!read.value) {
        return fail(ErrorKind::usage, read.flag + " needs a value",
                    {flag->help});
      }
      words_.push_back(std::move(read));
    }
    return {};
  }

  static Word split_flag(const std::string& word) {
    const size_t equals = word.find('=');
    Word read{word.substr(0, equals), word.substr(2, equals - 2), {}};
    if (equals == std::string::npos) {
      read.name = word.substr(2);
    } else {
      read.value = word.substr(equals + 1);
    }
    return read;
  }

  Result<const SchemaFlag*> find(Word& word) {
    const std::string other = kebab(known_argument(word.name));
    auto found = std::ranges::find(flags_, word.name, &SchemaFlag::name);
    if (found == flags_.end()) {
      found = std::ranges::find(flags_, other, &SchemaFlag::name);
      if (found != flags_.end()) word.name = found->name;
    }
    if (found != flags_.end()) return &*found;
    if (!vendor_.other_name(tool_.name, word.name).empty()) {
      flags_.push_back({.name = word.name, .argument = word.name});
      return &flags_.back();
    }
    std::vector<std::string> names;
    names.reserve(flags_.size());
    for (const SchemaFlag& flag : flags_)
      names.push_back("--" + flag.name);
    std::vector<std::string> hints;
    const auto alike = nearest(word.flag, names, 1);
    if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
    hints.push_back("see the flags: claribi tools " + tool_.name);
    return fail(ErrorKind::usage,
                fmt::format("{} has no flag '{}'", tool_.name,
                            escape_terminal_line(word.flag)),
                std::move(hints));
  }

  bool is_switch(const SchemaFlag& flag, std::string_view next) const {
    if (flag.shorthand != nullptr || next == "true" || next == "false") {
      return false;
    }
    return types_of(schema_of(flag)) == std::vector<std::string>{"boolean"};
  }

  const json::Value& schema_of(const SchemaFlag& flag) const {
    return tool_.input_schema["properties"][flag.argument];
  }

  Result<void> apply(const SchemaFlag& flag, const Word& word) {
    const std::string text = word.value.value_or("");
    if (flag.shorthand != nullptr) {
      return flag.shorthand->apply(text, arguments_);
    }
    CLARIBI_TRY_ASSIGN(auto value,
                       typed_value(word.flag, text, schema_of(flag)));
    arguments_.set(flag.argument, std::move(value));
    return {};
  }

  // key=value or key:=json.
  Result<void> set_pair(const std::string& word) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(ErrorKind::usage,
                  fmt::format("'{}' is neither a flag nor key=value",
                              escape_terminal_line(word)),
                  {"see the flags: claribi tools " + tool_.name});
    }
    const bool json = word[equals - 1] == ':';
    const std::string key =
        known_argument(word.substr(0, json ? equals - 1 : equals));
    const std::string text = word.substr(equals + 1);
    if (!json) {
      const json::Value& schema = tool_.input_schema["properties"][key];
      CLARIBI_TRY_ASSIGN(auto value, typed_value(key, text, schema));
      arguments_.set(key, std::move(value));
      return {};
    }
    auto value = json::parse(text);
    if (!value) {
      return fail(ErrorKind::usage,
                  fmt::format("{}:= is {}", escape_terminal_line(key),
                              value.error().message),
                  {"put the JSON in single quotes: 'limit:=5'"});
    }
    arguments_.set(key, std::move(*value));
    return {};
  }

  // The argument that is meant: as typed, or under the name that this server
  // has for it.
  [[nodiscard]] std::string known_argument(std::string_view typed) const {
    const json::Value& known = tool_.input_schema["properties"];
    const std::string_view other = vendor_.other_name(tool_.name, typed);
    const bool renamed = !known.has(typed) && known.has(other);
    return std::string(renamed ? other : typed);
  }

  const source::Vendor& vendor_;
  const mcp::Tool& tool_;
  std::vector<SchemaFlag> flags_;
  json::Value arguments_;
  std::vector<Word> words_;
};

}  // namespace

std::vector<SchemaFlag> schema_flags(const source::Vendor& vendor,
                                     const mcp::Tool& tool) {
  std::vector<SchemaFlag> flags;
  for (const source::Shorthand& row : vendor.shorthands(tool.name)) {
    flags.push_back({.name = std::string(row.name),
                     .type = std::string(row.value),
                     .help = std::string(row.help),
                     .shorthand = &row});
  }
  for (const json::Member& property :
       tool.input_schema["properties"].members()) {
    const std::string name = kebab(property.name);
    if (is_injected(vendor, property.name) ||
        std::ranges::find(flags, name, &SchemaFlag::name) != flags.end()) {
      continue;
    }
    flags.push_back({.name = name,
                     .argument = property.name,
                     .type = type_text(property.value),
                     .help = property.value["description"].text_or(""),
                     .required = is_required(tool, property.name)});
  }
  return flags;
}

Result<void> check_required(const source::Vendor& vendor, const mcp::Tool& tool,
                            const json::Value& arguments) {
  for (const json::Value& name : tool.input_schema["required"].items()) {
    const std::string argument = name.text_or("");
    if (is_injected(vendor, argument) || arguments.has(argument)) continue;
    return fail(ErrorKind::usage,
                fmt::format("{} needs --{}", tool.name,
                            flag_for(schema_flags(vendor, tool), argument)),
                {"see the flags: claribi tools " + tool.name});
  }
  return {};
}

Result<json::Value> call_arguments(const std::vector<std::string>& words,
                                   const source::Vendor& vendor,
                                   const mcp::Tool& tool, json::Value object) {
  return Builder(vendor, tool, std::move(object)).build(words);
}

}  // namespace claribi::cli
