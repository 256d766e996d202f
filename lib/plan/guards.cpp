// SPDX-License-Identifier: MIT
#include "plan/guards.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/ask_command.hpp"

namespace claribi::plan {
namespace {

bool is_sql(const Question& question) {
  const std::string text = lower(question.text);
  const bool select = text.starts_with("select ") ||
                      text.starts_with("select\n") || text.starts_with("with ");
  return select && text.contains("select") && has_words(question, "=from");
}

bool is_how_to(const Question& question) {
  static constexpr std::array<std::string_view, 6> forms{
      "=how do|can|could|should|would =i|=we|=you|=one",
      "=how =to",
      "=where do|can =i|=we =set|=find|=configure|=turn",
      "documentation",
      "=docs",
      "tutorial|=guide"};
  return std::ranges::any_of(
      forms, [&](auto form) { return has_words(question, form); });
}

// The first word that is not a greeting or a request.
size_t first_word(const Question& question) {
  static constexpr std::string_view polite =
      "=please|=can|=could|=would|=you|=i|=we|=want|=wanna|=need|=to|=like|"
      "=now|=go|=ahead|=and|=just|=let|=lets|=us|=hey|=hi|=then|=help|=me|,";
  size_t at = 0;
  while (at < question.tokens.size() && words_at(question, polite, at))
    ++at;
  return at;
}

// Things that PostHog keeps and a tool could change.
constexpr std::string_view kept_things =
    "flag|dashboard|cohort|insight|experiment|survey|person|annotation|"
    "recording|project|feature|rollout|key|alert|subscription|action|tile|"
    "organization|member|user|people|property|event|issue|segment|toggle";

// The verb of an order to change something, as a span; nothing if there is
// none. "Create a chart" and "update me" are no such orders.
std::optional<Span> write_order(const Question& question) {
  static constexpr std::array<std::string_view, 9> always{
      "=turn =on|=off",
      "=switch =on|=off",
      "=delete|=remove|=erase|=drop",
      "=disable|=enable|=deactivate|=activate|=reactivate",
      "=archive|=unarchive|=restore",
      "=roll =out|=back",
      "=rename",
      "=launch|=toggle|=pause|=resume|=ship",
      "=merge|=split =person|=persons"};
  static constexpr std::string_view with_thing =
      "=create|=update|=change|=set|=edit|=add|=make|=modify|=increase|"
      "=decrease|=duplicate|=copy|=move|=assign|=resolve|=save|=publish|=write|"
      "=insert|=rollout|=invite|=pin|=unpin|=share|=reset|=stop|=start|=close|"
      "=put|=configure|=suppress|=tag";
  const size_t at = first_word(question);
  for (const auto verb : always) {
    if (const auto span = words_at(question, verb, at)) return span;
  }
  const auto span = words_at(question, with_thing, at);
  // "Turn the new-pricing flag off": the particle may stand at the end.
  const auto turn = words_at(question, "=turn|=switch|=roll|=take", at);
  if (turn && has_words(question, "=on|=off|=out|=back")) return turn;
  // "Share of users who ..." and "change in active users" are nouns: an order
  // has its object right behind it.
  const bool is_noun =
      span && words_at(question, "=of|=in|=between|=since|=over|=per|=by|=vs",
                       span->end);
  if (span && !is_noun && find_words(question, kept_things, at + 1)) {
    return span;
  }
  return std::nullopt;
}

std::string alternative(const Question& question, Span verb) {
  struct Row {
    std::string_view thing;
    std::string_view list;
  };
  static constexpr std::array<Row, 5> rows{
      {{"flag|toggle|rollout|feature", "List feature flags"},
       {"dashboard|insight|tile", "What dashboards exist?"},
       {"cohort|segment", "List cohorts"},
       {"issue|error", "Top errors in the last 7 days"},
       {"event|property", "Which events do we track?"}}};
  for (const auto& row : rows) {
    const auto thing = find_words(question, row.thing, verb.end);
    if (!thing) continue;
    // "the new-onboarding flag": the one that is named can be shown.
    size_t begin = verb.end;
    while (begin < thing->begin && is_filler(question.tokens[begin]))
      ++begin;
    const bool makes_new = has_words(question, "=create|=add|=make");
    const Span named{begin, thing->begin};
    if (!makes_new && named.begin < named.end && row.thing != rows[3].thing &&
        row.thing != rows[4].thing &&
        question.tokens[begin].text != "feature") {
      return fmt::format("Show me the {} {}", text_of(question, named),
                         question.tokens[thing->begin].folded);
    }
    return std::string(row.list);
  }
  return "List feature flags";
}

struct Topic {
  std::string_view words;
  std::string_view message;
  std::string_view reason;
};

// Kinds of questions that are understood well enough to say that none of the
// tools answers them.
constexpr std::array<Topic, 3> out_of_reach{{
    {"forecast|=predict|=prediction|=predictions|=projection|=projections|="
     "projected|=expect|=expected",
     "a forecast is not something the data can answer", "forecast"},
    {"survey|experiment|=a/b", "there is no tool for surveys and experiments",
     ""},
    {"=nps|=csat", "there is no tool for surveys and experiments", ""},
}};

// "Will signups grow", "what will they be"; but "will you show me" is a
// request.
bool looks_ahead(const Question& question) {
  for (auto span = find_words(question, "=will|=shall"); span;
       span = find_words(question, "=will|=shall", span->end)) {
    if (!words_at(question, "=you", span->end)) return true;
  }
  return false;
}

Result<void> within_reach(const Question& question) {
  for (const auto& topic : out_of_reach) {
    const bool ahead = topic.reason == "forecast" && looks_ahead(question);
    if (!ahead && !has_words(question, topic.words)) continue;
    return fail(ErrorKind::not_answerable, std::string(topic.message),
                {"what can be asked: " +
                     ask_command("Signups by day for the last 30 days"),
                 "or write the query yourself: " +
                     ask_command("SELECT event, count() FROM events GROUP BY "
                                 "event LIMIT 10")},
                {.slot = "question",
                 .reason = topic.reason.empty() ? "out_of_scope"
                                                : std::string(topic.reason)});
  }
  return {};
}

}  // namespace

Result<std::string_view> guard(const Question& question) {
  if (question.tokens.empty()) {
    return fail(ErrorKind::usage, "nothing was asked",
                {ask_command("Signups by day for the last 30 days")});
  }
  if (is_sql(question)) return "sql";
  if (is_how_to(question)) return "docs";
  if (const auto verb = write_order(question)) {
    return fail(ErrorKind::refused,
                fmt::format("claribi only reads and never changes anything: "
                            "'{}' was not done",
                            question.text),
                {ask_command(alternative(question, *verb))},
                {.slot = "question",
                 .reason = "read_only",
                 .candidates = {alternative(question, *verb)},
                 .readings = {ask_command(alternative(question, *verb))}});
  }
  CLARIBI_TRY(within_reach(question));
  return "";
}

}  // namespace claribi::plan
