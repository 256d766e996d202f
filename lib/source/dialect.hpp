// SPDX-License-Identifier: MIT
// What planning may know of a connected source: its tools and its names. Plain
// values; nothing here opens a connection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::source {

// A tools/call to be.
struct ToolCall {
  std::string tool;
  json::Value arguments = json::Object{};
};

// A canonical call in the words of the connected server.
struct Translation {
  ToolCall call;
  std::string note = {};  // What was changed, for stderr; empty if nothing.
};

struct OfferedTool {
  std::string name;
  std::vector<std::string> arguments = {};  // Of the top level.
  // Whether the server has said which arguments there are.
  bool described = true;

  [[nodiscard]] bool takes(std::string_view argument) const;
};

// The tools that the connected server offers and how a canonical call is put
// into its words.
struct Dialect {
  std::vector<OfferedTool> tools = {};
  Result<Translation> (*translate)(const ToolCall& canonical,
                                   const Dialect& dialect) = nullptr;

  // Null if the server does not offer that tool.
  [[nodiscard]] const OfferedTool* find(std::string_view tool) const;
  [[nodiscard]] bool offers(std::string_view tool) const;
};

struct EventInfo {
  std::string name;
  int64_t volume = 0;  // In the last 30 days.
  // Its own properties, as far as they were asked for.
  std::vector<std::string> properties = {};
};

enum class PropertyOwner { event, person, session };

struct PropertyInfo {
  std::string name;
  PropertyOwner owner = PropertyOwner::event;
  std::string type = "String";  // "String", "Numeric", "Boolean", "DateTime"
};

// A value that some property has on some events.
struct ValueInfo {
  std::string value;  // As it is stored.
  std::string property;
  PropertyOwner owner = PropertyOwner::event;
  std::vector<std::string> events = {};
};

// A flag, cohort, dashboard or insight: something with an id that people call
// by name.
struct NamedObject {
  std::string id;
  std::string name;
  std::string key = {};  // Of a flag.
};

// Which parts of the schema a question needs. Each costs a call.
struct SchemaNeeds {
  bool events = false;
  bool properties = false;
  bool flags = false;
  bool cohorts = false;
  bool dashboards = false;
  bool insights = false;
};

// What the user calls an event or a property.
struct NameAlias {
  std::string words;
  std::string name;
};

// The names of a project, as far as they were asked for.
struct Schema {
  std::vector<EventInfo> events = {};  // Most frequent first.
  std::vector<PropertyInfo> properties = {};
  // Whether the events list their properties.
  bool properties_by_event = false;
  // Only those that were looked up.
  std::vector<ValueInfo> values = {};
  std::vector<NamedObject> flags = {};
  std::vector<NamedObject> cohorts = {};
  std::vector<NamedObject> dashboards = {};
  std::vector<NamedObject> insights = {};  // The ids are the short ones.
  std::vector<NameAlias> aliases = {};
};

}  // namespace claribi::source
