// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "answer/buckets.hpp"
#include "answer/shapes.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

std::string a_unit(Unit interval) {
  return fmt::format("{} {}", interval == Unit::hour ? "an" : "a",
                     unit_name(interval));
}

std::string each_unit(Unit interval) {
  switch (interval) {
    case Unit::day:
      return "daily";
    case Unit::minute:
      return "per-minute";
    default:
      return std::string(unit_name(interval)) + "ly";
  }
}

std::string valued(const Fact& fact) {
  return with_unit(fact.text, fact.unit);
}

// "29 complete days (2026-10-19 to 2026-11-16)"
std::string over_buckets(const Fact& buckets) {
  const std::string unit =
      buckets.text == "1" ? singular(buckets.unit) : buckets.unit;
  return fmt::format("{} complete {} ({})", buckets.text, unit, buckets.about);
}

std::string level_sentence(const Facts& facts, const Metric& metric,
                           Unit interval) {
  const Fact& buckets = *find_fact(facts, "complete_buckets");
  if (buckets.text == "1") {
    const Fact& latest = *find_fact(facts, "latest");
    return begin_sentence(fmt::format("{} {}: {}.", metric.subject,
                                      when_words(latest.about),
                                      valued(latest)));
  }
  const Fact& average = *find_fact(facts, "average");
  if (metric.unit.empty() && !metric.additive) {
    std::string_view what = metric.subject;
    if (what.starts_with("the ")) what.remove_prefix(4);
    return fmt::format("The {} {} was {} on average over {}.",
                       each_unit(interval), what, average.text,
                       over_buckets(buckets));
  }
  std::string sentence = begin_sentence(
      fmt::format("{} averaged {} {} over {}", metric.subject, valued(average),
                  a_unit(interval), over_buckets(buckets)));
  if (const Fact* total = find_fact(facts, "total")) {
    sentence += fmt::format(", {} in all", total->text);
  }
  return sentence + ".";
}

std::string trend_sentence(const Facts& facts) {
  const std::string trend = fact_text(facts, "trend");
  if (trend == "none") return "No clear trend.";
  const Fact* change = find_fact(facts, "trend_change");
  const std::string confidence = fact_text(facts, "trend_confidence");
  return change ? fmt::format("It went {} by about {} across the period ({}).",
                              trend, change->text, confidence)
                : fmt::format("It went {} across the period ({}).", trend,
                              confidence);
}

// "up 12.3 %", "-3 %" without its sign: the verb says the direction.
std::string unsigned_text(const Fact& percent) {
  std::string_view text = percent.text;
  if (text.starts_with('-')) text.remove_prefix(1);
  return std::string(text);
}

// What follows the two numbers: how far apart, and whether that says much.
std::string difference_words(const Facts& facts) {
  const std::string change = fact_text(facts, "change");
  const Fact* percent = find_fact(facts, "change_percent");
  const Fact& current = *find_fact(facts, "current");
  const Fact& previous = *find_fact(facts, "previous");
  if (current.text == previous.text) return "the same";
  if (change == "none") {
    return percent ? fmt::format("about the same ({}, within normal variation)",
                                 percent->text)
                   : "a difference within normal variation";
  }
  const bool up =
      current.value.number().value_or(0) > previous.value.number().value_or(0);
  const std::string direction = up ? "up" : "down";
  const std::string_view beyond =
      change.empty() ? "" : ", more than normal variation";
  return percent ? fmt::format("{} {}{}", direction, unsigned_text(*percent),
                               beyond)
                 : direction + std::string(beyond);
}

std::string recent_sentence(const Facts& facts) {
  const Fact& window = *find_fact(facts, "window");
  const Fact& current = *find_fact(facts, "current");
  const Fact& previous = *find_fact(facts, "previous");
  return fmt::format("The last {} complete days {} {}, the {} before {}: {}.",
                     window.text, current.unit == "events" ? "had" : "averaged",
                     valued(current), window.text, previous.text,
                     difference_words(facts));
}

Sentences comparison_sentences(const Facts& facts, const Metric& metric,
                               Unit interval) {
  const Fact& current = *find_fact(facts, "current");
  const Fact& previous = *find_fact(facts, "previous");
  const bool averaged = !metric.additive && current.about.contains(" to ");
  const std::string per =
      averaged ? fmt::format(" {} on average", a_unit(interval)) : "";
  return {begin_sentence(fmt::format("{}: {}{} {}, against {} {}.",
                                     metric.subject, valued(current), per,
                                     when_words(current.about), previous.text,
                                     when_words(previous.about))),
          fmt::format("That is {}.", difference_words(facts))};
}

std::string extremes_sentence(const Facts& facts) {
  const Fact* peak = find_fact(facts, "peak");
  const Fact* low = find_fact(facts, "low");
  if (!peak || !low || peak->text == low->text) return "";
  return fmt::format("The peak was {} {}, the low {} {}.", peak->text,
                     when_words(peak->about), low->text,
                     when_words(low->about));
}

// "Today so far: 41." An unfinished bucket is never mixed with finished ones.
std::string so_far_sentence(const Subject& subject, Unit interval,
                            const Facts& facts) {
  const Fact* so_far = find_fact(facts, "so_far");
  if (!so_far) return "";
  const LocalTime now = subject.moment.local();
  const std::string today =
      format_date(start_of(interval, now, subject.moment.calendar));
  const bool current = so_far->about.contains(
      interval == Unit::month || interval == Unit::quarter ? today.substr(0, 7)
      : interval == Unit::year                             ? today.substr(0, 4)
                                                           : today);
  std::string when = so_far->about + " so far";
  if (current && interval == Unit::day) when = "Today so far";
  if (current && interval > Unit::day) {
    when = fmt::format("This {} so far", unit_name(interval));
  }
  return fmt::format("{}: {}.", begin_sentence(when), so_far->text);
}

Sentences single_sentences(const Subject& subject, const Lines& lines,
                           const Facts& facts) {
  const Line& line = lines.lines.front();
  const Metric metric = metric_of(subject.plan, line.series_place, line.series);
  const Fact* buckets = find_fact(facts, "complete_buckets");
  Sentences sentences;
  if (find_fact(facts, "current") && !find_fact(facts, "window")) {
    sentences = comparison_sentences(facts, metric, lines.interval);
  } else if (buckets && buckets->text != "0") {
    sentences.push_back(level_sentence(facts, metric, lines.interval));
    if (find_fact(facts, "window")) {
      sentences.push_back(recent_sentence(facts));
    } else if (find_fact(facts, "trend")) {
      sentences.push_back(trend_sentence(facts));
    }
  } else {
    sentences.push_back(
        begin_sentence(fmt::format("{}: no {} of the period is over yet.",
                                   metric.subject, unit_name(lines.interval))));
  }
  sentences.push_back(extremes_sentence(facts));
  sentences.push_back(so_far_sentence(subject, lines.interval, facts));
  return sentences;
}

std::string standing_words(const Facts& facts, std::string_view name) {
  const Fact& fact = *find_fact(facts, name);
  const std::string share = fact_text(facts, std::string(name) + "_share");
  return share.empty() ? valued(fact)
                       : fmt::format("{} ({})", valued(fact), share);
}

Sentences ranking_sentences(const Subject& subject, const Lines& lines,
                            const Facts& facts) {
  const Fact& buckets = *find_fact(facts, "complete_buckets");
  const Fact* leader = find_fact(facts, "leader");
  if (!leader) {
    return {fmt::format("No {} of the period is over yet.",
                        unit_name(lines.interval))};
  }
  const Metric metric = metric_of(subject.plan, 0, lines.lines[0].series);
  const std::string per =
      metric.additive ? ""
                      : fmt::format(" {} on average", a_unit(lines.interval));
  std::string first = fmt::format("{} leads with {}{}", leader->about,
                                  standing_words(facts, "leader"), per);
  if (const Fact* second = find_fact(facts, "second")) {
    first += fmt::format(", then {} with {}", second->about,
                         standing_words(facts, "second"));
  }
  Sentences sentences{
      fmt::format("{}, over {}.", first, over_buckets(buckets))};
  if (const Fact* total = find_fact(facts, "total")) {
    sentences.push_back(begin_sentence(fmt::format(
        "{}: {} in the {} {} shown.", metric.subject, valued(*total),
        fact_text(facts, "groups"), find_fact(facts, "groups")->unit)));
  }
  const bool unfinished =
      std::ranges::any_of(lines.lines, [](const Line& line) {
        return !line.buckets.empty() && line.buckets.back().partial;
      });
  if (unfinished) {
    sentences.push_back(fmt::format("The {} that is not over yet is left out.",
                                    unit_name(lines.interval)));
  }
  return sentences;
}

bool nothing_counted(const Lines& lines) {
  return std::ranges::all_of(lines.lines, [](const Line& line) {
    return std::ranges::all_of(line.buckets, [](const Bucket& bucket) {
      return !bucket.value || bucket.value->millionths == 0;
    });
  });
}

// With the dates and filters that were used.
std::string empty_sentence(const Subject& subject, const Lines& lines) {
  std::string what = "data";
  Metric metric;
  if (!lines.lines.empty()) {
    const Line& line = lines.lines[0];
    metric = metric_of(subject.plan, line.series_place, line.series);
    what = metric.unit.empty()
               ? "values of " + metric.label
               : fmt::format("{} {}", metric.label, metric.unit);
  }
  std::string when = period_words(subject.plan, subject.moment);
  if (!lines.lines.empty() && !lines.lines[0].buckets.empty()) {
    const std::vector<Bucket>& buckets = lines.lines[0].buckets;
    when =
        fmt::format("from {} to {}", buckets.front().name, buckets.back().name);
  }
  return no_words(what, filter_words(subject.plan), when);
}

}  // namespace

Sentences time_series_sentences(const Subject& subject, const Facts& facts) {
  const Lines lines = read_lines(subject.plan, subject.table, subject.moment);
  if (nothing_counted(lines)) return {empty_sentence(subject, lines)};
  if (find_fact(facts, "groups")) {
    return ranking_sentences(subject, lines, facts);
  }
  return single_sentences(subject, lines, facts);
}

}  // namespace claribi::answer
