// SPDX-License-Identifier: MIT
#include "cli/vault_place.hpp"

#include <string>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/result.hpp"

namespace claribi::cli {
namespace {

bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

std::filesystem::path key_file_of(const Environment& environment) {
  if (auto named = environment.variable("CLARIBI_KEY_FILE")) return *named;
  return environment.config_folder / "vault.key";
}

}  // namespace

VaultPlace::VaultPlace(Context& context)
    : file_(context.environment().data_folder / "vault"),
      key_file_(key_file_of(context.environment())),
      vault_(file_, {calls_, randomness_, context.clock()}) {
}

bool VaultPlace::exists() const {
  return is_there(file_);
}

Result<vault::Unlock> VaultPlace::unlock() {
  CLARIBI_TRY_ASSIGN(Secret key, vault::read_key_file(key_file_, calls_));
  return vault::Unlock{vault::SlotKind::raw_key, std::move(key)};
}

Result<void> VaultPlace::create() {
  if (!is_there(key_file_)) {
    CLARIBI_TRY(make_private_folder(key_file_.parent_path()));
    CLARIBI_TRY(vault::make_key_file(key_file_, calls_, randomness_));
  }
  CLARIBI_TRY_ASSIGN(vault::Unlock first, unlock());
  return vault_.create({.unlock = std::move(first), .label = "key file"});
}

vault::Protection VaultPlace::protection() const {
  return vault::key_file_protection(file_, key_file_);
}

}  // namespace claribi::cli
