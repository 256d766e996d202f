// SPDX-License-Identifier: MIT
// What a new slot of the vault is opened by, as a command line says it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/context.hpp"
#include "cli/vault_place.hpp"

namespace claribi::cli {

struct NewSecretArgs {
  bool passphrase = false;
  std::optional<std::string> passphrase_fd = {};
  std::optional<std::string> key_file = {};
};

std::vector<Option> new_secret_options(NewSecretArgs& args);

// A passphrase, asked for twice. Fails (usage) if the two differ or nobody can
// be asked.
[[nodiscard]] Result<Opener> ask_new_passphrase(Context& context);

// Exactly one of the options says it; without any, a passphrase is asked for.
// Makes the key file that is named if there is none.
[[nodiscard]] Result<Opener> new_secret(Context& context,
                                        const NewSecretArgs& args);

}  // namespace claribi::cli
