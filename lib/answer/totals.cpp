// SPDX-License-Identifier: MIT
// Facts and sentences of one number per series: a single value, or a ranking.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/statistics.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

// What PostHog's tail of a breakdown is called in a table.
constexpr std::string_view rest_name = "Other";

struct Total {
  std::string name;    // Of the series or of the breakdown's value.
  std::string series;  // As the table calls it.
  size_t place = 0;    // Of the series.
  Amount value;
};

struct Totals {
  bool broken_down = false;
  bool one_series = true;
  std::vector<Total> current = {};
  std::vector<Total> previous = {};
};

std::string name_of(const table::Table& table, size_t row, bool one_series) {
  std::string series = table.cell(row, "series").text_or("");
  if (!table.column("breakdown")) return series;
  std::string value = table.cell(row, "breakdown").text_or("");
  if (value.empty()) value = "(none)";
  return one_series ? value : series + ", " + value;
}

Totals read_totals(const table::Table& table) {
  Totals totals;
  totals.broken_down = table.column("breakdown").has_value();
  std::vector<std::string> series;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const std::string name = table.cell(row, "series").text_or("");
    if (std::ranges::find(series, name) == series.end()) {
      series.push_back(name);
    }
  }
  totals.one_series = series.size() < 2;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto value = read_amount(table.cell(row, "value"));
    if (!value) continue;
    const std::string name = table.cell(row, "series").text_or("");
    const auto place = std::ranges::find(series, name) - series.begin();
    Total total{name_of(table, row, totals.one_series), name,
                static_cast<size_t>(place), *value};
    const bool before = table.cell(row, "period").string() == "previous";
    (before ? totals.previous : totals.current).push_back(std::move(total));
  }
  return totals;
}

void add_change(Facts& facts, const Total& now, const Total& before,
                const Metric& metric) {
  facts.push_back(quantity("previous", exactly(before.value), metric.unit,
                           "the period before"));
  if (metric.counts) {
    const std::vector<double> was{to_double(before.value)};
    const std::vector<double> is{to_double(now.value)};
    const bool real = std::abs(counts_z(was, is)) >= z_5_percent;
    facts.push_back(name_fact("change", !real                      ? "none"
                                        : now.value > before.value ? "up"
                                                                   : "down"));
  }
  if (auto fact =
          percent("change_percent", now.value - before.value, before.value)) {
    facts.push_back(std::move(*fact));
  }
}

// By value; those that are alike by name; what is left over comes last.
std::vector<Total> ranked(std::vector<Total> totals) {
  std::ranges::stable_sort(totals, [](const Total& a, const Total& b) {
    const bool a_rest = a.name == rest_name;
    const bool b_rest = b.name == rest_name;
    if (a_rest != b_rest) return b_rest;
    return a.value != b.value ? a.value > b.value : a.name < b.name;
  });
  return totals;
}

void add_shares(Facts& facts, const std::vector<Total>& order,
                const Metric& metric) {
  Amount sum;
  for (const Total& total : order)
    sum = sum + total.value;
  facts.push_back(quantity("total", exactly(sum), metric.unit));
  const auto add = [&](std::string name, const Total& total) {
    if (auto share = percent(std::move(name), total.value, sum, total.name)) {
      facts.push_back(std::move(*share));
    }
  };
  add("leader_share", order[0]);
  if (order.size() > 1) add("second_share", order[1]);
  if (order.size() > 2) {
    const Amount rest = sum - order[0].value - order[1].value;
    facts.push_back(count("others", order.size() - 2, "groups"));
    facts.push_back(quantity("others_total", exactly(rest), metric.unit));
  }
}

void add_ranking(Facts& facts, const Subject& subject, const Totals& totals) {
  const std::vector<Total> order = ranked(totals.current);
  facts.push_back(
      count("groups", order.size(), totals.broken_down ? "groups" : "series"));
  const auto add = [&](std::string name, const Total& total) {
    const Metric metric = metric_of(subject.plan, total.place, total.series);
    facts.push_back(quantity(std::move(name), exactly(total.value), metric.unit,
                             short_name(total.name)));
  };
  add("leader", order[0]);
  add("second", order[1]);
  const Metric metric =
      metric_of(subject.plan, order[0].place, order[0].series);
  if (metric.additive && totals.one_series) add_shares(facts, order, metric);
}

std::string valued(const Fact& fact) {
  return with_unit(fact.text, fact.unit);
}

std::string change_sentence(const Facts& facts) {
  const Fact* previous = find_fact(facts, "previous");
  if (!previous) return "";
  const Fact& value = *find_fact(facts, "value");
  const std::string before =
      fmt::format("{} in {}", valued(*previous), previous->about);
  if (previous->text == value.text) return "The same as " + before + ".";
  const std::string change = fact_text(facts, "change");
  const Fact* percent = find_fact(facts, "change_percent");
  if (change == "none") {
    return percent ? fmt::format(
                         "About the same as {} ({}, within normal "
                         "variation).",
                         before, percent->text)
                   : fmt::format(
                         "Against {}, which is within normal "
                         "variation.",
                         before);
  }
  if (!percent) return fmt::format("Against {}.", before);
  const bool up = !percent->text.starts_with('-');
  return fmt::format("That is {} {} on {}.", up ? "up" : "down",
                     up ? percent->text : percent->text.substr(1), before);
}

Sentences value_sentences(const Subject& subject, const Totals& totals,
                          const Facts& facts) {
  const Total& total = totals.current[0];
  const Metric metric = metric_of(subject.plan, total.place, total.series);
  const std::string period = period_words(subject.plan, subject.moment);
  const std::string when = period.empty() ? "" : " " + period;
  if (total.value.millionths == 0 && metric.counts) {
    return {no_words(fmt::format("{} {}", metric.label, metric.unit),
                     filter_words(subject.plan), period),
            change_sentence(facts)};
  }
  return {begin_sentence(fmt::format("{}{}: {}.", metric.subject, when,
                                     valued(*find_fact(facts, "value")))),
          change_sentence(facts)};
}

std::string place_words(const Facts& facts, std::string_view name) {
  const Fact& fact = *find_fact(facts, name);
  const std::string share = fact_text(facts, std::string(name) + "_share");
  return share.empty() ? valued(fact)
                       : fmt::format("{} ({})", valued(fact), share);
}

Sentences ranking_sentences(const Subject& subject, const Totals& totals,
                            const Facts& facts) {
  const Total& first = totals.current[0];
  const Metric metric = metric_of(subject.plan, first.place, first.series);
  const std::string period = period_words(subject.plan, subject.moment);
  const std::string when = period.empty() ? "" : " " + period;
  const Fact& leader = *find_fact(facts, "leader");
  const Fact& second = *find_fact(facts, "second");
  Sentences sentences{fmt::format("{} leads with {}, then {} with {}{}.",
                                  leader.about, place_words(facts, "leader"),
                                  second.about, place_words(facts, "second"),
                                  when)};
  const Fact* sum = find_fact(facts, "total");
  const Fact& groups = *find_fact(facts, "groups");
  if (!sum) {
    sentences.push_back(fmt::format("{} {} in all.", groups.text, groups.unit));
    return sentences;
  }
  std::string all = fmt::format("{}: {} in the {} {} shown", metric.subject,
                                valued(*sum), groups.text, groups.unit);
  if (const Fact* others = find_fact(facts, "others")) {
    all += fmt::format(", {} of them in the other {}",
                       fact_text(facts, "others_total"), others->text);
  }
  sentences.push_back(begin_sentence(all + "."));
  return sentences;
}

}  // namespace

Facts totals_facts(const Subject& subject) {
  const Totals totals = read_totals(subject.table);
  Facts facts;
  if (totals.current.size() > 1) {
    add_ranking(facts, subject, totals);
  } else if (totals.current.size() == 1) {
    const Total& total = totals.current[0];
    const Metric metric = metric_of(subject.plan, total.place, total.series);
    facts.push_back(quantity("value", exactly(total.value), metric.unit,
                             short_name(total.name)));
    if (totals.previous.size() == 1) {
      add_change(facts, total, totals.previous[0], metric);
    }
  }
  return facts;
}

Sentences totals_sentences(const Subject& subject, const Facts& facts) {
  const Totals totals = read_totals(subject.table);
  Sentences sentences;
  if (totals.current.empty()) {
    const std::string event = first_event(subject.plan);
    return {no_words(event.empty() ? "data" : event + " events",
                     filter_words(subject.plan),
                     period_words(subject.plan, subject.moment))};
  }
  sentences = totals.current.size() == 1
                  ? value_sentences(subject, totals, facts)
                  : ranking_sentences(subject, totals, facts);
  sentences.push_back(open_period_words(subject.plan, subject.moment));
  return sentences;
}

}  // namespace claribi::answer
