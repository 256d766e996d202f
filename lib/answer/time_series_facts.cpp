// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "answer/buckets.hpp"
#include "answer/number.hpp"
#include "answer/shapes.hpp"
#include "answer/statistics.hpp"
#include "answer/words.hpp"

namespace claribi::answer {
namespace {

using Complete = std::vector<const Bucket*>;

constexpr size_t week_of_days = 7;
constexpr size_t fewest_days_for_trend = 28;
constexpr size_t fewest_buckets_for_trend = 8;  // Of weeks and longer.
constexpr double smallest_trend = 0.1;

std::string span_of(const Complete& buckets) {
  return buckets.empty()
             ? ""
             : span_words(buckets.front()->name, buckets.back()->name);
}

std::string plural(Unit interval) {
  return std::string(unit_name(interval)) + "s";
}

void add_so_far(Facts& facts, const Line& line, const Metric& metric) {
  for (const Bucket& bucket : line.buckets) {
    if (!bucket.partial || !bucket.value) continue;
    facts.push_back(
        quantity("so_far", exactly(*bucket.value), metric.unit, bucket.name));
    return;
  }
}

void add_extremes(Facts& facts, const Complete& complete,
                  const Metric& metric) {
  const auto value = [](const Bucket* bucket) { return bucket->amount(); };
  // Of several that are alike the first one is named.
  const Bucket* peak = *std::ranges::max_element(complete, {}, value);
  const Bucket* low = *std::ranges::min_element(complete, {}, value);
  facts.push_back(
      quantity("peak", exactly(peak->amount()), metric.unit, peak->name));
  facts.push_back(
      quantity("low", exactly(low->amount()), metric.unit, low->name));
}

void add_level(Facts& facts, const Complete& complete, const Metric& metric,
               Unit interval) {
  const std::string span = span_of(complete);
  facts.push_back(
      count("complete_buckets", complete.size(), plural(interval), span));
  if (complete.empty()) return;
  const Amount total = sum(complete);
  if (metric.additive) {
    facts.push_back(quantity("total", exactly(total), metric.unit, span));
  }
  Fact average =
      quantity("average", mean(total, complete.size()), metric.unit, span);
  average.text = average_text(mean(total, complete.size()));
  facts.push_back(std::move(average));
  const Bucket* latest = complete.back();
  facts.push_back(
      quantity("latest", exactly(latest->amount()), metric.unit, latest->name));
  add_extremes(facts, complete, metric);
  facts.push_back(name_fact("first_complete", complete.front()->name));
  facts.push_back(name_fact("last_complete", latest->name));
}

std::vector<double> values_of(const Complete& buckets, size_t from, size_t to) {
  std::vector<double> values;
  for (size_t i = from; i < to; ++i)
    values.push_back(to_double(buckets[i]->amount()));
  return values;
}

Amount sum_of(const Complete& buckets, size_t from, size_t to) {
  return sum(Complete(buckets.begin() + static_cast<ptrdiff_t>(from),
                      buckets.begin() + static_cast<ptrdiff_t>(to)));
}

// Places are counted on the whole line, so that a missing bucket does not
// shift the weekdays behind it.
std::vector<Sample> samples_of(const Line& line) {
  std::vector<Sample> samples;
  for (size_t i = 0; i < line.buckets.size(); ++i) {
    if (line.buckets[i].complete()) {
      samples.push_back({i, to_double(line.buckets[i].amount())});
    }
  }
  return samples;
}

// "trend" is present wherever the data allow one to be looked for: "up",
// "down" or "none". Only the first two have a "trend_change".
void add_trend(Facts& facts, const Line& line, const Complete& complete,
               size_t season) {
  const std::vector<Sample> samples = samples_of(line);
  const double z = mann_kendall_z(samples, season);
  const double change = relative_change(samples, season);
  const bool real =
      std::abs(z) >= z_1_percent && std::abs(change) >= smallest_trend;
  const std::string span = span_of(complete);
  if (!real) {
    facts.push_back(name_fact("trend", "none", span));
    return;
  }
  facts.push_back(name_fact("trend", change > 0 ? "up" : "down", span));
  facts.push_back(name_fact("trend_confidence", "p < 0.01", span));
  if (!large_enough(sum_of(complete, 0, complete.size() / 2))) return;
  // The slope is an estimate: whole percent is all it can bear.
  const auto percent = static_cast<int64_t>(std::lround(change * 100));
  const Ratio size = exactly(whole(std::abs(percent)));
  facts.push_back({"trend_change", number_value(exactly(whole(percent))), "%",
                   quantity_text(size) + " %", span});
}

// One stretch of buckets against another of equal length: "change" is "up",
// "down" or "none" where it is within normal variation. Totals where they add
// up, else averages.
void add_comparison(Facts& facts, const Complete& before, const Complete& after,
                    const Metric& metric) {
  const size_t size = before.size();
  const Amount was = sum(before);
  const Amount is = sum(after);
  const auto level = [&](std::string name, Amount amount,
                         const Complete& buckets) {
    if (metric.additive) {
      return quantity(std::move(name), exactly(amount), metric.unit,
                      span_of(buckets));
    }
    Fact fact = quantity(std::move(name), mean(amount, size), metric.unit,
                         span_of(buckets));
    fact.text = average_text(mean(amount, size));
    return fact;
  };
  facts.push_back(level("current", is, after));
  facts.push_back(level("previous", was, before));
  const std::vector<double> old_values = values_of(before, 0, size);
  const std::vector<double> new_values = values_of(after, 0, size);
  if (metric.counts) {
    const bool real = std::abs(counts_z(old_values, new_values)) >= z_5_percent;
    facts.push_back(name_fact("change",
                              !real      ? "none"
                              : is > was ? "up"
                                         : "down",
                              span_of(after)));
  }
  // What was counted is the base; of other numbers it is their level.
  const bool summed = metric.counts || metric.additive;
  const Amount base =
      summed ? was : Amount{was.millionths / static_cast<Wide>(size)};
  if (!large_enough(base)) return;
  const Ratio percent = percentage(is - was, was);
  facts.push_back({"change_percent", number_value(percent), "%",
                   percent_text(percent, base), span_of(after)});
}

void add_development(Facts& facts, const Line& line, const Complete& complete,
                     const Metric& metric, Unit interval) {
  const size_t size = complete.size();
  const bool days = interval == Unit::day;
  const bool longer = interval == Unit::week || interval == Unit::month ||
                      interval == Unit::quarter || interval == Unit::year;
  if (days && size >= fewest_days_for_trend) {
    add_trend(facts, line, complete, week_of_days);
  } else if (longer && size >= fewest_buckets_for_trend) {
    add_trend(facts, line, complete, 1);
  } else if (days && metric.counts && size >= 2 * week_of_days) {
    const auto middle = complete.end() - static_cast<ptrdiff_t>(week_of_days);
    const Complete after(middle, complete.end());
    const Complete before(middle - static_cast<ptrdiff_t>(week_of_days),
                          middle);
    facts.push_back(count("window", week_of_days, "days", span_of(after)));
    add_comparison(facts, before, after, metric);
  }
}

// Buckets of both periods that correspond and are complete in both.
void add_period_comparison(Facts& facts, const Line& current,
                           const Line& previous, const Metric& metric) {
  Complete after;
  Complete before;
  const size_t size = std::min(current.buckets.size(), previous.buckets.size());
  for (size_t i = 0; i < size; ++i) {
    if (!current.buckets[i].complete() || !previous.buckets[i].complete()) {
      continue;
    }
    after.push_back(&current.buckets[i]);
    before.push_back(&previous.buckets[i]);
  }
  if (!after.empty()) add_comparison(facts, before, after, metric);
}

struct Ranked {
  std::string name;
  Amount total;
  size_t buckets = 0;
  bool additive = false;
  std::string unit = {};
};

std::string name_of(const Lines& lines, const Line& line) {
  if (!lines.broken_down) return line.series;
  const std::string value = line.breakdown.empty() ? "(none)" : line.breakdown;
  return lines.series_count > 1 ? line.series + ", " + value : value;
}

std::vector<Ranked> rank(const plan::Plan& plan, const Lines& lines) {
  std::vector<Ranked> ranked;
  for (const Line& line : lines.lines) {
    const Complete complete = complete_buckets(line);
    if (line.previous || complete.empty()) continue;
    const Metric metric = metric_of(plan, line.series_place, line.series);
    ranked.push_back({name_of(lines, line), sum(complete), complete.size(),
                      metric.additive, metric.unit});
  }
  std::ranges::stable_sort(ranked, [](const Ranked& a, const Ranked& b) {
    const Wide left = a.total.millionths * static_cast<Wide>(b.buckets);
    const Wide right = b.total.millionths * static_cast<Wide>(a.buckets);
    return left != right ? left > right : a.name < b.name;
  });
  return ranked;
}

Fact standing(std::string name, const Ranked& group) {
  if (group.additive) {
    return quantity(std::move(name), exactly(group.total), group.unit,
                    short_name(group.name));
  }
  const Ratio level = mean(group.total, group.buckets);
  Fact fact =
      quantity(std::move(name), level, group.unit, short_name(group.name));
  fact.text = average_text(level);
  return fact;
}

// Who leads, who follows; shares only where the groups are parts of one sum.
void add_ranking(Facts& facts, const plan::Plan& plan, const Lines& lines) {
  const std::vector<Ranked> ranked = rank(plan, lines);
  facts.push_back(
      count("groups", ranked.size(), lines.broken_down ? "groups" : "series"));
  if (ranked.empty()) return;
  facts.push_back(standing("leader", ranked[0]));
  if (ranked.size() > 1) facts.push_back(standing("second", ranked[1]));
  if (!ranked[0].additive || lines.series_count > 1) return;
  Amount total;
  for (const Ranked& group : ranked)
    total = total + group.total;
  facts.push_back(quantity("total", exactly(total), ranked[0].unit));
  for (size_t i = 0; i < std::min<size_t>(ranked.size(), 2); ++i) {
    if (auto share = percent(i == 0 ? "leader_share" : "second_share",
                             ranked[i].total, total, ranked[i].name)) {
      facts.push_back(std::move(*share));
    }
  }
}

// The longest run of complete buckets that any line has.
void add_common_span(Facts& facts, const Lines& lines) {
  Complete longest;
  for (const Line& line : lines.lines) {
    Complete complete = complete_buckets(line);
    if (!line.previous && complete.size() > longest.size()) {
      longest = std::move(complete);
    }
  }
  facts.push_back(count("complete_buckets", longest.size(),
                        plural(lines.interval), span_of(longest)));
}

}  // namespace

Facts time_series_facts(const Subject& subject) {
  const Lines lines = read_lines(subject.plan, subject.table, subject.moment);
  Facts facts;
  std::vector<const Line*> current;
  const Line* previous = nullptr;
  for (const Line& line : lines.lines) {
    if (line.previous) {
      previous = &line;
    } else {
      current.push_back(&line);
    }
  }
  if (current.size() > 1) {
    add_common_span(facts, lines);
    add_ranking(facts, subject.plan, lines);
    return facts;
  }
  if (current.empty()) return facts;
  const Line& line = *current[0];
  const Metric metric = metric_of(subject.plan, line.series_place, line.series);
  const Complete complete = complete_buckets(line);
  add_level(facts, complete, metric, lines.interval);
  add_so_far(facts, line, metric);
  if (previous) {
    add_period_comparison(facts, line, *previous, metric);
  } else {
    add_development(facts, line, complete, metric, lines.interval);
  }
  return facts;
}

}  // namespace claribi::answer
