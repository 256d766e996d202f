// SPDX-License-Identifier: MIT
#include "demo/life.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "demo/person_traits.hpp"
#include "demo/random.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;

// As version 7 orders them: the time first, then chance.
std::string uuid_of(Instant at, Random& random) {
  const auto time =
      static_cast<uint64_t>(at.time_since_epoch().count()) & 0xffffffffffffU;
  const uint64_t a = random.next();
  const uint64_t b = random.next();
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", time >> 16U,
                     time & 0xffffU, a & 0xfffU, 0x8000U | (b >> 50U),
                     b & 0xffffffffffffU);
}

}  // namespace

std::string LifeFlag::json() const {
  return value == "true" || value == "false" ? value : json_text(value);
}

// Tells one life, from the first visit to the last.
class Population::Telling {
 public:
  Telling(const Population& all, size_t person)
      : all_(all),
        taxonomy_(all.taxonomy_),
        arrival_(all.arrivals_[person]),
        random_{all.seed_, arrival_.key, 2},
        known_until_(all.window_.to - days(2)),
        listed_(listing_of(all, arrival_)),
        traits_(taxonomy_, listed_["properties"]),
        done_at_(taxonomy_.events.size()),
        due_(taxonomy_.events.size()) {
    begin(person);
  }

  Life tell() {
    const auto rhythm = all_.rhythm(arrival_);
    known_ = rhythm.known;
    if (!rhythm.visits.empty()) be_born(rhythm.visits.front().start);
    decide();
    for (const auto& visit : rhythm.visits) {
      repeat_until(visit.start);
      tell_visit(visit);
    }
    repeat_until(all_.window_.to);
    tell_recordings();
    finish();
    return std::move(life_);
  }

 private:
  static const json::Value& listing_of(const Population& all,
                                       const Arrival& arrival) {
    static const json::Value none;
    return arrival.listed ? all.project_.persons[*arrival.listed] : none;
  }

  [[nodiscard]] bool is_listed() const { return !listed_.is_null(); }

  void begin(size_t person) {
    for (const auto& id : listed_["distinct_ids"].items()) {
      if (id.is_string()) life_.distinct_ids.push_back(id.text_or(""));
    }
    life_.uuid = listed_["id"].text_or("");
    if (life_.distinct_ids.empty()) {
      auto id = fmt::format("p_{:03}", person + 1);
      while (all_.listed_ids_.contains(id))
        id += 'x';
      life_.distinct_ids = {std::move(id)};
    }
  }

  void be_born(Instant at) {
    life_.created_at = at;
    life_.last_seen_at = at;
    if (life_.uuid.empty()) life_.uuid = uuid_of(at, random_);
    traits_.draw(at, random_);
    take_flags();
  }

  // Values do not change when a person does: flags stick.
  void take_flags() {
    for (const auto& flag : taxonomy_.flags) {
      auto value = flag.value_for(arrival_.key, traits_.all());
      life_.flags.push_back(
          {.key = flag.key, .value = std::move(value), .since = flag.since});
    }
  }

  // Which of the events that happen once will happen at all.
  void decide() {
    for (const size_t event : taxonomy_.once) {
      const auto& plan = taxonomy_.events[event];
      bool will =
          plan.needs ? random_.chance(plan.share)
                     : known_ && random_.chance(plan.share / all_.known_share_);
      if (is_listed()) will = traits_.fit(plan);
      if (will) pending_.push_back(event);
    }
  }

  [[nodiscard]] bool ready(const EventPlan& plan) const {
    return !plan.needs || done_at_[*plan.needs];
  }

  void tell_visit(const Visit& visit) {
    open_session(uuid_of(visit.start, random_), visit.start);
    Instant at = visit.start;
    for (size_t i = 0; i < visit.events; ++i) {
      emit(draw(at), at);
      at += pause();
      if (pending_.empty()) continue;
      const auto next = std::ranges::find_if(pending_, [&](size_t event) {
        const auto& plan = taxonomy_.events[event];
        return ready(plan) && (!plan.needs || random_.chance(0.06));
      });
      if (next == pending_.end()) continue;
      const size_t event = *next;
      pending_.erase(next);
      emit(event, at);
      at += pause();
    }
    close_session(at);
  }

  milliseconds pause() {
    return milliseconds(
        3000 + static_cast<int64_t>(random_.exponential(45.0) * 1000.0));
  }

  size_t draw(Instant at) {
    const size_t event = taxonomy_.drawn[random_.pick(taxonomy_.weights)];
    const auto& plan = taxonomy_.events[event];
    if (!ready(plan) || is_held_back(event, at)) return taxonomy_.fallback;
    if (plan.has_flag && !draw_flag(at)) return taxonomy_.fallback;
    if (plan.has_issue && !draw_issue(at)) return taxonomy_.fallback;
    return event;
  }

  // Some people come to an event only with the help of a flag.
  [[nodiscard]] bool is_held_back(size_t event, Instant at) const {
    for (size_t i = 0; i < taxonomy_.flags.size(); ++i) {
      const auto& flag = taxonomy_.flags[i];
      if (flag.helps != event || done_at_[event] || is_listed()) continue;
      const bool on = at >= flag.since && life_.flags[i].value != "false";
      if (!on && flag.needed_by(arrival_.key)) return true;
    }
    return false;
  }

  // One of the flags that there are by then.
  bool draw_flag(Instant at) {
    const auto place = random_.below(taxonomy_.flags.size());
    flag_ = &life_.flags[place];
    return at >= flag_->since;
  }

  bool draw_issue(Instant at) {
    double sum = 0;
    for (const auto& issue : taxonomy_.issues) {
      if (at >= issue.span.from && at < issue.span.to) sum += issue.weight;
    }
    if (sum <= 0) return false;
    double place = random_.unit() * sum;
    for (const auto& issue : taxonomy_.issues) {
      if (at < issue.span.from || at >= issue.span.to) continue;
      issue_ = &issue;
      place -= issue.weight;
      if (place < 0) break;
    }
    return true;
  }

  void open_session(std::string uuid, Instant start) {
    life_.sessions.push_back({.uuid = std::move(uuid),
                              .start = start,
                              .end = start,
                              .properties = {}});
    in_session_ = true;
    start_url_.clear();
    session_events_ = 0;
    session_errors_ = 0;
  }

  void close_session(Instant end) {
    in_session_ = false;
    auto& session = life_.sessions.back();
    session.end = end;
    const auto length =
        std::chrono::duration_cast<seconds>(end - session.start).count();
    const auto active = static_cast<int64_t>(static_cast<double>(length) *
                                             (0.35 + (0.5 * random_.unit())));
    const size_t clicks = (session_events_ * 3) + random_.below(12);
    session.properties = fmt::format(
        R"({{"active_seconds":{},"click_count":{},"keypress_count":{},)"
        R"("mouse_activity_count":{},"console_error_count":{},)"
        R"("start_url":{}}})",
        active, clicks, random_.below(clicks + 20), clicks * 9, session_errors_,
        start_url_.empty() ? "null" : start_url_);
  }

  // Also changes what the event changes of the person. The record is kept
  // only of what lies in the window.
  void emit(size_t event, Instant at) {
    const auto& plan = taxonomy_.events[event];
    if (!done_at_[event]) done_at_[event] = at;
    for (const auto& set : plan.sets) {
      traits_.set(set, at < known_until_, random_);
    }
    if (in_session_) ++session_events_;
    if (plan.has_issue) ++session_errors_;
    if (plan.has_issue && issue_ == nullptr && !draw_issue(at)) return;
    if (plan.has_flag && flag_ == nullptr && !draw_flag(at)) return;
    if (at >= all_.window_.to || (!in_session_ && at < all_.window_.from)) {
      return;
    }
    LifeEvent record{
        .event = event, .at = at, .properties = properties_of(plan)};
    if (in_session_) record.session = life_.sessions.size() - 1;
    life_.events.push_back(std::move(record));
  }

  std::string properties_of(const EventPlan& plan) {
    std::string out = "{";
    for (const auto& field : plan.fields) {
      const std::string value = value_of(field);
      if (value.empty()) continue;
      add_member(out, field.key, value);
      if (field.is_url && start_url_.empty()) start_url_ = value;
    }
    return out + "}";
  }

  std::string value_of(const Field& field) {
    switch (field.source) {
      case Field::Source::listed:
        return field.choice.texts[random_.pick(field.choice.cumulative)];
      case Field::Source::trait:
        return traits_.at(field.trait);
      case Field::Source::by_trait: {
        const auto& texts = taxonomy_.traits[field.trait].choice.texts;
        const auto at = static_cast<size_t>(
            std::ranges::find(texts, traits_.at(field.trait)) - texts.begin());
        return field.choice.texts[std::min(at, field.choice.texts.size() - 1)];
      }
      case Field::Source::session:
        return in_session_ ? json_text(life_.sessions.back().uuid) : "";
      case Field::Source::number:
        return std::to_string(1 + random_.below(100));
      case Field::Source::issue_id:
        return issue_ == nullptr ? "" : issue_->id;
      case Field::Source::issue_type:
        return issue_ == nullptr ? "" : issue_->name;
      case Field::Source::issue_text:
        return issue_ == nullptr ? "" : issue_->text;
      case Field::Source::flag_key:
        return flag_ == nullptr ? "" : json_text(flag_->key);
      case Field::Source::flag_value:
        return flag_ == nullptr ? "" : flag_->json();
    }
    return {};
  }

  // Events that come on their own, such as bills, up to that moment.
  void repeat_until(Instant end) {
    for (const size_t event : taxonomy_.repeating) {
      const auto& plan = taxonomy_.events[event];
      if (!ready(plan) || (plan.until && done_at_[*plan.until])) continue;
      const auto since = plan.needs ? done_at_[*plan.needs] : std::nullopt;
      Instant due =
          due_[event].value_or(since.value_or(life_.created_at) + seconds(90));
      for (; due < end; due += days(plan.every_days)) {
        emit(event, due);
      }
      due_[event] = due;
    }
  }

  // The recordings that the description lists for this person.
  void tell_recordings() {
    for (const auto& recording : all_.project_.recordings) {
      const auto start = parse_instant(recording["start_time"].text_or(""));
      if (!is_listed() || !start ||
          std::ranges::find(life_.distinct_ids,
                            recording["distinct_id"].text_or("")) ==
              life_.distinct_ids.end()) {
        continue;
      }
      const auto length =
          seconds(recording["recording_duration"].integer().value_or(60));
      if (*start < all_.window_.from || *start + length >= all_.window_.to) {
        continue;
      }
      open_session(recording["id"].text_or(""), *start);
      const auto& names = recording["contains_events"].items();
      for (size_t i = 0; i < names.size(); ++i) {
        const auto event = taxonomy_.event_named(names[i].text_or(""));
        if (!event) continue;
        emit(*event, *start + (length * static_cast<int64_t>(i) /
                               static_cast<int64_t>(names.size())));
      }
      close_session(*start + length);
      overwrite_properties(recording);
    }
  }

  void overwrite_properties(const json::Value& recording) {
    std::string out = "{";
    for (const char* name :
         {"active_seconds", "click_count", "keypress_count",
          "mouse_activity_count", "console_error_count", "start_url"}) {
      add_member(out, json_text(name) + ":", json::compact(recording[name]));
    }
    life_.sessions.back().properties = out + "}";
  }

  // Drops the sessions that began before the data do and sorts the rest.
  void finish() {
    std::vector<std::optional<size_t>> places(life_.sessions.size());
    std::vector<LifeSession> kept;
    for (size_t i = 0; i < life_.sessions.size(); ++i) {
      auto& session = life_.sessions[i];
      if (session.start < all_.window_.from ||
          session.start >= all_.window_.to) {
        continue;
      }
      session.end = std::min(session.end, all_.window_.to - milliseconds(1));
      places[i] = kept.size();
      kept.push_back(std::move(session));
    }
    std::erase_if(life_.events, [&](LifeEvent& event) {
      if (!event.session) return false;
      event.session = places[*event.session];
      return !event.session;
    });
    life_.sessions = std::move(kept);
    std::ranges::stable_sort(life_.events, {}, &LifeEvent::at);
    life_.last_seen_at =
        life_.events.empty() ? life_.created_at : life_.events.back().at;
    life_.properties = traits_.properties(!known_);
  }

  const Population& all_;
  const Taxonomy& taxonomy_;
  const Arrival& arrival_;
  Random random_;
  Instant known_until_;
  const json::Value& listed_;  // As the description lists the person, or null.
  PersonTraits traits_;
  std::vector<std::optional<Instant>> done_at_;  // First time, by event.
  std::vector<std::optional<Instant>> due_;      // Next time, if repeating.
  Life life_ = {};
  std::vector<size_t> pending_ = {};
  const Issue* issue_ = nullptr;
  const LifeFlag* flag_ = nullptr;
  bool known_ = true;
  bool in_session_ = false;
  std::string start_url_ = {};
  size_t session_events_ = 0;
  size_t session_errors_ = 0;
};

Life Population::life(size_t person) const {
  return Telling(*this, person).tell();
}

}  // namespace claribi::demo
