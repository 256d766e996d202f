// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "cli/unlocking.hpp"
#include "vault/key_file.hpp"
#include "vault/vault.hpp"

namespace claribi::cli {

// The vault of this user, with the real system under it: the file `vault` in
// the data folder. Nothing is read by making one. Get it from the Context, so
// that a command unlocks once.
class VaultPlace {
 public:
  explicit VaultPlace(Context& context);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  // The key file that claribi makes if nothing else is said.
  [[nodiscard]] const std::filesystem::path& own_key_file() const {
    return own_key_file_;
  }
  [[nodiscard]] vault::Vault& vault() { return vault_; }

  // Whether there is a vault file, of whatever kind.
  [[nodiscard]] bool exists() const;

  // What opens the vault: what the caller gives (cli/unlocking.hpp), else the
  // own key file, else a passphrase that is asked for, at most 3 times. Found
  // once. Fails (vault_auth) if nothing is left, naming the ways.
  [[nodiscard]] Result<const Opener*> opener();
  // A passphrase that was asked for and opens the vault, whatever else would.
  [[nodiscard]] Result<Opener> asked_opener();
  // The same as opener(), for a vault that cannot be opened: not tried on it.
  [[nodiscard]] Result<Opener> opener_of_backup();

  // The key of a named file, which is made with a new key if there is none.
  [[nodiscard]] Result<Opener> key_of(const std::filesystem::path& key_file);
  // Makes an empty vault that is opened by what the caller gives, or else by
  // the own key file, which is made if there is none.
  [[nodiscard]] Result<void> create();
  [[nodiscard]] Result<void> create(Opener first, std::string label);

  // The weakest of what opens the vault, as far as can be told from here: a
  // passphrase does not help while the own key file opens it too.
  [[nodiscard]] vault::Protection protection(const Opener& opener);

 private:
  [[nodiscard]] Result<Opener> find_opener();
  [[nodiscard]] Result<bool> opens(const Opener& opener) const;

  Context& context_;
  std::filesystem::path file_;
  std::filesystem::path own_key_file_;
  vault::SystemCalls calls_;
  vault::SystemRandomness randomness_;
  vault::Vault vault_;
  std::optional<Opener> opener_;
};

}  // namespace claribi::cli
