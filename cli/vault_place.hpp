// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "vault/key_file.hpp"
#include "vault/vault.hpp"

namespace claribi::cli {

// The vault of this user, with the real system under it: the file in the data
// folder, opened by the key file in the configuration folder or by the one
// that CLARIBI_KEY_FILE names. Nothing is read by making one.
class VaultPlace {
 public:
  explicit VaultPlace(Context& context);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const std::filesystem::path& key_file() const {
    return key_file_;
  }
  [[nodiscard]] vault::Vault& vault() { return vault_; }

  // Whether there is a vault file, of whatever kind.
  [[nodiscard]] bool exists() const;
  // What the key file gives to open it with.
  [[nodiscard]] Result<vault::Unlock> unlock();
  // Makes the key file if there is none, and an empty vault that it opens.
  [[nodiscard]] Result<void> create();
  [[nodiscard]] vault::Protection protection() const;

 private:
  std::filesystem::path file_;
  std::filesystem::path key_file_;
  vault::SystemCalls calls_;
  vault::SystemRandomness randomness_;
  vault::Vault vault_;
};

}  // namespace claribi::cli
