// SPDX-License-Identifier: MIT
// Which data the demo answers from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

// Where the demo's data are and how they are made.
struct DemoOptions {
  std::filesystem::path folder = {};  // Of the database; made if missing.
  std::filesystem::path project_file =
      {};  // A description; empty: the built-in.
  // What load_events() wrote: if it is there it comes before the built-in
  // project. Empty for none.
  std::filesystem::path loaded_file = {};
  uint64_t seed = 1;
  int days = 180;
  // About how many events the built-in project gets. A description says it by
  // its volumes, which are scaled down if they come to more than this.
  uint64_t events = 200000;
};

struct Dataset {
  Store store;
  Project project;
  std::filesystem::path file;         // The database.
  std::optional<uint64_t> seed = {};  // None: the events were loaded.
};

// The data that the options describe. Those that are generated are made if
// there are none for this description, seed and UTC day yet; `progress`, which
// may be empty, is told before. Fails (file, usage).
[[nodiscard]] Result<Dataset> open_dataset(
    const DemoOptions& options, Instant now,
    const std::function<void(std::string_view)>& progress);

struct DatasetSize {
  int64_t events = 0;
  int64_t persons = 0;
  int64_t sessions = 0;
  Instant from = {};  // Of the first event.
  Instant to = {};    // Of the last one.
  uint64_t bytes = 0;
};
[[nodiscard]] Result<DatasetSize> measure(const Dataset& dataset);

}  // namespace claribi::demo
