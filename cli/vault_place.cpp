// SPDX-License-Identifier: MIT
#include "cli/vault_place.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "cli/prompt.hpp"

namespace claribi::cli {
namespace {

using vault::SlotKind;

constexpr int most_tries = 3;

bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

Result<Opener> asked_passphrase(Context& context) {
  CLARIBI_TRY_ASSIGN(Secret typed,
                     ask_secret(context, "Passphrase of the vault: "));
  return Opener{{SlotKind::passphrase, std::move(typed)},
                vault::Protection::passphrase,
                "the passphrase"};
}

std::unexpected<Error> nothing_opens(std::string message) {
  return fail(ErrorKind::vault_auth, std::move(message),
              {"give a key file with --unlock-key-file FILE or "
               "CLARIBI_KEY_FILE, or a key with --unlock-key-fd N or "
               "CLARIBI_KEY",
               "give the passphrase on a terminal or with --passphrase-fd N"});
}

}  // namespace

VaultPlace::VaultPlace(Context& context)
    : context_(context),
      file_(context.environment().data_folder / "vault"),
      own_key_file_(context.environment().config_folder / "vault.key"),
      vault_(file_, {calls_, randomness_, context.clock()}) {
}

bool VaultPlace::exists() const {
  return is_there(file_);
}

Result<const Opener*> VaultPlace::opener() {
  if (!opener_) {
    CLARIBI_TRY_ASSIGN(opener_, find_opener());
  }
  return &*opener_;
}

Result<Opener> VaultPlace::find_opener() {
  CLARIBI_TRY_ASSIGN(auto given, given_opener(context_, file_, calls_));
  if (given) return std::move(*given);
  CLARIBI_TRY_ASSIGN(const vault::Outline outline, vault_.outline());
  const auto has = [&](SlotKind kind) {
    return std::ranges::find(outline.slots, kind) != outline.slots.end();
  };
  const bool may_ask = has(SlotKind::passphrase) && context_.may_ask();
  if (has(SlotKind::raw_key) && is_there(own_key_file_)) {
    CLARIBI_TRY_ASSIGN(Opener own,
                       opener_of_file(own_key_file_, file_, calls_));
    if (!may_ask) return own;
    CLARIBI_TRY_ASSIGN(const bool opens_it, opens(own));
    if (opens_it) return own;
    context_.say(own.where + " does not open the vault");
  }
  if (may_ask) return asked_opener();
  return nothing_opens(
      fmt::format("nothing is there that opens the vault {}", file_.string()));
}

Result<Opener> VaultPlace::asked_opener() {
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(Opener asked, asked_passphrase(context_));
    CLARIBI_TRY_ASSIGN(const bool opens_it, opens(asked));
    if (opens_it) return asked;
    if (tries == most_tries) {
      return nothing_opens(fmt::format("{} wrong passphrases for the vault {}",
                                       tries, file_.string()));
    }
    context_.say("that does not open the vault");
  }
}

Result<Opener> VaultPlace::opener_of_backup() {
  CLARIBI_TRY_ASSIGN(auto given, given_opener(context_, file_, calls_));
  if (given) return std::move(*given);
  if (is_there(own_key_file_)) {
    return opener_of_file(own_key_file_, file_, calls_);
  }
  if (context_.may_ask()) return asked_passphrase(context_);
  return nothing_opens("nothing is there that opens the backup of the vault");
}

// Any other fault of the vault than a wrong secret is an error.
Result<bool> VaultPlace::opens(const Opener& opener) const {
  const auto opened = vault_.open(opener.unlock);
  if (opened) return true;
  if (opened.error().kind == ErrorKind::vault_auth) return false;
  return std::unexpected(opened.error());
}

Result<Opener> VaultPlace::key_of(const std::filesystem::path& key_file) {
  if (!is_there(key_file)) {
    if (key_file.has_parent_path()) {
      CLARIBI_TRY(make_private_folder(key_file.parent_path()));
    }
    CLARIBI_TRY(vault::make_key_file(key_file, calls_, randomness_));
  }
  return opener_of_file(key_file, file_, calls_);
}

Result<void> VaultPlace::create() {
  const auto& settings = context_.settings();
  if (const auto file = named_key_file(context_);
      file && !settings.unlock_key_fd && !settings.passphrase_fd) {
    CLARIBI_TRY(key_of(*file));
  }
  CLARIBI_TRY_ASSIGN(auto given, given_opener(context_, file_, calls_));
  if (!given) {
    CLARIBI_TRY_ASSIGN(given, key_of(own_key_file_));
  }
  const bool words = given->unlock.kind == SlotKind::passphrase;
  return create(std::move(*given), words ? "passphrase" : "key file");
}

Result<void> VaultPlace::create(Opener first, std::string label) {
  CLARIBI_TRY_ASSIGN(Secret copy, Secret::copy_of(first.unlock.secret.view()));
  CLARIBI_TRY(vault_.create({.unlock = {first.unlock.kind, std::move(copy)},
                             .label = std::move(label)}));
  // Only now is there a vault that the place of the key is compared with.
  if (first.key_file) {
    first.protection = vault::key_file_protection(file_, *first.key_file);
  }
  opener_ = std::move(first);
  return {};
}

vault::Protection VaultPlace::protection(const Opener& opener) {
  auto weakest = opener.protection;
  if (!is_there(own_key_file_)) return weakest;
  const auto own = opener_of_file(own_key_file_, file_, calls_);
  if (own && opens(*own).value_or(false)) {
    weakest = std::max(weakest, own->protection);
  }
  return weakest;
}

}  // namespace claribi::cli
