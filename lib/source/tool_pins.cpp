// SPDX-License-Identifier: MIT
#include "source/tool_pins.hpp"

#include <array>
#include <utility>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::source {
namespace {

constexpr int file_version = 1;
constexpr std::array<std::string_view, 6> fields{"name",         "title",
                                                 "description",  "inputSchema",
                                                 "outputSchema", "annotations"};

// The schema without the arguments that the server adds by itself.
json::Value without(json::Value schema,
                    std::span<const std::string_view> injected) {
  if (!schema.is_object()) return schema;
  for (std::string_view name : injected) {
    if (schema["properties"].is_object()) {
      schema.member("properties").remove(name);
    }
    if (!schema["required"].is_array()) continue;
    std::erase_if(schema.member("required").mutable_items(),
                  [&](const json::Value& one) { return one.string() == name; });
  }
  return schema;
}

}  // namespace

ToolPin pin_of(std::string_view endpoint, const mcp::Tool& tool,
               std::span<const std::string_view> injected) {
  ToolPin pin;
  for (std::string_view field : fields) {
    json::Value value = tool.definition[field];
    if (field == "inputSchema") value = without(std::move(value), injected);
    json::Value said;
    said.set("endpoint", endpoint).set("field", field);
    said.set("value", std::move(value));
    pin.emplace(field, blake2b_256_hex(json::canonical(said)));
  }
  return pin;
}

std::vector<std::string> changed_fields(const ToolPin& pinned,
                                        const ToolPin& found) {
  std::vector<std::string> changed;
  for (std::string_view field : fields) {
    const auto before = pinned.find(field);
    const auto now = found.find(field);
    const bool same = before != pinned.end() && now != found.end() &&
                      before->second == now->second;
    if (!same) changed.emplace_back(field);
  }
  return changed;
}

std::string pins_text(const ToolPins& pins) {
  json::Value endpoints = json::Object{};
  for (const auto& [endpoint, tools] : pins) {
    json::Value listed = json::Object{};
    for (const auto& [name, pin] : tools) {
      json::Value entry = json::Object{};
      for (const auto& [field, hash] : pin)
        entry.set(field, hash);
      listed.set(name, std::move(entry));
    }
    endpoints.set(endpoint, std::move(listed));
  }
  json::Value document;
  document.set("version", file_version);
  document.set("endpoints", std::move(endpoints));
  return json::pretty(document);
}

Result<ToolPins> read_pins(std::string_view text) {
  CLARIBI_TRY_ASSIGN(const json::Value document, json::parse(text));
  if (document["version"].integer() != file_version ||
      !document["endpoints"].is_object()) {
    return fail(ErrorKind::protocol, "not a list of pins");
  }
  ToolPins pins;
  for (const json::Member& endpoint : document["endpoints"].members()) {
    for (const json::Member& tool : endpoint.value.members()) {
      ToolPin& pin = pins[endpoint.name][tool.name];
      for (const json::Member& field : tool.value.members())
        pin.emplace(field.name, field.value.text_or(""));
    }
  }
  return pins;
}

}  // namespace claribi::source
