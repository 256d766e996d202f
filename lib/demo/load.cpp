// SPDX-License-Identifier: MIT
#include "demo/load.hpp"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/event_reader.hpp"
#include "demo/seen_events.hpp"
#include "demo/tables.hpp"
#include "demo/temporary_file.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

constexpr size_t most_named_lines = 5;

int64_t stamp(Instant at) {
  return at.time_since_epoch().count();
}

// From the first to the last moment of something.
struct Span {
  int64_t from = 0;
  int64_t to = 0;

  void take(int64_t at) {
    from = std::min(from, at);
    to = std::max(to, at);
  }
};

// A UUID that stays the same for the same id.
std::string uuid_of(std::string_view distinct_id) {
  const auto hex = sha256_hex(distinct_id);
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4),
                     hex.substr(12, 4), hex.substr(16, 4), hex.substr(20, 12));
}

// Persons and sessions grow with the file; the events pass through.
class Loading {
 public:
  explicit Loading(std::istream& in) : reader_(in) {}

  [[nodiscard]] Result<Loaded> fill(Store& store, const std::string& name);

 private:
  struct Person {
    std::string id;
    Span seen;
    json::Value properties = json::Object{};
  };
  struct Session {
    std::string id;
    int64_t person = 0;
    Span time;
  };

  bool next_row(std::vector<Cell>& row);
  int64_t person_of(const OwnEvent& event);
  Cell session_of(const OwnEvent& event, int64_t person);
  void set_properties(Person& person, const json::Value& properties);
  void note_bad(Error error);
  [[nodiscard]] Result<void> insert_events(Store& store);
  [[nodiscard]] Result<void> insert_rest(Store& store) const;
  [[nodiscard]] Result<void> insert_meta(Store& store,
                                         const std::string& name) const;
  [[nodiscard]] Result<void> check(const std::string& name) const;
  [[nodiscard]] Project project() const;

  EventReader reader_;
  SeenEvents events_ = {};
  SeenProperties person_properties_ = {};
  std::unordered_map<std::string, int64_t> person_numbers_ = {};
  std::vector<Person> persons_ = {};
  std::unordered_map<std::string, int64_t> session_numbers_ = {};
  std::vector<Session> sessions_ = {};
  std::optional<Span> window_ = {};
  uint64_t count_ = 0;
  std::vector<std::string> bad_lines_ = {};
  uint64_t bad_count_ = 0;
};

// One row for each item of a list.
template <typename Item, typename Fill>
[[nodiscard]] Result<void> insert_all(Store& store, std::string_view sql,
                                      const std::vector<Item>& items,
                                      Fill fill) {
  size_t next = 0;
  return store.insert(sql, [&](std::vector<Cell>& row) {
    if (next == items.size()) return false;
    row = fill(items[next], static_cast<int64_t>(next + 1));
    ++next;
    return true;
  });
}

void Loading::note_bad(Error error) {
  ++bad_count_;
  if (bad_lines_.size() < most_named_lines) {
    bad_lines_.push_back(std::move(error.message));
  }
}

void Loading::set_properties(Person& person, const json::Value& properties) {
  for (const auto& member : properties["$set"].members()) {
    person.properties.set(member.name, member.value);
    person_properties_.take(member.name, member.value);
  }
  for (const auto& member : properties["$set_once"].members()) {
    if (person.properties.has(member.name)) continue;
    person.properties.set(member.name, member.value);
    person_properties_.take(member.name, member.value);
  }
}

int64_t Loading::person_of(const OwnEvent& event) {
  const int64_t at = stamp(event.at);
  const auto [place, is_new] = person_numbers_.try_emplace(
      event.distinct_id, static_cast<int64_t>(persons_.size() + 1));
  if (is_new) persons_.push_back({.id = event.distinct_id, .seen = {at, at}});
  auto& person = persons_[static_cast<size_t>(place->second - 1)];
  person.seen.take(at);
  set_properties(person, event.properties);
  return place->second;
}

Cell Loading::session_of(const OwnEvent& event, int64_t person) {
  const int64_t at = stamp(event.at);
  const auto id = event.properties["$session_id"].text_or("");
  if (id.empty()) return {};
  const auto [place, is_new] = session_numbers_.try_emplace(
      id, static_cast<int64_t>(sessions_.size() + 1));
  if (is_new) sessions_.push_back({id, person, {at, at}});
  sessions_[static_cast<size_t>(place->second - 1)].time.take(at);
  return place->second;
}

// The row of the next good event. After a bad one the rest is only looked
// through for more of them.
bool Loading::next_row(std::vector<Cell>& row) {
  while (!reader_.finished()) {
    auto read = reader_.next();
    if (!read) {
      note_bad(std::move(read).error());
      continue;
    }
    if (!*read) break;
    if (bad_count_ > 0) continue;
    const auto& event = **read;
    const int64_t at = stamp(event.at);
    const int64_t person = person_of(event);
    if (!window_) window_ = Span{at, at};
    window_->take(at);
    ++count_;
    row = {events_.take(event.event, event.properties), at, person,
           session_of(event, person), json::compact(event.properties)};
    return true;
  }
  return false;
}

Result<void> Loading::insert_events(Store& store) {
  return store.insert(
      "INSERT INTO events(event, timestamp, person, session, properties) "
      "VALUES(?1, ?2, ?3, ?4, ?5)",
      [this](std::vector<Cell>& row) { return next_row(row); });
}

Result<void> Loading::insert_rest(Store& store) const {
  using Row = std::vector<Cell>;
  CLARIBI_TRY(insert_all(store, "INSERT INTO event_names VALUES(?1, ?2)",
                         events_.names(),
                         [](const std::string& name, int64_t number) {
                           return Row{number, name};
                         }));
  CLARIBI_TRY(
      insert_all(store, "INSERT INTO persons VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                 persons_, [](const Person& person, int64_t number) {
                   return Row{number,         uuid_of(person.id),
                              person.id,      person.seen.from,
                              person.seen.to, json::compact(person.properties)};
                 }));
  CLARIBI_TRY(insert_all(store, "INSERT INTO distinct_ids VALUES(?1, ?2)",
                         persons_, [](const Person& person, int64_t number) {
                           return Row{person.id, number};
                         }));
  return insert_all(store,
                    "INSERT INTO sessions VALUES(?1, ?2, ?3, ?4, ?5, '{}')",
                    sessions_, [](const Session& session, int64_t number) {
                      return Row{number, session.id, session.person,
                                 session.time.from, session.time.to};
                    });
}

Project Loading::project() const {
  const double days =
      static_cast<double>(window_->to - window_->from) / 86'400'000;
  return {.name = "Loaded events",
          .events = events_.specs(days),
          .person_properties = person_properties_.specs()};
}

Result<void> Loading::insert_meta(Store& store, const std::string& name) const {
  const std::vector<std::pair<std::string, Cell>> meta = {
      {"data_from", window_->from},
      {"data_to", window_->to},
      {"file", name},
      {"project", json::compact(describe(project()))}};
  return insert_all(store, "INSERT INTO meta VALUES(?1, ?2)", meta,
                    [](const auto& entry, int64_t) {
                      return std::vector<Cell>{entry.first, entry.second};
                    });
}

Result<void> Loading::check(const std::string& name) const {
  const std::string nothing = "nothing was loaded";
  if (bad_count_ > 0) {
    const auto more = bad_count_ - bad_lines_.size();
    return fail(
        ErrorKind::file,
        fmt::format(
            "{} of {} cannot be read, {}: {}{}",
            bad_count_ == 1 ? "a line" : fmt::format("{} lines", bad_count_),
            name, nothing, join(bad_lines_, "; "),
            more > 0 ? fmt::format("; and {} more", more) : ""),
        {"see what lines must look like: claribi demo load --help"});
  }
  if (count_ > 0) return {};
  return fail(ErrorKind::file,
              fmt::format("{} holds no events, {}", name, nothing));
}

Result<Loaded> Loading::fill(Store& store, const std::string& name) {
  CLARIBI_TRY(make_tables(store));
  CLARIBI_TRY(store.execute("BEGIN"));
  CLARIBI_TRY(insert_events(store));
  CLARIBI_TRY(check(name));
  CLARIBI_TRY(insert_rest(store));
  CLARIBI_TRY(insert_meta(store, name));
  CLARIBI_TRY(store.execute("COMMIT"));
  CLARIBI_TRY(make_indexes(store));
  return Loaded{.events = count_, .persons = persons_.size()};
}

}  // namespace

Result<Loaded> load_events(std::istream& in, const std::string& name,
                           const std::filesystem::path& target) {
  CLARIBI_TRY(make_private_folder(target.parent_path()));
  auto beside = target;
  beside += fmt::format(".tmp-{}", ::getpid());
  TemporaryFile temporary(std::move(beside));
  Loaded loaded;
  {
    CLARIBI_TRY_ASSIGN(auto store, Store::create(temporary.path()));
    CLARIBI_TRY_ASSIGN(loaded, Loading(in).fill(store, name));
  }
  CLARIBI_TRY(temporary.rename_to(target));
  return loaded;
}

Result<Project> loaded_project(const Store& store) {
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      store.query("SELECT value FROM meta WHERE name='project'"));
  const auto* text =
      rows.rows.empty() ? nullptr : std::get_if<std::string>(&rows.rows[0][0]);
  if (text == nullptr) {
    return fail(ErrorKind::file, "the loaded events have no description");
  }
  CLARIBI_TRY_ASSIGN(const auto description, json::parse(*text));
  CLARIBI_TRY_ASSIGN(auto project, read_project(description));
  project.docs = default_project().docs;  // They are about no data.
  return project;
}

}  // namespace claribi::demo
