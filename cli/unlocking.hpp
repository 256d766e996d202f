// SPDX-License-Identifier: MIT
// What opens the vault and where it comes from, but for the key file that
// claribi makes itself and for questions to a person.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "vault/key_file.hpp"
#include "vault/seal.hpp"

namespace claribi::cli {

struct Opener {
  vault::Unlock unlock;
  vault::Protection protection = vault::Protection::passphrase;
  std::string where;  // "the key file /home/ann/vault.key", for a sentence.
  std::optional<std::filesystem::path> key_file = {};
};

// The key in that file, for a vault in `vault`.
[[nodiscard]] Result<Opener> opener_of_file(const std::filesystem::path& key,
                                            const std::filesystem::path& vault,
                                            vault::SystemCalls& calls);

// The passphrase that a descriptor gives, without the line's end. Fails (usage)
// if it is empty.
[[nodiscard]] Result<vault::Unlock> passphrase_of_descriptor(
    std::string_view number, std::string_view option);

// The key file that was named for the vault, whether it is there or not:
// --unlock-key-file, then CLARIBI_KEY_FILE.
std::optional<std::filesystem::path> named_key_file(const Context& context);

// What the caller gives, by the first of: --unlock-key-fd, --unlock-key-file,
// --passphrase-fd (usage if there is more than one), CLARIBI_KEY_FILE, the
// credential claribi-vault-key of systemd, CLARIBI_KEY. A source that is given
// and fails is an error and never passed over. Empty if none is given.
[[nodiscard]] Result<std::optional<Opener>> given_opener(
    const Context& context, const std::filesystem::path& vault,
    vault::SystemCalls& calls);

}  // namespace claribi::cli
