// SPDX-License-Identifier: MIT
#include "plan/read.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/result.hpp"
#include "base/text.hpp"
#include "plan/ask_command.hpp"
#include "plan/event_links.hpp"
#include "plan/guards.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"
#include "plan/time.hpp"
#include "plan/values.hpp"

namespace claribi::plan {
namespace {

// Below this no frame fits.
constexpr double least_score = 1.0;

double score(const Frame& frame, const Reading& reading) {
  if (!frame.only_with.empty() &&
      !has_words(reading.question, frame.only_with)) {
    return 0.0;
  }
  double sum = 0.0;
  for (const auto& cue : frame.cues) {
    if (has_words(reading.question, cue.words)) sum += cue.weight;
  }
  if (reading.time.kind != TimeRange::Kind::unsaid) sum += frame.timed;
  if (reading.interval) sum += frame.grained;
  return sum;
}

const Frame* best_frame(const Reading& reading) {
  const Frame* best = nullptr;
  double best_score = least_score;
  for (const auto& frame : frames()) {
    const double points = score(frame, reading);
    if (points < least_score) continue;
    if (best == nullptr || points > best_score) {
      best = &frame;
      best_score = points;
    }
  }
  return best;
}

void mark_cues(Question& question, const Frame& frame) {
  for (const auto& cue : frame.cues) {
    if (cue.weight <= 0.0) continue;
    for (auto span = find_words(question, cue.words); span;
         span = find_words(question, cue.words, span->end)) {
      for (size_t i = span->begin; i < span->end; ++i) {
        question.tokens[i].cue = true;
      }
    }
  }
}

// What a product calls its people says nothing of what they did.
void mark_people(Question& question) {
  for (auto span = find_words(question, "#people"); span;
       span = find_words(question, "#people", span->end)) {
    Token& token = question.tokens[span->begin];
    token.cue = token.cue || token.folded.ends_with('s');
  }
}

// Words that speak to a model and not to the data: what follows is no
// question.
constexpr std::array<std::string_view, 5> instructions{
    "=ignore|=disregard|=forget|=override "
    "=all|=any|=every|=previous|=prior|=the|=your|=my|=these|=those|=above",
    "=ignore|=disregard|=forget =previous|=prior|=above", "=you =are =now",
    "=system =prompt|=message|=override", "=new =instructions|=instruction"};

std::optional<Span> find_instruction(const Question& question) {
  std::optional<Span> first;
  for (const auto words : instructions) {
    const auto span = find_words(question, words);
    if (span && (!first || span->begin < first->begin)) first = span;
  }
  return first;
}

// Cuts the question before an instruction. Returns what was cut.
std::string cut_instruction(Question& question) {
  const auto span = find_instruction(question);
  if (!span || span->begin == 0) return {};
  const std::string cut =
      text_of(question, {span->begin, question.tokens.size()});
  question.text.resize(question.tokens[span->begin].at);
  question.tokens.resize(span->begin);
  return cut;
}

// Whether any words could be a breakdown, a filter or an aggregated property.
bool speaks_of_properties(const Question& question) {
  static constexpr std::string_view signs =
      "by|per|split|group|broken|across|top|where|with|whose|from|in|on|for|"
      "using|which|average|avg|mean|median|sum|total|max|maximum|min|minimum|"
      "highest|lowest|largest|smallest|p75|p90|p95|p99|percentile|revenue|"
      "sales|income|earnings|mrr|having|each|=|!=|<|>|<=|>=";
  const auto& tokens = question.tokens;
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].used || !words_at(question, signs, at)) continue;
    size_t next = at + 1;
    while (next < tokens.size() && is_filler(tokens[next]))
      ++next;
    // "in the last 30 days" speaks of time only.
    if (next < tokens.size() && !tokens[next].used) return true;
  }
  // "Chrome pageviews": a value may stand before what it restricts.
  return has_builtin_value(question);
}

constexpr size_t longest_value = 3;  // In words.
constexpr size_t most_values = 40;

// The words that no event of the schema explains.
Question without_events(Question question, const source::Schema& schema) {
  const auto names = event_names(schema);
  for (auto link = find_name(question, names); link;
       link = find_name(question, names)) {
    if (link->score() < contained_floor) break;
    take(question, link->span);
  }
  return question;
}

bool is_value_word(const Token& token) {
  return !token.used && !is_separator(token) && !token.cue && !is_filler(token);
}

// Only one word between two names: "product viewed to product added".
bool is_step_word(const Question& question, Span between) {
  return between.size() == 1 &&
         words_at(question, "=to|=then|->|=into", between.begin).has_value();
}

// Names of events in a row, each joined to the next by "to", are a funnel
// although no word says so.
bool is_funnel_of_names(Question question, const source::Schema& schema) {
  const auto names = event_names(schema);
  std::vector<Span> spans;
  for (auto link = find_name(question, names); link;
       link = find_name(question, names)) {
    if (link->score() < contained_floor) break;
    spans.push_back(link->span);
    take(question, link->span);
  }
  std::ranges::sort(spans, {}, &Span::begin);
  for (size_t i = 1; i < spans.size(); ++i) {
    if (is_step_word(question, {spans[i - 1].end, spans[i].begin})) return true;
  }
  return false;
}

const Frame* frame_for(const Reading& reading, const source::Schema& schema) {
  const bool counts =
      reading.frame->name == "trend" || reading.frame->name == "number";
  if (counts && !reading.compare_to &&
      is_funnel_of_names(reading.question, schema)) {
    return find_frame("funnel");
  }
  return reading.frame;
}

}  // namespace

bool wants_properties(const Reading& reading, const source::Schema& schema) {
  if (reading.needs.properties || !reading.frame->needs.properties ||
      !reading.needs.events) {
    return false;
  }
  const Question rest = without_events(reading.question, schema);
  return unread(rest, whole(rest)).size() > 0;
}

std::vector<std::string> possible_values(const Reading& reading,
                                         const source::Schema& schema) {
  std::vector<std::string> texts;
  if (schema.properties.empty()) return texts;
  const auto& tokens = reading.question.tokens;
  for (size_t begin = 0; begin < tokens.size(); ++begin) {
    for (size_t size = 1; size <= longest_value; ++size) {
      const size_t end = begin + size;
      if (end > tokens.size() || !is_value_word(tokens[end - 1])) break;
      if (texts.size() == most_values) return texts;
      texts.push_back(lower(size == 1
                                ? tokens[begin].text
                                : text_of(reading.question, {begin, end})));
    }
  }
  return texts;
}

Result<Reading> read(std::string_view text) {
  Reading reading{.question = read_question(text)};
  reading.cut = cut_instruction(reading.question);
  CLARIBI_TRY_ASSIGN(const auto decided, guard(reading.question));
  if (!decided.empty()) {
    reading.frame = find_frame(decided);
    return reading;
  }
  CLARIBI_TRY_ASSIGN(auto said, read_time(reading.question));
  reading.time = std::move(said.range);
  reading.interval = said.interval;
  reading.compare_to = std::move(said.compare_to);
  reading.frame = best_frame(reading);
  // A question of names alone ("show me payments") is about how often.
  const bool has_content =
      unread(reading.question, whole(reading.question)).size() > 0;
  if (reading.frame == nullptr && has_content) {
    reading.frame = find_frame("trend");
  }
  if (reading.frame == nullptr) {
    return fail(ErrorKind::not_answerable,
                "no kind of question that claribi knows fits '" +
                    reading.question.text + "'",
                {ask_command("Signups by day for the last 30 days"),
                 ask_command("Which events do we track?")});
  }
  mark_cues(reading.question, *reading.frame);
  mark_people(reading.question);
  reading.needs = reading.frame->needs;
  // A list of everything needs no names beforehand.
  const bool of_something =
      has_words(reading.question, "value|values|=have|=has|=of|=does|=on|=for");
  if (reading.frame->name == "schema" && !of_something) reading.needs = {};
  const bool of_numbers = has_words(
      reading.question,
      "revenue|=sales|income|earnings|=mrr|=turnover|=gmv|average|=avg|=mean|"
      "=median|percentile|=p75|=p90|=p95|=p99|=longest|=shortest");
  if (!of_numbers && !speaks_of_properties(reading.question) &&
      reading.frame->name != "schema") {
    reading.needs.properties = false;
  }
  return reading;
}

Result<Plan> link(Reading reading, const source::Schema& listed) {
  const source::Schema schema = in_order(listed);
  if (reading.frame == nullptr) {
    return fail(ErrorKind::internal, "a reading without a frame");
  }
  reading.frame = frame_for(reading, schema);
  Plan plan{.frame = std::string(reading.frame->name),
            .time = std::move(reading.time),
            .interval = reading.interval,
            .compare_to = std::move(reading.compare_to)};
  plan.by_query = has_words(reading.question, "=run|=execute") &&
                  has_words(reading.question, "=query");
  CLARIBI_TRY(reading.frame->fill(reading.question, schema, plan));
  if (!reading.cut.empty()) {
    assume(plan, "left out", reading.cut,
           "these words instruct and ask for no data", 0.5);
  }
  return plan;
}

}  // namespace claribi::plan
