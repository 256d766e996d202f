// SPDX-License-Identifier: MIT
#include "cli/keys.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/secret_input.hpp"
#include "cli/vault_place.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t token_limit = 4096;

// The first key of a machine: a random key file opens the new vault unless the
// caller gave something else, so that scripts and newcomers need no ceremony.
// What that is worth is said.
Result<void> make_vault(Context& context, VaultPlace& place) {
  CLARIBI_TRY(place.create());
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  context.say(fmt::format("made the vault {}, opened by {}",
                          place.file().string(), opener->where));
  context.say(fmt::format("protection: {}",
                          vault::protection_text(opener->protection)));
  return {};
}

Result<Secret> token_of_file(const std::string& path) {
  CLARIBI_TRY_ASSIGN(auto text, read_file(path, token_limit));
  if (!text) {
    return fail(ErrorKind::file,
                fmt::format("CLARIBI_TOKEN_FILE: there is no file {}",
                            escape_terminal_line(path)));
  }
  auto token = Secret::copy_of(trim(*text));
  wipe(text->data(), text->size());
  return token;
}

Result<Secret> token_of_descriptor(const std::string& number) {
  CLARIBI_TRY_ASSIGN(const Secret text,
                     read_descriptor(number, "CLARIBI_TOKEN_FD"));
  return Secret::copy_of(trim(text.view()));
}

}  // namespace

Result<std::optional<Secret>> key_from_environment(
    const Environment& environment, const source::Vendor& vendor) {
  const auto some = [](Result<Secret> secret) -> Result<std::optional<Secret>> {
    if (!secret) return std::unexpected(std::move(secret).error());
    return std::optional<Secret>(std::move(*secret));
  };
  if (auto path = environment.variable("CLARIBI_TOKEN_FILE")) {
    return some(token_of_file(*path));
  }
  if (auto number = environment.variable("CLARIBI_TOKEN_FD")) {
    return some(token_of_descriptor(*number));
  }
  for (const std::string_view name :
       {std::string_view("CLARIBI_TOKEN"), vendor.key_variable}) {
    if (auto token = environment.variable(name)) {
      return some(Secret::copy_of(trim(*token)));
    }
  }
  return std::optional<Secret>();
}

std::string_view key_variable(const Environment& environment,
                              const source::Vendor& vendor) {
  for (const std::string_view name :
       {std::string_view("CLARIBI_TOKEN_FILE"),
        std::string_view("CLARIBI_TOKEN_FD"), std::string_view("CLARIBI_TOKEN"),
        vendor.key_variable}) {
    if (environment.variable(name)) return name;
  }
  return {};
}

Result<Secret> stored_key(Context& context, std::string_view source,
                          const net::Origin& origin) {
  VaultPlace& place = context.vault_place();
  if (!place.exists()) {
    return fail(ErrorKind::vault_absent,
                fmt::format("no key is stored for '{}'", source),
                {fmt::format("connect it again: claribi connect posthog "
                             "--name {}",
                             source)});
  }
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(opener->unlock));
  CLARIBI_TRY_ASSIGN(vault::Record record, opened.find(source));
  const auto& origins = record.info.origins;
  if (std::ranges::find(origins, net::to_string(origin)) == origins.end()) {
    return fail(ErrorKind::refused,
                fmt::format("the key of '{}' may not be sent to {}", source,
                            net::to_string(origin)),
                {fmt::format("it was stored for {}", join(origins, ", "))});
  }
  return std::move(record.secret);
}

Result<void> store_key(Context& context, std::string_view source,
                       const Secret& key, const net::Origin& origin) {
  VaultPlace& place = context.vault_place();
  if (!place.exists()) CLARIBI_TRY(make_vault(context, place));
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(Secret copy, Secret::copy_of(key.view()));
  return place.vault().put(opener->unlock,
                           {.name = std::string(source),
                            .kind = "api-key",
                            .secret = std::move(copy),
                            .origins = {net::to_string(origin)}});
}

Result<void> copy_key(Context& context, std::string_view from,
                      std::string_view to) {
  VaultPlace& place = context.vault_place();
  if (!place.exists()) return {};
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(opener->unlock));
  auto record = opened.find(from);
  if (!record && record.error().kind == ErrorKind::vault_absent) return {};
  if (!record) return std::unexpected(std::move(record).error());
  return place.vault().put(opener->unlock, {.name = std::string(to),
                                            .kind = record->info.kind,
                                            .secret = std::move(record->secret),
                                            .origins = record->info.origins,
                                            .note = record->info.note});
}

Result<void> remove_key(Context& context, std::string_view source) {
  VaultPlace& place = context.vault_place();
  if (!place.exists()) return {};
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  auto removed = place.vault().remove(opener->unlock, source);
  if (!removed && removed.error().kind == ErrorKind::vault_absent) return {};
  return removed;
}

}  // namespace claribi::cli
