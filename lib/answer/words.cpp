// SPDX-License-Identifier: MIT
#include "answer/words.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "answer/statistics.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"
#include "plan/time.hpp"

namespace claribi::answer {
namespace {

using plan::Math;

constexpr int64_t small_sample = 1000;  // Below, a rate gets its interval.

// "the average price of paid_bill"
std::string of_property(std::string_view what, const plan::Series& series,
                        std::string_view label) {
  return series.property
             ? fmt::format("the {} {} of {}", what, *series.property, label)
             : fmt::format("the {} of {}", what, label);
}

Metric unfiltered(const plan::Series& series, std::string_view label) {
  const auto property = [&](std::string_view what) {
    return Metric{.label = of_property(what, series, label)};
  };
  const auto counting = [&](std::string_view unit, bool additive) {
    return Metric{.label = std::string(label),
                  .unit = std::string(unit),
                  .additive = additive,
                  .counts = true};
  };
  switch (series.math) {
    case Math::total:
      return counting("events", true);
    case Math::dau:
    case Math::weekly_active:
    case Math::monthly_active:
      return counting("people", false);
    case Math::unique_session:
      return counting("sessions", false);
    case Math::sum: {
      Metric metric = property("total");
      metric.additive = true;
      return metric;
    }
    case Math::avg:
      return property("average");
    case Math::min:
      return property("smallest");
    case Math::max:
      return property("largest");
    case Math::median:
      return property("median");
    case Math::p75:
      return property("75th percentile of");
    case Math::p90:
      return property("90th percentile of");
    case Math::p95:
      return property("95th percentile of");
    case Math::p99:
      return property("99th percentile of");
  }
  std::unreachable();
}

bool at_midnight(LocalTime local) {
  return local == std::chrono::floor<std::chrono::days>(local);
}

std::string to_minute(LocalTime local) {
  return format_date_time(local).substr(0, 16);
}

// "exact" and "in" read as "is".
std::string operator_words(std::string_view op) {
  if (op == "exact" || op == "in") return "is";
  if (op == "is_not" || op == "not_in") return "is not";
  if (op == "icontains") return "contains";
  if (op == "not_icontains") return "does not contain";
  if (op == "gt") return "is above";
  if (op == "gte") return "is at least";
  if (op == "lt") return "is below";
  if (op == "lte") return "is at most";
  if (op == "is_set") return "is set";
  if (op == "is_not_set") return "is not set";
  std::string words(op);
  std::ranges::replace(words, '_', ' ');
  return words;
}

}  // namespace

Metric metric_of(const plan::Plan& plan, size_t place, std::string_view label) {
  Metric metric{.label = std::string(label)};
  if (!plan.formula && place < plan.series.size()) {
    metric = unfiltered(plan.series[place], label);
  }
  metric.subject = metric.label;
  const std::string filters = filter_words(plan);
  if (!filters.empty()) metric.subject += " " + filters;
  return metric;
}

std::string singular(std::string_view unit) {
  if (unit == "people") return "person";
  if (unit.ends_with('s')) unit.remove_suffix(1);
  return std::string(unit);
}

std::string with_unit(std::string_view number, std::string_view unit) {
  if (unit.empty()) return std::string(number);
  return fmt::format("{} {}", number,
                     number == "1" ? singular(unit) : std::string(unit));
}

std::string counted(size_t count, std::string_view plural) {
  return with_unit(group_digits(std::to_string(count)), plural);
}

const Fact* find_fact(std::span<const Fact> facts, std::string_view name) {
  const auto found = std::ranges::find(facts, name, &Fact::name);
  return found == facts.end() ? nullptr : &*found;
}

std::string fact_text(std::span<const Fact> facts, std::string_view name) {
  const Fact* fact = find_fact(facts, name);
  return fact ? fact->text : "";
}

Fact quantity(std::string name, Ratio value, std::string unit,
              std::string about) {
  return {std::move(name), number_value(value), std::move(unit),
          quantity_text(value), std::move(about)};
}

Fact count(std::string name, size_t value, std::string unit,
           std::string about) {
  return {std::move(name), value, std::move(unit),
          group_digits(std::to_string(value)), std::move(about)};
}

std::optional<Fact> percent(std::string name, Amount part, Amount base,
                            std::string about) {
  if (!large_enough(base)) return std::nullopt;
  const Ratio value = percentage(part, base);
  return Fact{std::move(name), number_value(value), "%",
              percent_text(value, base), std::move(about)};
}

void add_interval(std::vector<Fact>& facts, std::string name, Amount part,
                  Amount base, std::string about) {
  if (!large_enough(base) || base >= whole(small_sample)) return;
  const Interval interval = wilson(to_double(part), to_double(base));
  // In whole per cent: more would be finer than the interval itself.
  const std::string text =
      fmt::format("{} to {} %", std::lround(interval.low * 100),
                  std::lround(interval.high * 100));
  facts.push_back({std::move(name), text, "%", text, std::move(about)});
}

Fact duration(std::string name, Ratio seconds, std::string about) {
  return {std::move(name), number_value(seconds), "seconds",
          duration_text(seconds), std::move(about)};
}

Fact name_fact(std::string name, std::string text, std::string about) {
  Fact fact{std::move(name), text, "", "", std::move(about)};
  fact.text = std::move(text);
  return fact;
}

std::string span_words(std::string_view from, std::string_view to) {
  return from == to ? std::string(from) : fmt::format("{} to {}", from, to);
}

std::string when_words(std::string_view span) {
  constexpr size_t day_size = 10;
  if (span.contains(" to ")) return fmt::format("from {}", span);
  if (span.starts_with("the ") || span.size() < day_size) {
    return fmt::format("in {}", span);
  }
  return fmt::format("{} {}", span.size() == day_size ? "on" : "at", span);
}

std::string period_words(const plan::Plan& plan, const Moment& moment) {
  if (plan.time.kind == plan::TimeRange::Kind::unsaid) return "";
  const plan::ResolvedRange range = plan::resolve(plan.time, moment);
  if (at_midnight(range.from) && (range.open || at_midnight(range.to))) {
    const LocalTime last =
        range.open ? range.to : range.to - std::chrono::seconds(1);
    return when_words(span_words(format_date(range.from), format_date(last)));
  }
  return when_words(span_words(to_minute(range.from), to_minute(range.to)));
}

// Their rate can only rise.
std::string open_window_words(const plan::Plan& plan, const Moment& moment) {
  if (plan.time.kind == plan::TimeRange::Kind::unsaid) return "";
  const plan::ResolvedRange range = plan::resolve(plan.time, moment);
  const LocalTime closed = add(range.to, plan.window.unit, plan.window.count);
  if (!range.open && closed <= moment.local()) return "";
  const std::string unit = std::string(unit_name(plan.window.unit)) +
                           (plan.window.count == 1 ? "" : "s");
  return fmt::format(
      "Those who came last may still convert: the window is {} {}.",
      plan.window.count, unit);
}

std::string filter_words(const plan::Plan& plan) {
  std::vector<std::string> parts;
  for (const plan::Filter& filter : plan.filters) {
    if (filter.on == plan::Owner::cohort && plan.object) {
      parts.push_back("the person is in the cohort " + plan.object->name);
      continue;
    }
    std::string part = filter.property + " " + operator_words(filter.op);
    if (!filter.values.empty()) part += " " + join(filter.values, " or ");
    parts.push_back(std::move(part));
  }
  return parts.empty() ? "" : "where " + join(parts, " and ");
}

std::string no_words(std::string_view what, std::string_view filters,
                     std::string_view period) {
  std::string sentence = fmt::format("No {}", what);
  for (std::string_view part : {filters, period}) {
    if (!part.empty()) sentence += fmt::format(" {}", part);
  }
  return sentence + ".";
}

std::string first_event(const plan::Plan& plan) {
  return plan.series.empty() ? "" : plan.series[0].event.value_or("");
}

std::string short_name(std::string_view name) {
  return fit_width(trim(name), 80, true);
}

std::string cell_text(const json::Value& cell) {
  if (cell.is_null()) return "";
  if (auto text = cell.string()) return short_name(*text);
  if (auto flag = cell.boolean()) return *flag ? "yes" : "no";
  if (auto number = cell.number_text()) return std::string(*number);
  return json::compact(cell);
}

std::string begin_sentence(std::string text) {
  if (text.starts_with("the ")) text[0] = 'T';
  return text;
}

}  // namespace claribi::answer
