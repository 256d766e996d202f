// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <string>

#include "base/error.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

// What came of a file of events.
struct Loaded {
  uint64_t events = 0;
  uint64_t persons = 0;
};

// Replaces the database at `target`, whose folder is made if missing, by the
// events of the stream (event_reader.hpp), or leaves it as it was. A person is
// a distinct id with what $set and $set_once say of it; a session is a
// $session_id. `name` is what the file is called. Fails (file): of lines that
// cannot be read it names the first ones and how many there are.
[[nodiscard]] Result<Loaded> load_events(std::istream& in,
                                         const std::string& name,
                                         const std::filesystem::path& target);

// The description that load_events() wrote with the events: what events and
// properties there are, in UTC, without flags, cohorts and dashboards; the
// pages of the documentation are the built-in ones. Fails
// (file) if there is none.
[[nodiscard]] Result<Project> loaded_project(const Store& store);

}  // namespace claribi::demo
