// SPDX-License-Identifier: MIT
#include "plan/plan.hpp"

#include <cmath>
#include <utility>

#include "base/digest.hpp"
#include "json/writer.hpp"
#include "plan/plan_names.hpp"

namespace claribi::plan {
namespace {

using json::Value;
using Kind = TimeRange::Kind;

Value strings_json(const std::vector<std::string>& texts) {
  Value array = json::Array{};
  for (const auto& text : texts)
    array.push(text);
  return array;
}

Value series_json(const Series& series) {
  Value out = json::Object{};
  if (series.event) out.set("event", *series.event);
  out.set("math", math_name(series.math));
  if (series.property) out.set("property", *series.property);
  return out;
}

Value filter_json(const Filter& filter) {
  Value out = json::Object{};
  out.set("on", name_of(owners, filter.on));
  out.set("property", filter.property);
  out.set("op", filter.op);
  out.set("values", strings_json(filter.values));
  return out;
}

Value breakdown_json(const Breakdown& breakdown) {
  Value out = json::Object{};
  out.set("on", name_of(owners, breakdown.on));
  out.set("property", breakdown.property);
  return out;
}

Value time_json(const TimeRange& time) {
  Value out = json::Object{};
  out.set("kind", name_of(kinds, time.kind));
  if (!time.phrase.empty()) out.set("phrase", time.phrase);
  const bool has_unit =
      time.kind == Kind::rolling || time.kind == Kind::calendar;
  if (has_unit) out.set("unit", unit_name(time.unit));
  if (time.count != 0) out.set("count", time.count);
  if (time.kind == Kind::calendar) out.set("offset", time.offset);
  if (!time.from.empty()) out.set("from", time.from);
  if (!time.to.empty()) out.set("to", time.to);
  if (time.to_now) out.set("to_now", true);
  if (!time.ends.empty()) {
    Value ends = json::Array{};
    for (const TimeRange& end : time.ends)
      ends.push(time_json(end));
    out.set("ends", std::move(ends));
  }
  return out;
}

Value object_json(const ObjectRef& object) {
  Value out = json::Object{};
  out.set("kind", object.kind);
  if (!object.id.empty()) out.set("id", object.id);
  if (!object.name.empty()) out.set("name", object.name);
  return out;
}

Value retention_json(const Retention& retention) {
  Value out = json::Object{};
  out.set("start", retention.start).set("returning", retention.returning);
  out.set("period", unit_name(retention.period));
  out.set("intervals", retention.intervals);
  if (retention.recurring) out.set("recurring", true);
  if (retention.asked) out.set("asked", *retention.asked);
  return out;
}

Value paths_json(const Paths& paths) {
  Value out = json::Object{};
  if (paths.start) out.set("start", *paths.start);
  if (paths.end) out.set("end", *paths.end);
  if (!paths.kinds.empty()) out.set("kinds", strings_json(paths.kinds));
  return out;
}

Value assumption_json(const Assumption& assumption) {
  Value out = json::Object{};
  out.set("slot", assumption.slot);
  out.set("value", assumption.value);
  out.set("why", assumption.why);
  out.set("score_percent", std::lround(assumption.score * 100));
  return out;
}

template <typename Item>
void set_list(Value& out, std::string_view name, const std::vector<Item>& items,
              Value (*write)(const Item&)) {
  if (items.empty()) return;
  Value array = json::Array{};
  for (const auto& item : items)
    array.push(write(item));
  out.set(name, std::move(array));
}

template <typename Item>
void set_optional(Value& out, std::string_view name,
                  const std::optional<Item>& item) {
  if (item) out.set(name, *item);
}

}  // namespace

std::string_view math_name(Math math) {
  return name_of(maths, math);
}
std::optional<Math> math_named(std::string_view name) {
  return value_of(maths, name);
}

Value to_json(const Plan& plan) {
  Value out = json::Object{};
  out.set("version", plan_version);
  out.set("frame", plan.frame);
  set_list(out, "series", plan.series, series_json);
  set_optional(out, "formula", plan.formula);
  if (!plan.steps.empty()) {
    out.set("steps", strings_json(plan.steps));
    Value window = json::Object{};
    window.set("count", plan.window.count);
    window.set("unit", unit_name(plan.window.unit));
    out.set("window", std::move(window));
  }
  if (plan.time_to_convert) out.set("time_to_convert", true);
  if (plan.retention) out.set("retention", retention_json(*plan.retention));
  if (plan.paths) out.set("paths", paths_json(*plan.paths));
  set_list(out, "filters", plan.filters, filter_json);
  set_list(out, "breakdown", plan.breakdown, breakdown_json);
  if (plan.time.kind != Kind::unsaid) out.set("time", time_json(plan.time));
  if (plan.interval) out.set("interval", unit_name(*plan.interval));
  set_optional(out, "compare_to", plan.compare_to);
  set_optional(out, "state", plan.state);
  set_optional(out, "order", plan.order);
  if (plan.object) out.set("object", object_json(*plan.object));
  set_optional(out, "search", plan.search);
  set_optional(out, "limit", plan.limit);
  set_optional(out, "minimum_rollout", plan.minimum_rollout);
  if (plan.total) out.set("total", true);
  if (plan.as_table) out.set("as_table", true);
  if (plan.by_query) out.set("by_query", true);
  set_optional(out, "sql", plan.sql);
  set_list(out, "assumptions", plan.assumptions, assumption_json);
  return out;
}

std::string plan_id(const Plan& plan) {
  Value content = to_json(plan);
  content.remove("assumptions");
  if (content.has("time")) content.member("time").remove("phrase");
  return sha256_hex(json::canonical(content));
}

}  // namespace claribi::plan
