// SPDX-License-Identifier: MIT
// What people do one thing after the other: after an event, before one, or in
// between.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "plan/frames/behaviour.hpp"
#include "plan/frames/queries.hpp"
#include "plan/frames/rows.hpp"
#include "plan/frames/series.hpp"
#include "plan/slots.hpp"

namespace claribi::plan {
namespace {

using json::Value;

constexpr size_t most_points = 2;

constexpr auto cues = std::to_array<Cue>({
    {"=what =do|=does|=did|=are|=were "
     "user|people|visitor|customer|player|=they "
     "=do|=doing",
     6.0},
    {"=what =do|=does|=did|=are "
     "=our|=the|=my|=new|=most|=active|=paying|=these "
     "user|people|visitor|customer|player|=new",
     4.0},
    {"user|people|visitor|customer|player =do|=doing "
     "=right|=immediately|=just|=directly|=first|=next|=most",
     4.0},
    {"user|people|visitor|customer|player =do|=doing "
     "=before|=after|=once|=when",
     6.0},
    {"=what|=where|=which =happens|=happened|=next|=follows|=followed|=comes",
     3.0},
    {"=where =do|=did user|people|visitor|customer|player|=they =go|=come",
     6.0},
    {"=right|=immediately|=directly|=just =after|=before", 3.0},
    {"=leads|=lead|=leading|=led =to|=up", 3.0},
    {"=path|=paths "
     "=from|=to|=of|=after|=before|=between|=through|=that|=people|"
     "=users|=do",
     5.0},
    {"user|customer|people|common|=popular|=frequent|=typical|=usual|=main|="
     "top "
     "=path|=paths|=flow|=flows|=journey|=journeys|=route|=routes",
     6.0},
    {"=paths|=journeys|=journey", 4.0},
    {"=flow|=flows =from|=after|=before|=of", 4.0},
    {"=navigate|=navigates|=move|=moves =through|=around|=between|=from", 6.0},
    // These belong to it but speak for nothing by themselves.
    {"=path|=flow|=flows|=route|=routes|=right|=immediately|=directly|=next",
     0.1},
    {"=after|=before|=once|=common|=popular|=typical|=frequent|=usual|="
     "journeys",
     0.1},
    {"=product|=app|=site|=website|=platform|=service|=navigate|=through", 0.1},
    {"=leads|=lead|=leading|=ending|=starting|=beginning|=until|=happens", 0.1},
    {"=someone|=somebody|=something|=anything", 0.1},
    {"=by|=per", -3.0},
    {"=how =many|=much|=long", -5.0},
    {"=funnel|=conversion|=convert", -5.0},
    {"recording|replay|dashboard|=flag|=flags|error|issue|=insight|=insights",
     -6.0},
    {"retention|=back|=again", -4.0},
});

struct Point {
  size_t at = 0;
  std::string name;
  std::vector<std::string> stems = {};
};

// "After the upload of a file is done": "file" is the known point again.
bool is_repetition(const Question& question, const Link& link,
                   const std::vector<Point>& points) {
  if (link.verdict == Verdict::sure) return false;
  return std::ranges::any_of(points, [&](const Point& point) {
    for (size_t at = link.span.begin; at < link.span.end; ++at) {
      const Token& token = question.tokens[at];
      if (!is_filler(token) &&
          std::ranges::find(point.stems, token.stem) == point.stems.end()) {
        return false;
      }
    }
    return true;
  });
}

// "https://..." names a page by itself: the value of a page's path.
bool is_address(const Token& token) {
  return token.text.starts_with("http://") ||
         token.text.starts_with("https://");
}

Result<std::vector<Point>> take_points(Question& question,
                                       const source::Schema& schema,
                                       Plan& plan) {
  std::vector<Point> points;
  for (size_t at = 0; at < question.tokens.size(); ++at) {
    if (!is_address(question.tokens[at]) || points.size() == most_points) {
      continue;
    }
    points.push_back({at, question.tokens[at].text});
    take(question, {at, at + 1});
  }
  const auto names = event_names(schema);
  while (points.size() < most_points) {
    const auto link = find_name(question, names);
    const bool guess =
        link && !points.empty() && link->score() < contained_floor;
    if (!link || guess) break;
    if (is_repetition(question, *link, points)) {
      take(question, link->span);
      continue;
    }
    CLARIBI_TRY_ASSIGN(const auto name, take_name(question, names, event_kind,
                                                  plan, link->span));
    if (!name) break;
    const bool known = std::ranges::any_of(
        points, [&](const Point& point) { return point.name == name->raw; });
    if (known) continue;
    points.push_back({link->span.begin, name->raw, name->stems});
  }
  std::ranges::stable_sort(points, {}, &Point::at);
  return points;
}

// The nearest word before the point that says which end of a path it is.
bool is_end(const Question& question, size_t at) {
  for (size_t back = at; back > 0; --back) {
    if (words_at(question, "=before|=to|=towards|=until|=ending|=into|=reach",
                 back - 1)) {
      return true;
    }
    if (words_at(question,
                 "=after|=from|=following|=once|=when|=since|=starting|=with",
                 back - 1)) {
      return false;
    }
  }
  return false;
}

// Page and screen views are called by their addresses and titles in paths, so
// their own names begin and end none.
Result<void> no_views(const std::vector<Point>& points) {
  for (const auto& point : points) {
    if (point.name != "$pageview" && point.name != "$screen") continue;
    return unclear(
        "a path begins or ends at one page, named by its address, "
        "or at an event",
        {"what are the most common paths?"});
  }
  return {};
}

// "From X to Y": neither is left out.
bool is_point(const Question& question, Span span) {
  size_t at = span.begin;
  while (at > 0 && words_at(question, "=a|=an|=the|=they|=their|=our", at - 1))
    --at;
  return at > 0 &&
         words_at(question, "=to|=from|=before|=after", at - 1).has_value();
}

Result<void> take_ends(Question& question, const source::Schema& schema,
                       Plan& plan) {
  CLARIBI_TRY_ASSIGN(const auto points, take_points(question, schema, plan));
  const Span rest = unread(question, whole(question));
  if (rest.size() > 0 && (points.empty() || is_point(question, rest))) {
    return no_such(event_kind, text_of(question, rest), event_names(schema));
  }
  CLARIBI_TRY(no_views(points));
  Paths& paths = plan.paths.emplace();
  for (const auto& point : points) {
    auto& slot = is_end(question, point.at) ? paths.end : paths.start;
    auto& other = &slot == &paths.end ? paths.start : paths.end;
    (slot ? other : slot) = point.name;
  }
  if (points.empty()) {
    assume(plan, "start", "anywhere", "no event was named");
  }
  return {};
}

bool is_posthogs(const std::optional<std::string>& point) {
  return point && point->starts_with('$');
}

// Every kind of step that the project has. Other events of PostHog's own are
// steps only when one of them begins or ends the path: then all events are.
std::vector<std::string> step_kinds(const source::Schema& schema,
                                    const Paths& paths) {
  if (is_posthogs(paths.start) || is_posthogs(paths.end)) return {};
  std::vector<std::string> kinds;
  for (const std::string_view view : {"$pageview", "$screen"}) {
    const bool known = std::ranges::any_of(
        schema.events, [&](const auto& event) { return event.name == view; });
    if (known) kinds.emplace_back(view);
  }
  kinds.emplace_back("custom_event");
  return kinds;
}

Result<void> fill(Question& question, const source::Schema& schema,
                  Plan& plan) {
  CLARIBI_TRY(need_events(schema));
  if (has_no_period(plan.time)) plan.time = {};
  default_time(plan, Unit::day, 30);
  const auto limit = take_count_after(question, "=top|=first|=common");
  CLARIBI_TRY(take_restrictions(question, schema, plan, "paths"));
  CLARIBI_TRY(take_ends(question, schema, plan));
  plan.limit = limit;
  plan.paths->kinds = step_kinds(schema, *plan.paths);
  plan.interval.reset();
  assume_usual(plan);
  admit_unread(question, plan);
  return {};
}

Value paths_filter(const Plan& plan) {
  const Paths& paths = *plan.paths;
  Value filter = json::Object{};
  if (paths.start) filter.set("startPoint", *paths.start);
  if (paths.end) filter.set("endPoint", *paths.end);
  if (!paths.kinds.empty()) {
    Value kinds = json::Array{};
    for (const auto& kind : paths.kinds)
      kinds.push(kind);
    filter.set("includeEventTypes", std::move(kinds));
  }
  if (plan.limit) filter.set("edgeLimit", *plan.limit);
  return filter;
}

Result<std::vector<source::ToolCall>> next_calls(
    const Plan& plan, const Moment& moment,
    std::span<const table::Table> earlier) {
  if (!plan.paths) {
    return fail(ErrorKind::usage, "the plan does not say whose paths");
  }
  Value query = dated_query(plan, "PathsQuery", moment);
  query.set("pathsFilter", paths_filter(plan));
  return once(earlier, query_call(plan, "query-paths", std::move(query)));
}

}  // namespace

const Frame paths_frame{
    .name = "paths",
    .example = "What do users do right after they sign up?",
    .cues = cues,
    .needs = {.events = true, .properties = true},
    .fill = fill,
    .next_calls = next_calls,
};

}  // namespace claribi::plan
