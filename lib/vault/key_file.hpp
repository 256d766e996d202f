// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "vault/seal.hpp"
#include "vault/system_calls.hpp"

namespace claribi::vault {

// Who put the key file there. systemd lends a credential that root owns, with
// read rights for the group bits' mask.
enum class KeyFileOwner { user, system };

// The raw key in a file: 32 bytes, or 64 hex characters and an optional line
// feed. Fails (vault_permission) unless the file is the user's with mode 0600
// or 0400, (vault_io) if it cannot be read or is no regular file, (vault_auth)
// if there is no key in it.
[[nodiscard]] Result<Secret> read_key_file(
    const std::filesystem::path& path, SystemCalls& calls,
    KeyFileOwner owner = KeyFileOwner::user);

// The same from text that came another way; `source` names it in errors.
[[nodiscard]] Result<Secret> parse_key(std::string_view text,
                                       std::string_view source);

// Makes a file with a new random key in hex, mode 0600, and gives the key. The
// folder exists. Fails (vault_io) if there is something of that name.
[[nodiscard]] Result<Secret> make_key_file(const std::filesystem::path& path,
                                           SystemCalls& calls,
                                           Randomness& randomness);

// As the user sees it.
std::string_view kind_text(SlotKind kind);

// What a vault is protected by, from best to worst.
enum class Protection {
  passphrase,
  systemd_credential,
  key_given,         // A key by variable or descriptor: kept elsewhere.
  key_elsewhere,     // A key file on another filesystem.
  permissions_only,  // A key file beside the vault on the same disk.
};

// As `vault status` prints it.
std::string_view protection_text(Protection protection);

// key_elsewhere or permissions_only; the latter also when it cannot be told.
Protection key_file_protection(const std::filesystem::path& vault,
                               const std::filesystem::path& key);

}  // namespace claribi::vault
