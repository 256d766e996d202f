// SPDX-License-Identifier: MIT
#include "demo/taxonomy.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "json/writer.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view exception_event = "$exception";
constexpr std::string_view flag_event = "$feature_flag_called";

std::string quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

Choice choice_of(const std::vector<json::Value>& values) {
  Choice choice;
  double sum = 0;
  for (const auto& value : values) {
    choice.texts.push_back(json::compact(value));
    sum += std::pow(static_cast<double>(choice.texts.size()), -0.8);
    choice.cumulative.push_back(sum);
  }
  return choice;
}

// These belong to a person's machine and place, not to the single event.
bool stays_with_person(std::string_view property) {
  return property == "$browser" || property == "$os" ||
         property == "$device_type" || property.starts_with("$geoip_");
}

Trait::Kind kind_of(const PropertySpec& spec) {
  if (spec.name == "email") return Trait::Kind::email;
  if (spec.name == "name") return Trait::Kind::name;
  if (spec.type == "DateTime") return Trait::Kind::created_at;
  return Trait::Kind::listed;
}

std::vector<Trait> traits_of(const Project& project) {
  std::vector<Trait> traits;
  const auto known = [&](const std::string& name) {
    return std::ranges::any_of(
        traits, [&](const Trait& trait) { return trait.name == name; });
  };
  for (const auto& spec : project.person_properties) {
    if (known(spec.name)) continue;
    traits.push_back({.name = spec.name,
                      .kind = kind_of(spec),
                      .choice = choice_of(spec.values)});
  }
  for (const auto& event : project.events) {
    for (const auto& spec : event.properties) {
      if (!stays_with_person(spec.name) || known(spec.name)) continue;
      traits.push_back({.name = spec.name, .choice = choice_of(spec.values)});
    }
  }
  for (const auto& event : project.events) {
    for (const auto& set : event.sets) {
      for (auto& trait : traits) {
        if (trait.name == set.name) trait.starts_with_first = true;
      }
    }
  }
  return traits;
}

std::optional<Field::Source> issue_source(std::string_view property) {
  if (property == "$exception_issue_id") return Field::Source::issue_id;
  if (property == "$exception_types") return Field::Source::issue_type;
  if (property == "$exception_values") return Field::Source::issue_text;
  return std::nullopt;
}

std::optional<Field::Source> flag_source(std::string_view property) {
  if (property == "$feature_flag") return Field::Source::flag_key;
  if (property == "$feature_flag_response") return Field::Source::flag_value;
  return std::nullopt;
}

std::optional<Field> field_of(const PropertySpec& spec, const EventPlan& plan,
                              const Taxonomy& taxonomy) {
  Field field{.key = quoted(spec.name) + ":",
              .choice = choice_of(spec.values),
              .is_url = spec.name == "$current_url"};
  const auto trait = taxonomy.trait_named(spec.name);
  const auto by = taxonomy.trait_named(spec.by);
  const auto of_issue = issue_source(spec.name);
  const auto of_flag = flag_source(spec.name);
  if (plan.has_issue && of_issue) {
    field.source = *of_issue;
  } else if (plan.has_flag && of_flag) {
    field.source = *of_flag;
  } else if (spec.name == "$session_id") {
    field.source = Field::Source::session;
  } else if (trait) {
    field.source = Field::Source::trait;
    field.trait = *trait;
  } else if (by && !field.choice.empty()) {
    field.source = Field::Source::by_trait;
    field.trait = *by;
  } else if (field.choice.empty() && spec.type == "Numeric") {
    field.source = Field::Source::number;
  } else if (field.choice.empty() && spec.type == "Boolean") {
    field.choice = choice_of({true, false});
  } else if (field.choice.empty()) {
    return std::nullopt;
  }
  return field;
}

EventPlan plan_of(const EventSpec& spec, const Project& project,
                  const Taxonomy& taxonomy) {
  const auto index = [&](const std::string& name) -> std::optional<size_t> {
    for (size_t i = 0; i < project.events.size(); ++i) {
      if (project.events[i].name == name) return i;
    }
    return std::nullopt;
  };
  EventPlan plan{
      .name = spec.name,
      .needs = index(spec.needs),
      .until = index(spec.until),
      .share = spec.share,
      .every_days = spec.every_days,
      .has_issue = spec.name == exception_event && !taxonomy.issues.empty(),
      .has_flag = spec.name == flag_event && !taxonomy.flags.empty()};
  for (const auto& property : spec.properties) {
    auto field = field_of(property, plan, taxonomy);
    if (field) plan.fields.push_back(std::move(*field));
  }
  // An issue is found again by its id, listed or not.
  if (plan.has_issue &&
      std::ranges::none_of(plan.fields, [](const Field& field) {
        return field.source == Field::Source::issue_id;
      })) {
    plan.fields.push_back(
        {.key = "\"$exception_issue_id\":", .source = Field::Source::issue_id});
  }
  for (const auto& set : spec.sets) {
    const auto trait = taxonomy.trait_named(set.name);
    if (trait && !set.values.empty()) {
      plan.sets.push_back({.trait = *trait, .choice = choice_of(set.values)});
    }
  }
  return plan;
}

void add_weights(Taxonomy& taxonomy, const Project& project,
                 double per_30_days) {
  double total = 0;
  for (const auto& event : project.events)
    total += event.volume_30d;
  const double scale = total > 0 ? per_30_days / total : 1;
  double sum = 0;
  double best = -1;
  for (size_t i = 0; i < project.events.size(); ++i) {
    const auto& spec = project.events[i];
    if (spec.every_days > 0) {
      taxonomy.repeating.push_back(i);
    } else if (spec.share > 0) {
      taxonomy.once.push_back(i);
    } else if (spec.volume_30d > 0) {
      const double few = std::min(15.0, spec.volume_30d);
      sum += std::max(spec.volume_30d * scale, few);
      taxonomy.drawn.push_back(i);
      taxonomy.weights.push_back(sum);
      if (spec.needs.empty() && spec.volume_30d > best) {
        best = spec.volume_30d;
        taxonomy.fallback = i;
      }
    }
  }
}

std::vector<FlagPlan> flags_of(const Project& project,
                               const Taxonomy& taxonomy) {
  std::vector<std::string> traits;
  for (const auto& trait : taxonomy.traits)
    traits.push_back(trait.name);
  std::vector<std::string> events;
  for (const auto& event : project.events)
    events.push_back(event.name);
  return compile_flags(project.flags, traits, events);
}

Issue issue_of(const json::Value& object, size_t place, const Window& window) {
  Issue issue{.id = quoted(object["id"].text_or("")),
              .name = quoted(object["name"].text_or("Error")),
              .text = quoted(object["description"].text_or("")),
              .span = window};
  issue.weight = object["weight"].number().value_or(
      object["occurrences_7d"].number().value_or(
          10.0 / static_cast<double>(place + 1)));
  // Days count from the day of "now", which is two before the end.
  const auto days_ago = [&](std::string_view member) {
    const auto days = object[member].integer();
    return days ? std::optional(window.to - std::chrono::days(2 + *days))
                : std::nullopt;
  };
  const auto date = [&](std::string_view member) -> std::optional<Instant> {
    const auto at = parse_instant(object[member].text_or(""));
    return at ? std::optional(*at) : std::nullopt;
  };
  const auto first = days_ago("first_seen_days_ago");
  issue.span.from = std::max(
      window.from, first.value_or(date("first_seen").value_or(window.from)));
  const auto last = days_ago("last_seen_days_ago");
  if (last) {
    issue.span.to = *last;
  } else if (object["status"].text_or("") == "resolved") {
    issue.span.to = date("last_seen").value_or(window.to);
  }
  return issue;
}

}  // namespace

Window data_window(int days, Instant now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  return {.from = today - std::chrono::days(days),
          .to = today + std::chrono::days(2)};
}

std::optional<size_t> Taxonomy::event_named(std::string_view name) const {
  for (size_t i = 0; i < events.size(); ++i) {
    if (events[i].name == name) return i;
  }
  return std::nullopt;
}

std::optional<size_t> Taxonomy::trait_named(std::string_view name) const {
  for (size_t i = 0; i < traits.size(); ++i) {
    if (traits[i].name == name) return i;
  }
  return std::nullopt;
}

Taxonomy compile_taxonomy(const Project& project, const Window& window,
                          double per_30_days) {
  Taxonomy taxonomy;
  taxonomy.traits = traits_of(project);
  const auto issues = error_issues_of(project);
  for (size_t i = 0; i < issues.size(); ++i) {
    taxonomy.issues.push_back(issue_of(issues[i], i, window));
  }
  taxonomy.flags = flags_of(project, taxonomy);
  for (const auto& spec : project.events) {
    taxonomy.events.push_back(plan_of(spec, project, taxonomy));
  }
  add_weights(taxonomy, project, per_30_days);
  return taxonomy;
}

json::Array error_issues_of(const Project& project) {
  if (!project.error_issues.empty()) return project.error_issues;
  json::Array issues;
  for (const auto& event : project.events) {
    if (event.name != exception_event) continue;
    const auto values = [&](std::string_view name) {
      for (const auto& property : event.properties) {
        if (property.name == name) return property.values;
      }
      return std::vector<json::Value>();
    };
    const auto types = values("$exception_types");
    const auto texts = values("$exception_values");
    for (size_t i = 0; i < types.size(); ++i) {
      json::Value issue;
      issue.set("id", fmt::format("0192e000-0000-7000-8000-{:012}", i + 1));
      issue.set("name", types[i]);
      issue.set("description", i < texts.size() ? texts[i] : json::Value(""));
      issue.set("status", "active");
      issues.push_back(std::move(issue));
    }
  }
  return issues;
}

}  // namespace claribi::demo
