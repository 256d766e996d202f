// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::demo {

struct PropertySpec {
  std::string name;
  std::string type = "String";  // String, Numeric, Boolean, DateTime
  std::vector<json::Value> values = {};
};

struct EventSpec {
  std::string name;
  double volume_30d = 0;
  std::string description = {};
  std::vector<PropertySpec> properties = {};
};

// The description of a project: its taxonomy and the objects around it. The
// file format is JSON with the members name, timezone, week_start, events,
// person_properties, feature_flags, cohorts, dashboards, insights, persons,
// error_issues, recordings, docs; all but name and events may be left out.
struct Project {
  std::string name;
  std::string description = {};
  Calendar calendar = {};
  std::vector<EventSpec> events = {};
  std::vector<PropertySpec> person_properties = {};
  // Objects as PostHog's REST API shows them, kept as they were written.
  json::Array flags = {};
  json::Array cohorts = {};
  json::Array dashboards = {};
  json::Array insights = {};
  json::Array persons = {};
  json::Array error_issues = {};
  json::Array recordings = {};
  json::Array docs = {};
};

// Fails (usage) naming the member that is wrong.
[[nodiscard]] Result<Project> read_project(const json::Value& description);

// The built-in file-sharing product.
Project default_project();

}  // namespace claribi::demo
