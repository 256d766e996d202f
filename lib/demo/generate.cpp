// SPDX-License-Identifier: MIT
#include "demo/generate.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "demo/tables.hpp"

namespace claribi::demo {

namespace {

int64_t stamp(Instant at) {
  return at.time_since_epoch().count();
}

// Gives the rows of one table, one at a time, for Store::insert.
template <typename Items, typename Fill>
auto rows_of(Items& items, Fill fill) {
  return [&items, fill, next = size_t{0}](std::vector<Cell>& row) mutable {
    if (next == items.size()) return false;
    row = fill(items[next], next);
    ++next;
    return true;
  };
}

// A part of the population, inserted at once so that memory stays small.
class Batch {
 public:
  Batch(size_t first_person, int64_t first_session)
      : first_person_(first_person), next_session_(first_session) {}

  void add(Life life) {
    const auto person =
        static_cast<int64_t>(first_person_ + persons_.size() + 1);
    const int64_t base = next_session_;
    for (auto& id : life.distinct_ids)
      ids_.push_back({id, person});
    for (auto& session : life.sessions) {
      sessions_.push_back({next_session_++, std::move(session), person});
    }
    for (auto& event : life.events) {
      const Cell session =
          event.session ? Cell(base + static_cast<int64_t>(*event.session))
                        : Cell();
      events_.push_back({std::move(event), person, session});
    }
    for (auto& flag : life.flags)
      flags_.push_back({std::move(flag), person});
    life.sessions.clear();
    life.events.clear();
    life.flags.clear();
    persons_.push_back(std::move(life));
  }

  [[nodiscard]] int64_t next_session() const { return next_session_; }

  [[nodiscard]] Result<void> insert(Store& store) {
    CLARIBI_TRY(
        store.insert("INSERT INTO persons VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                     rows_of(persons_, [this](Life& life, size_t index) {
                       return std::vector<Cell>{
                           static_cast<int64_t>(first_person_ + index + 1),
                           std::move(life.uuid),
                           life.distinct_ids.front(),
                           stamp(life.created_at),
                           stamp(life.last_seen_at),
                           std::move(life.properties)};
                     })));
    CLARIBI_TRY(
        store.insert("INSERT OR IGNORE INTO distinct_ids VALUES(?1, ?2)",
                     rows_of(ids_, [](Id& id, size_t) {
                       return std::vector<Cell>{std::move(id.text), id.person};
                     })));
    CLARIBI_TRY(store.insert(
        "INSERT OR IGNORE INTO sessions VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        rows_of(sessions_, [](Session& session, size_t) {
          return std::vector<Cell>{session.id,
                                   std::move(session.session.uuid),
                                   session.person,
                                   stamp(session.session.start),
                                   stamp(session.session.end),
                                   std::move(session.session.properties)};
        })));
    CLARIBI_TRY(store.insert("INSERT INTO person_flags VALUES(?1, ?2, ?3, ?4)",
                             rows_of(flags_, [](Flag& flag, size_t) {
                               return std::vector<Cell>{
                                   flag.person, std::move(flag.flag.key),
                                   std::move(flag.flag.value),
                                   stamp(flag.flag.since)};
                             })));
    return store.insert(
        "INSERT INTO events(event, timestamp, person, session, properties) "
        "VALUES(?1, ?2, ?3, ?4, ?5)",
        rows_of(events_, [](Event& event, size_t) {
          return std::vector<Cell>{static_cast<int64_t>(event.event.event + 1),
                                   stamp(event.event.at), event.person,
                                   event.session,
                                   std::move(event.event.properties)};
        }));
  }

 private:
  struct Id {
    std::string text;
    int64_t person = 0;
  };
  struct Session {
    int64_t id = 0;
    LifeSession session;
    int64_t person = 0;
  };
  struct Event {
    LifeEvent event;
    int64_t person = 0;
    Cell session;
  };
  struct Flag {
    LifeFlag flag;
    int64_t person = 0;
  };
  size_t first_person_;
  int64_t next_session_;
  std::vector<Life> persons_ = {};
  std::vector<Id> ids_ = {};
  std::vector<Session> sessions_ = {};
  std::vector<Event> events_ = {};
  std::vector<Flag> flags_ = {};
};

[[nodiscard]] Result<void> insert_names(Store& store, const Project& project) {
  return store.insert(
      "INSERT INTO event_names VALUES(?1, ?2)",
      rows_of(project.events, [](const EventSpec& event, size_t index) {
        return std::vector<Cell>{static_cast<int64_t>(index + 1), event.name};
      }));
}

[[nodiscard]] Result<void> insert_meta(Store& store, const Window& window,
                                       uint64_t seed) {
  const std::vector<std::pair<std::string, int64_t>> meta = {
      {"data_from", stamp(window.from)},
      {"data_to", stamp(window.to)},
      {"seed", static_cast<int64_t>(seed)}};
  return store.insert("INSERT INTO meta VALUES(?1, ?2)",
                      rows_of(meta, [](const auto& entry, size_t) {
                        return std::vector<Cell>{entry.first, entry.second};
                      }));
}

}  // namespace

Result<void> generate(Store& store, const Project& project,
                      const DataSpec& spec, Instant now) {
  const Population population(project, spec, now);
  CLARIBI_TRY(make_tables(store));
  CLARIBI_TRY(store.execute("BEGIN"));
  CLARIBI_TRY(insert_names(store, project));
  constexpr size_t batch_size = 256;
  int64_t next_session = 1;
  for (size_t first = 0; first < population.size(); first += batch_size) {
    Batch batch(first, next_session);
    const size_t end = std::min(population.size(), first + batch_size);
    for (size_t person = first; person < end; ++person) {
      batch.add(population.life(person));
    }
    next_session = batch.next_session();
    CLARIBI_TRY(batch.insert(store));
  }
  CLARIBI_TRY(insert_meta(store, population.window(), spec.seed));
  CLARIBI_TRY(store.execute("COMMIT"));
  return make_indexes(store);
}

}  // namespace claribi::demo
