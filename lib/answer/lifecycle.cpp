// SPDX-License-Identifier: MIT
// Facts and sentences of a lifecycle. Each status counts people per bucket, and
// people of different buckets may be the same ones: they are averaged, not
// added up.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "answer/buckets.hpp"
#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

constexpr std::array<std::string_view, 4> statuses{"new", "returning",
                                                   "resurrecting", "dormant"};

const Line* line_named(const Lines& lines, std::string_view status) {
  const auto found = std::ranges::find(lines.lines, status, &Line::series);
  return found == lines.lines.end() ? nullptr : &*found;
}

Amount absolute(Amount amount) {
  return amount < Amount{} ? Amount{} - amount : amount;
}

Fact people(std::string name, Ratio value, std::string about) {
  Fact fact = quantity(std::move(name), value, "people", std::move(about));
  fact.text = average_text(value);
  return fact;
}

std::string name_of(std::string_view what, std::string_view status) {
  return fmt::format("{}_{}", what, status);
}

void add_averages(Facts& facts, const Lines& lines) {
  for (std::string_view status : statuses) {
    const Line* line = line_named(lines, status);
    if (!line) continue;
    const auto complete = complete_buckets(*line);
    if (complete.empty()) continue;
    facts.push_back(people(name_of("average", status),
                           mean(absolute(sum(complete)), complete.size()),
                           std::string(status)));
  }
}

void add_so_far(Facts& facts, const Lines& lines) {
  for (std::string_view status : statuses) {
    const Line* line = line_named(lines, status);
    // Until a bucket is over, whoever did not come yet counts as dormant.
    if (!line || status == "dormant") continue;
    for (const Bucket& bucket : line->buckets) {
      if (!bucket.partial || !bucket.value) continue;
      facts.push_back(people(name_of("so_far", status), exactly(*bucket.value),
                             bucket.name));
      break;
    }
  }
}

Amount value_at(const Line* line, LocalTime start) {
  if (line == nullptr) return {};
  const auto found = std::ranges::find(line->buckets, start, &Bucket::start);
  return found == line->buckets.end() ? Amount{} : found->amount();
}

// In how many complete buckets more people came (back) than went.
void add_gains(Facts& facts, const Lines& lines) {
  const Line* dormant = line_named(lines, "dormant");
  if (!dormant || !line_named(lines, "new")) return;
  size_t gains = 0;
  const auto complete = complete_buckets(*dormant);
  for (const Bucket* bucket : complete) {
    const Amount came =
        value_at(line_named(lines, "new"), bucket->start) +
        value_at(line_named(lines, "resurrecting"), bucket->start);
    if (came > absolute(bucket->amount())) ++gains;
  }
  facts.push_back(
      count("gains", gains, std::string(unit_name(lines.interval)) + "s"));
}

std::string averages_sentence(const Subject& subject, const Facts& facts,
                              const Lines& lines) {
  std::vector<std::string> parts;
  for (std::string_view status : statuses) {
    const Fact* average = find_fact(facts, name_of("average", status));
    if (average) parts.push_back(fmt::format("{} {}", average->text, status));
  }
  std::string list;
  for (size_t i = 0; i < parts.size(); ++i) {
    list += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  }
  const Fact& buckets = *find_fact(facts, "complete_buckets");
  const std::string event = first_event(subject.plan);
  const std::string filters = filter_words(subject.plan);
  const std::string unit =
      buckets.text == "1" ? singular(buckets.unit) : buckets.unit;
  return fmt::format("People per {}{}{}{}: {}{}, over {} complete {} ({}).",
                     unit_name(lines.interval),
                     event.empty() ? "" : " by " + event,
                     filters.empty() ? "" : " ", filters, list,
                     buckets.text == "1" ? "" : " on average", buckets.text,
                     unit, buckets.about);
}

std::string gains_sentence(const Facts& facts) {
  const Fact* gains = find_fact(facts, "gains");
  const Fact& buckets = *find_fact(facts, "complete_buckets");
  if (!gains || buckets.text == "1") return "";
  return fmt::format(
      "New and resurrecting people outnumbered those who went dormant in {} of "
      "{} {}.",
      gains->text, buckets.text, buckets.unit);
}

std::string so_far_sentence(const Facts& facts) {
  std::string list;
  std::string when;
  for (std::string_view status : statuses) {
    const Fact* so_far = find_fact(facts, name_of("so_far", status));
    if (!so_far) continue;
    when = so_far->about;
    list +=
        fmt::format("{}{} {}", list.empty() ? "" : ", ", so_far->text, status);
  }
  if (list.empty()) return "";
  return fmt::format("{} is not over and left out; so far {}.",
                     begin_sentence(when), list);
}

}  // namespace

Facts lifecycle_facts(const Subject& subject) {
  const Lines lines = read_lines(subject.plan, subject.table, subject.moment);
  Facts facts;
  if (lines.lines.empty()) return facts;
  const auto complete = complete_buckets(lines.lines.front());
  facts.push_back(count("complete_buckets", complete.size(),
                        std::string(unit_name(lines.interval)) + "s",
                        complete.empty() ? ""
                                         : span_words(complete.front()->name,
                                                      complete.back()->name)));
  add_averages(facts, lines);
  // Nobody is new twice.
  if (const Line* fresh = line_named(lines, "new")) {
    const auto over = complete_buckets(*fresh);
    facts.push_back(quantity("total_new", exactly(sum(over)), "people"));
  }
  add_gains(facts, lines);
  add_so_far(facts, lines);
  return facts;
}

Sentences lifecycle_sentences(const Subject& subject, const Facts& facts) {
  const Fact* buckets = find_fact(facts, "complete_buckets");
  const std::string event = first_event(subject.plan);
  if (!buckets) {
    return {no_words(event.empty() ? "data" : "people did " + event,
                     filter_words(subject.plan),
                     period_words(subject.plan, subject.moment))};
  }
  if (buckets->text == "0") return {so_far_sentence(facts)};
  const Lines lines = read_lines(subject.plan, subject.table, subject.moment);
  const Fact* fresh = find_fact(facts, "total_new");
  return {averages_sentence(subject, facts, lines),
          fresh && buckets->text != "1"
              ? fmt::format("{} were new in all.",
                            with_unit(fresh->text, fresh->unit))
              : "",
          gains_sentence(facts), so_far_sentence(facts)};
}

}  // namespace claribi::answer
