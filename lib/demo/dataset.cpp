// SPDX-License-Identifier: MIT
#include "demo/dataset.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "demo/data_file.hpp"
#include "demo/load.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr uint64_t most_description_bytes = 16U << 20U;

[[nodiscard]] Result<Project> load_project(const std::filesystem::path& path) {
  CLARIBI_TRY_ASSIGN(const auto text, read_file(path, most_description_bytes));
  if (!text) {
    return fail(ErrorKind::file,
                fmt::format("no such file: {}", path.string()));
  }
  auto description = json::parse(*text);
  if (!description) {
    return fail(ErrorKind::usage,
                fmt::format("{} is not JSON: {}", path.string(),
                            description.error().message));
  }
  return read_project(*description);
}

// As many events as the description says for that time, at most `most`.
uint64_t events_of(const Project& project, int days, uint64_t most) {
  double month = 0;
  for (const auto& event : project.events)
    month += event.volume_30d;
  const double all = std::max(1.0, month * (days + 2) / 30);
  return all < static_cast<double>(most) ? static_cast<uint64_t>(all) : most;
}

[[nodiscard]] Result<Dataset> open_loaded(const std::filesystem::path& file) {
  CLARIBI_TRY_ASSIGN(auto store, Store::open(file));
  CLARIBI_TRY_ASSIGN(auto project, loaded_project(store));
  return Dataset{
      .store = std::move(store), .project = std::move(project), .file = file};
}

[[nodiscard]] Result<Dataset> open_generated(
    const DemoOptions& options, Instant now,
    const std::function<void(std::string_view)>& progress) {
  DataSpec spec{
      .seed = options.seed, .days = options.days, .events = options.events};
  Project project = default_project();
  if (!options.project_file.empty()) {
    CLARIBI_TRY_ASSIGN(project, load_project(options.project_file));
    spec.events = events_of(project, options.days, options.events);
  }
  CLARIBI_TRY_ASSIGN(auto store,
                     open_data(options.folder, project, spec, now, progress));
  auto file = data_file(options.folder, project, spec, now);
  return Dataset{.store = std::move(store),
                 .project = std::move(project),
                 .file = std::move(file),
                 .seed = spec.seed};
}

}  // namespace

Result<Dataset> open_dataset(
    const DemoOptions& options, Instant now,
    const std::function<void(std::string_view)>& progress) {
  if (options.days < 1 || options.days > 3650) {
    return fail(
        ErrorKind::usage,
        fmt::format("the demo can hold 1 to 3650 days, not {}", options.days));
  }
  std::error_code ignored;
  const bool loaded = options.project_file.empty() &&
                      std::filesystem::exists(options.loaded_file, ignored);
  return loaded ? open_loaded(options.loaded_file)
                : open_generated(options, now, progress);
}

Result<DatasetSize> measure(const Dataset& dataset) {
  CLARIBI_TRY_ASSIGN(
      const auto rows,
      dataset.store.query("SELECT (SELECT count(*) FROM events),"
                          "(SELECT count(*) FROM persons),"
                          "(SELECT count(*) FROM sessions),"
                          "(SELECT min(timestamp) FROM events),"
                          "(SELECT max(timestamp) FROM events)"));
  const auto number = [&](size_t column) {
    const auto* cell = std::get_if<int64_t>(&rows.rows[0][column]);
    return cell == nullptr ? 0 : *cell;
  };
  const auto moment = [&](size_t column) {
    return Instant(std::chrono::milliseconds(number(column)));
  };
  std::error_code error;
  const auto bytes = std::filesystem::file_size(dataset.file, error);
  return DatasetSize{.events = number(0),
                     .persons = number(1),
                     .sessions = number(2),
                     .from = moment(3),
                     .to = moment(4),
                     .bytes = error ? 0 : bytes};
}

}  // namespace claribi::demo
