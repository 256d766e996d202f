// SPDX-License-Identifier: MIT
#include "plan/slots.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/ask_command.hpp"

namespace claribi::plan {
namespace {

constexpr size_t most_readings = 3;

std::string replaced(const Question& question, Span span,
                     std::string_view name) {
  const Token& first = question.tokens[span.begin];
  const Token& last = question.tokens[span.end - 1];
  std::string text = question.text;
  text.replace(first.at, last.at + last.length - first.at, in_question(name));
  return text;
}

// "an event with 1,820 in 30 days"
std::string of_kind(const NameKind& kind, const Name& name) {
  const bool vowel = std::string_view("aeiou").contains(kind.word.front());
  std::string words = fmt::format("{} {}", vowel ? "an" : "a", kind.word);
  if (name.volume == 0) return words;
  return fmt::format("{} with {} in 30 days", words,
                     group_digits(std::to_string(name.volume)));
}

// An alias of a name that the project does not have leads nowhere.
void add_aliases(Name& name, const source::Schema& schema) {
  for (const auto& alias : schema.aliases) {
    if (alias.name == name.raw) add_alias(name, alias.words);
  }
}

}  // namespace

const NameKind event_kind{"event", "events", "Which events do we track?"};
const NameKind property_kind{"property", "properties",
                             "What event properties can I query?"};
const NameKind flag_kind{"flag", "feature flags", "List feature flags"};
const NameKind cohort_kind{"cohort", "cohorts", "List cohorts"};
const NameKind dashboard_kind{"dashboard", "dashboards",
                              "What dashboards exist?"};

void assume(Plan& plan, std::string_view slot, std::string value,
            std::string why, double score) {
  plan.assumptions.push_back({.slot = std::string(slot),
                              .value = std::move(value),
                              .why = std::move(why),
                              .score = score});
}

void default_time(Plan& plan, Unit unit, int count) {
  if (plan.time.kind != TimeRange::Kind::unsaid) return;
  plan.time = {.kind = TimeRange::Kind::rolling, .unit = unit, .count = count};
  assume(plan, "period", fmt::format("last {} {}s", count, unit_name(unit)),
         "no period was named");
}

std::vector<Name> event_names(const source::Schema& schema) {
  std::vector<Name> names;
  names.reserve(schema.events.size());
  for (size_t i = 0; i < schema.events.size(); ++i) {
    names.push_back(
        make_name(schema.events[i].name, i, schema.events[i].volume));
    add_aliases(names.back(), schema);
  }
  return names;
}

std::vector<std::string> example_events(const source::Schema& schema) {
  std::vector<std::string> own;
  std::vector<std::string> all;
  for (const auto& event : schema.events) {
    all.push_back(event.name);
    if (!event.name.starts_with('$')) own.push_back(event.name);
  }
  return own.empty() ? all : own;
}

std::vector<Name> property_names(const source::Schema& schema) {
  std::vector<Name> names;
  // A property of the event wins over one of the person of the same name.
  for (const auto owner :
       {source::PropertyOwner::event, source::PropertyOwner::person,
        source::PropertyOwner::session}) {
    for (size_t i = 0; i < schema.properties.size(); ++i) {
      const auto& property = schema.properties[i];
      const bool known = std::ranges::any_of(
          names, [&](const Name& name) { return name.raw == property.name; });
      if (property.owner == owner && !known) {
        names.push_back(make_name(property.name, i));
        add_aliases(names.back(), schema);
      }
    }
  }
  return names;
}

std::vector<Name> object_names(
    const std::vector<source::NamedObject>& objects) {
  std::vector<Name> names;
  for (size_t i = 0; i < objects.size(); ++i) {
    const auto& object = objects[i];
    if (!object.name.empty()) names.push_back(make_name(object.name, i));
    if (!object.key.empty() && object.key != object.name) {
      names.push_back(make_name(object.key, i));
    }
  }
  return names;
}

Result<std::optional<Name>> take_name(Question& question,
                                      const std::vector<Name>& names,
                                      const NameKind& kind, Plan& plan,
                                      Span within) {
  const auto link = find_name(question, names, within);
  if (!link || link->verdict == Verdict::none) return std::nullopt;
  if (link->verdict == Verdict::ambiguous) {
    return several(question, *link, names, kind);
  }
  // "Teleport feature" is no event that happens to have "feature" in its name.
  if (&kind == &event_kind && link->verdict == Verdict::doubtful &&
      has_unread_neighbour(question, link->span)) {
    return std::nullopt;
  }
  const Name& name = names[link->best()];
  const std::string words = text_of(question, link->span);
  take(question, link->span);
  if (link->score() < folded_score || link->score() == alias_score) {
    assume(
        plan, kind.word, name.raw,
        fmt::format("'{}' reads as {}{}", words, of_kind(kind, name),
                    link->verdict == Verdict::doubtful ? ", not surely" : ""),
        link->score());
  }
  return name;
}

std::unexpected<Error> no_such(const NameKind& kind, std::string_view words,
                               const std::vector<Name>& names) {
  const std::string all = fmt::format("see all {}: {}", kind.plural,
                                      ask_command(kind.list_question));
  if (names.empty()) {
    return fail(ErrorKind::not_answerable,
                fmt::format("the project has no {}", kind.plural), {all},
                {.slot = std::string(kind.word),
                 .reason = fmt::format("no_such_{}", kind.word)});
  }
  Unsettled unsettled{.slot = std::string(kind.word),
                      .reason = fmt::format("no_such_{}", kind.word)};
  std::vector<std::string> near;
  for (const auto& hit : score_names(words, names)) {
    if (near.size() == most_readings) break;
    const std::string text = with_volume(names[hit.name]);
    if (std::ranges::find(near, text) != near.end()) continue;
    near.push_back(text);
    unsettled.candidates.push_back(names[hit.name].raw);
  }
  return fail(
      ErrorKind::not_answerable,
      fmt::format("no {} like '{}'", kind.word, words),
      {fmt::format("the nearest {}: {}", kind.plural, join(near, ", ")), all},
      std::move(unsettled));
}

std::unexpected<Error> several(const Question& question, const Link& link,
                               const std::vector<Name>& names,
                               const NameKind& kind) {
  std::vector<std::string> meant;
  std::vector<std::string> readings;
  std::vector<std::string> candidates;
  for (const auto& hit : link.hits) {
    const bool near = hit.score > link.score() - margin;
    if (!near || meant.size() == most_readings) break;
    const Name& name = names[hit.name];
    meant.push_back(with_volume(name));
    readings.push_back(replaced(question, link.span, name.raw));
    candidates.push_back(name.raw);
  }
  auto error = unclear(
      fmt::format("'{}' can mean several {}: {}", text_of(question, link.span),
                  kind.plural, join(meant, ", ")),
      readings, kind.word);
  error.error().unsettled.reason = "ambiguous";
  error.error().unsettled.candidates = std::move(candidates);
  return error;
}

std::unexpected<Error> unclear(std::string message,
                               const std::vector<std::string>& readings,
                               std::string_view slot) {
  std::vector<std::string> offered;
  std::vector<std::string> commands;
  for (const auto& reading : readings) {
    if (offered.size() == most_readings) break;
    offered.push_back(reading);
    commands.push_back(ask_command(reading));
  }
  return fail(ErrorKind::needs_clarification, std::move(message), commands,
              {.slot = std::string(slot),
               .reason = "unsaid",
               .candidates = std::move(offered),
               .readings = commands});
}

Result<void> take_object(Question& question,
                         const std::vector<source::NamedObject>& objects,
                         const NameKind& kind, Plan& plan) {
  const auto names = object_names(objects);
  if (names.empty()) return no_such(kind, "", names);
  CLARIBI_TRY_ASSIGN(const auto found,
                     take_name(question, names, kind, plan, whole(question)));
  if (!found) {
    const Span span = unread(question, whole(question));
    if (span.size() > 0) return no_such(kind, text_of(question, span), names);
    std::vector<std::string> readings;
    readings.reserve(names.size());
    for (const auto& name : names) {
      readings.push_back(
          fmt::format("Show me the {} {}", in_question(name.raw), kind.word));
    }
    return unclear(fmt::format("which {} is meant was not said", kind.word),
                   readings);
  }
  const auto& object = objects[found->owner];
  plan.object =
      ObjectRef{.kind = std::string(kind.word),
                .id = object.id,
                .name = object.key.empty() ? object.name : object.key};
  return {};
}

void admit_unread(Question& question, Plan& plan) {
  std::vector<std::string> words;
  for (Span span = unread(question, whole(question)); span.size() > 0;
       span = unread(question, whole(question))) {
    words.push_back(text_of(question, span));
    take(question, span);
  }
  if (words.empty()) return;
  assume(plan, "left out", join(words, ", "),
         "these words name nothing in the project", 0.5);
}

std::string in_question(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '$';
  });
  if (plain && !name.empty()) return std::string(name);
  return fmt::format("'{}'", name);
}

std::string with_volume(const Name& name) {
  if (name.volume == 0) return name.raw;
  return fmt::format("{} ({} in 30 days)", name.raw,
                     group_digits(std::to_string(name.volume)));
}

std::optional<int> take_count_after(Question& question,
                                    std::string_view words) {
  const auto span = find_words(question, words);
  if (!span || span->end >= question.tokens.size()) return std::nullopt;
  Token& token = question.tokens[span->end];
  const auto count = token.used ? std::nullopt : count_in(token);
  if (!count || *count == 0) return std::nullopt;
  take(question, {span->begin, span->end + 1});
  return count;
}

}  // namespace claribi::plan
