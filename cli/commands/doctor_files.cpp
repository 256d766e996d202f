// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include <fmt/core.h>

#include "cli/commands/doctor_checks.hpp"
#include "cli/vault_place.hpp"

namespace claribi::cli {
namespace {

namespace fs = std::filesystem;

// A passphrase is not asked for: what a check cannot see without one, it says.
std::string protection_words(Context& context, VaultPlace& place,
                             const vault::Outline& outline) {
  const bool keyed =
      std::ranges::find(outline.slots, vault::SlotKind::raw_key) !=
      outline.slots.end();
  if (!keyed) {
    return std::string(vault::protection_text(vault::Protection::passphrase));
  }
  std::error_code error;
  const bool at_hand = fs::exists(place.own_key_file(), error) ||
                       named_key_file(context).has_value();
  if (!at_hand) return "a key that is not at hand here";
  const auto opener = place.opener();
  if (!opener) return opener.error().message;
  return std::string(vault::protection_text(place.protection(**opener)));
}

Check vault_check(Context& context) {
  VaultPlace& place = context.vault_place();
  if (!place.exists()) {
    return {"vault", Finding::ok, "none yet; the first stored key makes one"};
  }
  const auto outline = place.vault().outline();
  if (!outline) return failed_check("vault", outline.error());
  return {
      "vault", Finding::ok,
      fmt::format("{}, {} slot{}, protection: {}", place.file().string(),
                  outline->slots.size(), outline->slots.size() == 1 ? "" : "s",
                  protection_words(context, place, *outline))};
}

// The folder, or the nearest one above it that is there.
fs::path nearest_existing(fs::path folder) {
  std::error_code error;
  while (!fs::exists(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

uintmax_t size_below(const fs::path& folder) {
  uintmax_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end;
       !error && it != end; it.increment(error)) {
    std::error_code none;
    if (it->is_regular_file(none)) bytes += it->file_size(none);
  }
  return bytes;
}

std::string size_text(uintmax_t bytes) {
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  if (bytes < 10'000'000) return fmt::format("{} kB", bytes / 1000);
  return fmt::format("{} MB", bytes / 1'000'000);
}

Check cache_check(const fs::path& folder) {
  const fs::path there = nearest_existing(folder);
  std::error_code error;
  if (!fs::is_directory(there, error)) {
    return {
        "cache", Finding::failed, there.string() + " is not a folder",
        "move it away: mv " + there.string() + " " + there.string() + ".old"};
  }
  if (::access(there.c_str(), W_OK | X_OK) != 0) {
    return {"cache", Finding::failed, there.string() + " cannot be written to",
            "chmod u+rwx " + there.string()};
  }
  if (there != folder) {
    return {"cache", Finding::ok, folder.string() + " will be made"};
  }
  return {
      "cache", Finding::ok,
      fmt::format("{}, {}", folder.string(), size_text(size_below(folder)))};
}

}  // namespace

std::vector<Check> check_files(Context& context) {
  return {vault_check(context),
          cache_check(context.environment().cache_folder)};
}

}  // namespace claribi::cli
