// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace claribi::cli {

// A data source that the user connected. Holds no secret: its key, if it has
// one, is the vault's record of the same name, bound there to its origin.
struct Source {
  std::string name;
  std::string vendor;
  std::string url = {};
  std::string project = {};  // Pin for PostHog; description file for demo.
  std::string organization = {};
  std::string time_zone = "UTC";
  bool weeks_start_on_sunday = false;
};

struct SourceList {
  std::vector<Source> sources = {};  // Sorted by name.
  std::string default_name = {};     // Empty when there is none.

  [[nodiscard]] const Source* find(std::string_view name) const;
  void put(Source source);  // Adds, or replaces the one of that name.
  void remove(std::string_view name);
  // The source of that name. Fails (usage) with the nearest names.
  [[nodiscard]] Result<const Source*> named(std::string_view name) const;
};

// What a source may be called: 1 to 64 letters, digits, dots, dashes and
// underscores. Fails (usage).
[[nodiscard]] Result<void> check_source_name(std::string_view name);

// The list is sources.json in the configuration folder. A missing file is an
// empty list; an unreadable one is an error, never an empty list.
//
// Whoever reads the list to change it holds the folder's lock meanwhile
// (base/file.hpp), so that of two changes at once none is lost.
[[nodiscard]] Result<SourceList> read_sources(
    const std::filesystem::path& config_folder);
[[nodiscard]] Result<void> write_sources(
    const std::filesystem::path& config_folder, const SourceList& list);

}  // namespace claribi::cli
