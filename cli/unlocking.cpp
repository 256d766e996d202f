// SPDX-License-Identifier: MIT
#include "cli/unlocking.hpp"

#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/secret_input.hpp"

namespace claribi::cli {
namespace {

using vault::Protection;
using vault::SlotKind;

constexpr size_t hex_key_size = 64;

Result<void> check_one(const Settings& settings) {
  const int given = static_cast<int>(settings.unlock_key_fd.has_value()) +
                    static_cast<int>(settings.unlock_key_file.has_value()) +
                    static_cast<int>(settings.passphrase_fd.has_value());
  if (given <= 1) return {};
  return fail(ErrorKind::usage,
              "one thing opens the vault: give one of --unlock-key-fd, "
              "--unlock-key-file and --passphrase-fd");
}

Result<std::optional<Opener>> opener_of_options(const Settings& settings) {
  if (settings.unlock_key_fd) {
    CLARIBI_TRY_ASSIGN(
        const Secret text,
        read_descriptor(*settings.unlock_key_fd, "--unlock-key-fd"));
    CLARIBI_TRY_ASSIGN(Secret key,
                       vault::parse_key(text.view(), "--unlock-key-fd"));
    return Opener{{SlotKind::raw_key, std::move(key)},
                  Protection::key_given,
                  "the key of --unlock-key-fd"};
  }
  if (settings.passphrase_fd) {
    CLARIBI_TRY_ASSIGN(
        vault::Unlock unlock,
        passphrase_of_descriptor(*settings.passphrase_fd, "--passphrase-fd"));
    return Opener{std::move(unlock), Protection::passphrase,
                  "the passphrase of --passphrase-fd"};
  }
  return std::nullopt;
}

std::optional<std::filesystem::path> systemd_credential(
    const Environment& environment) {
  const auto folder = environment.variable("CREDENTIALS_DIRECTORY");
  if (!folder) return std::nullopt;
  auto file = std::filesystem::path(*folder) / "claribi-vault-key";
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
    return std::nullopt;
  }
  return file;
}

Result<Opener> opener_of_variable(const Secret& text) {
  if (text.size() != hex_key_size) {
    return fail(ErrorKind::vault_auth,
                fmt::format("CLARIBI_KEY holds no key: it has {} characters, "
                            "not 64",
                            text.size()),
                {"a key is 64 hex characters"});
  }
  CLARIBI_TRY_ASSIGN(Secret key, vault::parse_key(text.view(), "CLARIBI_KEY"));
  return Opener{{SlotKind::raw_key, std::move(key)},
                Protection::key_given,
                "the key in CLARIBI_KEY"};
}

}  // namespace

Result<Opener> opener_of_file(const std::filesystem::path& key,
                              const std::filesystem::path& vault,
                              vault::SystemCalls& calls) {
  CLARIBI_TRY_ASSIGN(Secret secret, vault::read_key_file(key, calls));
  return Opener{{SlotKind::raw_key, std::move(secret)},
                vault::key_file_protection(vault, key),
                "the key file " + key.string(),
                key};
}

Result<vault::Unlock> passphrase_of_descriptor(std::string_view number,
                                               std::string_view option) {
  CLARIBI_TRY_ASSIGN(const Secret text, read_descriptor(number, option));
  auto words = text.view();
  if (words.ends_with('\n')) words.remove_suffix(1);
  if (words.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("{} gives an empty passphrase", option));
  }
  CLARIBI_TRY_ASSIGN(Secret passphrase, Secret::copy_of(words));
  return vault::Unlock{SlotKind::passphrase, std::move(passphrase)};
}

std::optional<std::filesystem::path> named_key_file(const Context& context) {
  if (context.settings().unlock_key_file) {
    return *context.settings().unlock_key_file;
  }
  return context.environment().variable("CLARIBI_KEY_FILE");
}

Result<std::optional<Opener>> given_opener(const Context& context,
                                           const std::filesystem::path& vault,
                                           vault::SystemCalls& calls) {
  CLARIBI_TRY(check_one(context.settings()));
  CLARIBI_TRY_ASSIGN(auto typed, opener_of_options(context.settings()));
  if (typed) return typed;
  const auto some = [](Result<Opener> opener) -> Result<std::optional<Opener>> {
    if (!opener) return std::unexpected(std::move(opener).error());
    return std::optional<Opener>(std::move(*opener));
  };
  if (const auto file = named_key_file(context)) {
    return some(opener_of_file(*file, vault, calls));
  }
  if (const auto file = systemd_credential(context.environment())) {
    CLARIBI_TRY_ASSIGN(
        Secret key,
        vault::read_key_file(*file, calls, vault::KeyFileOwner::system));
    return Opener{{SlotKind::raw_key, std::move(key)},
                  Protection::systemd_credential,
                  "the credential " + file->string()};
  }
  if (const auto& text = context.environment().vault_key) {
    return some(opener_of_variable(*text));
  }
  return std::nullopt;
}

}  // namespace claribi::cli
