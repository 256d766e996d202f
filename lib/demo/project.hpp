// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::demo {

struct PropertySpec {
  std::string name;
  std::string type = "String";  // String, Numeric, Boolean, DateTime
  // What it may be, most frequent first.
  std::vector<json::Value> values = {};
  // The person property whose value decides: its n-th value gives our n-th.
  // Empty for none.
  std::string by = {};
};

// An event takes part in a session as often as its volume says, unless one of
// the optional members tells when in a person's life it happens.
struct EventSpec {
  std::string name;
  double volume_30d = 0;
  std::string description = {};
  std::vector<PropertySpec> properties = {};
  // Only after that event happened to the person. Empty for none.
  std::string needs = {};
  // Above 0: once in a life, for that share of those who can.
  double share = 0;
  // Above 0: on its own every so many days after `needs`, until the event
  // `until` (empty for none) happens.
  int every_days = 0;
  std::string until = {};
  // Person properties that the event changes, to one of the values. Such a
  // property starts with the first value that person_properties lists.
  std::vector<PropertySpec> sets = {};
};

// The description of a project: its taxonomy and the objects around it. The
// file format is JSON with the members name, description, timezone,
// week_start (monday, sunday), events, person_properties, feature_flags,
// cohorts, dashboards, insights, persons, error_issues, recordings, docs,
// test_account_filters (property filters that leave test accounts out); all
// but name and events may be left out. Members that are not known are ignored.
//
// A flag may have `helps`: {"event", "share"}: that share of the people for
// whom it is off never comes to the event.
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
  json::Array test_account_filters = {};
};

// Fails (usage) naming the member that is wrong.
[[nodiscard]] Result<Project> read_project(const json::Value& description);

// The description that read_project() reads as this project.
json::Value describe(const Project& project);

// The built-in file-sharing product.
Project default_project();

// The object of that name in a list of the project, or null if there is none;
// `member` names what identifies it ("id", "key", "short_id").
const json::Value& find_object(const json::Array& objects,
                               std::string_view member, std::string_view text);

}  // namespace claribi::demo
