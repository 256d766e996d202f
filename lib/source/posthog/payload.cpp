// SPDX-License-Identifier: MIT
#include "source/posthog/payload.hpp"

#include <array>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/posthog/toon.hpp"

namespace claribi::source::posthog {
namespace {

constexpr size_t note_width = 300;

std::string note_text(std::string_view text) {
  return fit_width(escape_terminal_line(text), note_width, true);
}

// A text, or an object that has one among its members, or its JSON.
std::string words_of(const json::Value& value) {
  if (auto text = value.string()) return note_text(*text);
  for (std::string_view name : {"notice", "message", "detail", "warning"}) {
    if (auto text = value[name].string()) return note_text(*text);
  }
  return note_text(json::compact(value));
}

void take_truncation(json::Value& value, Payload& payload) {
  if (!value.has("_truncated")) return;
  payload.truncated = true;
  payload.notes.push_back("PostHog shortened this result: " +
                          words_of(value.remove("_truncated")));
}

void take_warnings(json::Value& value, Payload& payload) {
  if (!value["warnings"].is_array()) return;
  const json::Value warnings = value.remove("warnings");
  for (const json::Value& warning : warnings.items()) {
    payload.notes.push_back("PostHog warns: " + words_of(warning));
  }
}

void take_ignored_keys(json::Value& value, Payload& payload) {
  if (!value.has("_ignoredKeys")) return;
  std::vector<std::string> names;
  const json::Value ignored = value.remove("_ignoredKeys");
  for (const json::Value& name : ignored.items()) {
    names.push_back(name.text_or("?"));
  }
  payload.notes.push_back(
      note_text("PostHog did not know and ignored: " + join(names, ", ")));
}

// A list may end in an element that only says that it was cut.
void take_cut_element(json::Value& list, Payload& payload) {
  if (!list.is_array() || list.size() == 0) return;
  json::Value& last = list.mutable_items().back();
  if (!last.has("_truncated") || last.size() != 1) return;
  take_truncation(last, payload);
  list.mutable_items().pop_back();
}

void clean(Payload& payload) {
  json::Value& value = payload.value;
  if (value.is_object()) {
    for (std::string_view name : {"_analytics", "_mcp_instructions",
                                  "_agentNote", "_ignoredKeysNote"}) {
      value.remove(name);
    }
    take_truncation(value, payload);
    take_warnings(value, payload);
    take_ignored_keys(value, payload);
    if (value["results"].is_array()) {
      take_cut_element(value.member("results"), payload);
    }
  } else {
    take_cut_element(value, payload);
  }
}

// The JSON inside of <tag informational="true" ...>JSON</tag>.
std::string_view unwrapped(std::string_view text) {
  const std::string_view trimmed = trim(text);
  if (!trimmed.starts_with('<')) return text;
  const size_t open = trimmed.find('>');
  if (open == std::string_view::npos) return text;
  if (!trimmed.substr(0, open).contains("informational=")) return text;
  const size_t close = trimmed.rfind("</");
  if (close == std::string_view::npos || close < open) return text;
  return trim(trimmed.substr(open + 1, close - open - 1));
}

// All text blocks but one that only names the conversation.
std::string text_of(const mcp::ToolResult& result) {
  mcp::ToolResult kept;
  for (const json::Value& block : result.content) {
    const auto parsed = json::parse(block["text"].text_or(""));
    if (parsed && parsed->has("conversation_id") && parsed->size() == 1) {
      continue;
    }
    kept.content.push_back(block);
  }
  return kept.text();
}

}  // namespace

Payload read_payload(const mcp::ToolResult& result) {
  if (result.structured.is_null()) return read_text(text_of(result));
  Payload payload{.value = result.structured};
  clean(payload);
  return payload;
}

Payload read_text(std::string_view text) {
  Payload payload;
  const std::string_view inner = unwrapped(text);
  if (auto parsed = json::parse(inner)) {
    // `exec call --json` puts a result that is a text into quotes.
    if (auto quoted = parsed->string()) {
      payload.text = *quoted;
      return payload;
    }
    payload.value = std::move(*parsed);
  } else if (auto toon = read_toon(inner);
             toon && (toon->value.is_object() || toon->value.is_array())) {
    payload.value = std::move(toon->value);
  }
  if (payload.value.is_null()) payload.text = text;
  clean(payload);
  return payload;
}

void add_notes(table::Table& table, const Payload& payload) {
  table.truncated |= payload.truncated;
  table.notes.insert(table.notes.end(), payload.notes.begin(),
                     payload.notes.end());
}

}  // namespace claribi::source::posthog
