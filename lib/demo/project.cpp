// SPDX-License-Identifier: MIT
#include "demo/project.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/result.hpp"

namespace claribi::demo {

namespace {

std::unexpected<Error> wrong(const std::string& member,
                             std::string_view problem) {
  return fail(ErrorKind::usage,
              "project description: " + member + " " + std::string(problem));
}

std::string place(std::string_view list, size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

[[nodiscard]] Result<std::string> read_name(const json::Value& object,
                                            const std::string& where) {
  const auto name = object["name"].string();
  if (!name || name->empty()) return wrong(where + ".name", "must be a text");
  return std::string(*name);
}

// An optional member that is a text.
[[nodiscard]] Result<std::string> read_text(const json::Value& object,
                                            const std::string& where,
                                            std::string_view member) {
  const auto& value = object[member];
  if (value.is_null()) return std::string();
  const auto text = value.string();
  if (!text) {
    return wrong(where + "." + std::string(member), "must be a text");
  }
  return std::string(*text);
}

// An optional member that is a number from 0 up.
[[nodiscard]] Result<double> read_amount(const json::Value& object,
                                         const std::string& where,
                                         std::string_view member) {
  const auto& value = object[member];
  if (value.is_null()) return 0.0;
  const auto number = value.number();
  if (!number || !std::isfinite(*number) || *number < 0) {
    return wrong(where + "." + std::string(member),
                 "must be a number from 0 up");
  }
  return *number;
}

// An optional member that is an array of objects.
[[nodiscard]] Result<json::Array> read_objects(const json::Value& object,
                                               std::string_view member) {
  const auto& value = object[member];
  if (value.is_null()) return json::Array();
  if (!value.is_array()) return wrong(std::string(member), "must be an array");
  for (size_t i = 0; i < value.size(); ++i) {
    if (!value.at(i).is_object()) {
      return wrong(place(member, i), "must be an object");
    }
  }
  return value.items();
}

[[nodiscard]] Result<std::vector<PropertySpec>> read_properties(
    const json::Value& value, const std::string& where) {
  std::vector<PropertySpec> properties;
  if (value.is_null()) return properties;
  if (!value.is_array()) return wrong(where, "must be an array");
  for (size_t i = 0; i < value.size(); ++i) {
    const std::string here = place(where, i);
    const auto& entry = value.at(i);
    if (!entry.is_object()) return wrong(here, "must be an object");
    PropertySpec spec;
    CLARIBI_TRY_ASSIGN(spec.name, read_name(entry, here));
    CLARIBI_TRY_ASSIGN(spec.by, read_text(entry, here, "by"));
    spec.type = entry["type"].text_or("String");
    static const std::set<std::string, std::less<>> types = {
        "String", "Numeric", "Boolean", "DateTime"};
    if (!types.contains(spec.type)) {
      return wrong(here + ".type",
                   "must be String, Numeric, Boolean or DateTime");
    }
    if (entry.has("values") && !entry["values"].is_array()) {
      return wrong(here + ".values", "must be an array");
    }
    spec.values = entry["values"].items();
    properties.push_back(std::move(spec));
  }
  return properties;
}

[[nodiscard]] Result<EventSpec> read_event(const json::Value& entry,
                                           const std::string& where) {
  if (!entry.is_object()) return wrong(where, "must be an object");
  EventSpec event;
  CLARIBI_TRY_ASSIGN(event.name, read_name(entry, where));
  CLARIBI_TRY_ASSIGN(event.volume_30d, read_amount(entry, where, "volume_30d"));
  CLARIBI_TRY_ASSIGN(event.description, read_text(entry, where, "description"));
  CLARIBI_TRY_ASSIGN(event.needs, read_text(entry, where, "needs"));
  CLARIBI_TRY_ASSIGN(event.until, read_text(entry, where, "until"));
  CLARIBI_TRY_ASSIGN(event.share, read_amount(entry, where, "share"));
  if (event.share > 1) return wrong(where + ".share", "must be at most 1");
  CLARIBI_TRY_ASSIGN(const double every,
                     read_amount(entry, where, "every_days"));
  if (every > 1000) return wrong(where + ".every_days", "must be at most 1000");
  event.every_days = static_cast<int>(every);
  CLARIBI_TRY_ASSIGN(event.properties, read_properties(entry["properties"],
                                                       where + ".properties"));
  CLARIBI_TRY_ASSIGN(event.sets,
                     read_properties(entry["sets"], where + ".sets"));
  return event;
}

[[nodiscard]] Result<std::vector<EventSpec>> read_events(
    const json::Value& value) {
  if (!value.is_array() || value.size() == 0) {
    return wrong("events", "must be an array with at least one event");
  }
  std::vector<EventSpec> events;
  std::set<std::string, std::less<>> names;
  for (size_t i = 0; i < value.size(); ++i) {
    CLARIBI_TRY_ASSIGN(auto event, read_event(value.at(i), place("events", i)));
    if (!names.insert(event.name).second) {
      return wrong(place("events", i) + ".name", "occurs twice");
    }
    events.push_back(std::move(event));
  }
  for (size_t i = 0; i < events.size(); ++i) {
    for (const auto& other : {events[i].needs, events[i].until}) {
      if (!other.empty() && !names.contains(other)) {
        return wrong(place("events", i),
                     "depends on '" + other + "', which is no event");
      }
    }
  }
  if (std::ranges::none_of(events, [](const EventSpec& event) {
        return event.volume_30d > 0 && event.needs.empty() &&
               event.share == 0 && event.every_days == 0;
      })) {
    return wrong("events",
                 "must have one with a volume_30d that needs no other");
  }
  return events;
}

[[nodiscard]] Result<Calendar> read_calendar(const json::Value& description) {
  Calendar calendar;
  CLARIBI_TRY_ASSIGN(const auto zone, read_text(description, "", "timezone"));
  if (!zone.empty()) {
    CLARIBI_TRY_ASSIGN(calendar.zone, TimeZone::named(zone));
  }
  CLARIBI_TRY_ASSIGN(const auto start,
                     read_text(description, "", "week_start"));
  if (!start.empty() && start != "monday" && start != "sunday") {
    return wrong("week_start", "must be monday or sunday");
  }
  calendar.weeks_start_on_sunday = start == "sunday";
  return calendar;
}

// Persons are told apart by their ids, so none may occur twice.
[[nodiscard]] Result<void> check_persons(const json::Array& persons) {
  std::set<std::string, std::less<>> seen;
  for (size_t i = 0; i < persons.size(); ++i) {
    const std::string here = place("persons", i);
    CLARIBI_TRY_ASSIGN(const auto id, read_text(persons[i], here, "id"));
    if (!id.empty() && !seen.insert(id).second) {
      return wrong(here + ".id", "occurs twice");
    }
    for (const auto& distinct_id : persons[i]["distinct_ids"].items()) {
      if (distinct_id.text_or("").empty()) {
        return wrong(here + ".distinct_ids", "must be texts");
      }
      if (!seen.insert(distinct_id.text_or("")).second) {
        return wrong(here + ".distinct_ids", "occurs twice");
      }
    }
  }
  return {};
}

json::Value describe_properties(const std::vector<PropertySpec>& properties) {
  json::Array entries;
  for (const auto& property : properties) {
    json::Value entry;
    entry.set("name", property.name).set("type", property.type);
    entry.set("values", property.values);
    if (!property.by.empty()) entry.set("by", property.by);
    entries.push_back(std::move(entry));
  }
  return entries;
}

json::Value describe_event(const EventSpec& event) {
  json::Value entry;
  entry.set("name", event.name).set("volume_30d", event.volume_30d);
  entry.set("description", event.description);
  entry.set("properties", describe_properties(event.properties));
  if (!event.needs.empty()) entry.set("needs", event.needs);
  if (event.share > 0) entry.set("share", event.share);
  if (event.every_days > 0) entry.set("every_days", event.every_days);
  if (!event.until.empty()) entry.set("until", event.until);
  if (!event.sets.empty()) entry.set("sets", describe_properties(event.sets));
  return entry;
}

}  // namespace

Result<Project> read_project(const json::Value& description) {
  if (!description.is_object()) {
    return fail(ErrorKind::usage, "project description: must be an object");
  }
  Project project;
  const auto name = description["name"].string();
  if (!name || name->empty()) return wrong("name", "must be a text");
  project.name = *name;
  project.description = description["description"].text_or("");
  CLARIBI_TRY_ASSIGN(project.calendar, read_calendar(description));
  CLARIBI_TRY_ASSIGN(project.events, read_events(description["events"]));
  CLARIBI_TRY_ASSIGN(
      project.person_properties,
      read_properties(description["person_properties"], "person_properties"));
  CLARIBI_TRY_ASSIGN(project.flags, read_objects(description, "feature_flags"));
  CLARIBI_TRY_ASSIGN(project.cohorts, read_objects(description, "cohorts"));
  CLARIBI_TRY_ASSIGN(project.dashboards,
                     read_objects(description, "dashboards"));
  CLARIBI_TRY_ASSIGN(project.insights, read_objects(description, "insights"));
  CLARIBI_TRY_ASSIGN(project.persons, read_objects(description, "persons"));
  CLARIBI_TRY(check_persons(project.persons));
  CLARIBI_TRY_ASSIGN(project.error_issues,
                     read_objects(description, "error_issues"));
  CLARIBI_TRY_ASSIGN(project.recordings,
                     read_objects(description, "recordings"));
  CLARIBI_TRY_ASSIGN(project.docs, read_objects(description, "docs"));
  CLARIBI_TRY_ASSIGN(project.test_account_filters,
                     read_objects(description, "test_account_filters"));
  return project;
}

json::Value describe(const Project& project) {
  json::Array events;
  for (const auto& event : project.events) {
    events.push_back(describe_event(event));
  }
  json::Value description;
  description.set("name", project.name);
  description.set("description", project.description);
  description.set("timezone", project.calendar.zone.name());
  description.set("week_start",
                  project.calendar.weeks_start_on_sunday ? "sunday" : "monday");
  description.set("events", std::move(events));
  description.set("person_properties",
                  describe_properties(project.person_properties));
  description.set("feature_flags", project.flags);
  description.set("cohorts", project.cohorts);
  description.set("dashboards", project.dashboards);
  description.set("insights", project.insights);
  description.set("persons", project.persons);
  description.set("error_issues", project.error_issues);
  description.set("recordings", project.recordings);
  description.set("docs", project.docs);
  description.set("test_account_filters", project.test_account_filters);
  return description;
}

const json::Value& find_object(const json::Array& objects,
                               std::string_view member, std::string_view text) {
  static const json::Value none;
  const auto found =
      std::ranges::find_if(objects, [&](const json::Value& object) {
        const auto& value = object[member];
        return value.is_string() ? *value.string() == text
                                 : value.number_text() == text;
      });
  return found == objects.end() ? none : *found;
}

}  // namespace claribi::demo
