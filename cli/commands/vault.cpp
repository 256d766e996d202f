// SPDX-License-Identifier: MIT
// What is in the vault, how well it is protected, and whether it is in order.
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/vault_place.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct NoArgs {};

Bound describe(NoArgs& /*args*/) {
  return {};
}

// Who a record is for and where its key may go; never the key.
json::Value record_row(const vault::RecordInfo& record) {
  json::Value origins = json::Array{};
  for (const std::string& origin : record.origins)
    origins.push(origin);
  json::Value row;
  row.set("name", record.name).set("kind", record.kind);
  row.set("origins", std::move(origins));
  row.set("created", format_instant(record.created));
  row.set("replaced", record.rotated
                          ? json::Value(format_instant(*record.rotated))
                          : json::Value());
  return row;
}

// With its columns even if there is no key.
table::Table record_table(const json::Array& rows) {
  if (!rows.empty()) return table::from_objects(rows);
  return table::from_rows({"name", "kind", "origins", "created", "replaced"},
                          {});
}

void say_slots(Context& context, const vault::OpenVault& opened) {
  for (const vault::SlotInfo& slot : opened.slots()) {
    context.say(
        fmt::format("slot: {} ({}){}", slot.label, vault::kind_text(slot.kind),
                    slot.opened_it ? ", which opened the vault now" : ""));
  }
}

Result<void> run_status(Context& context, const NoArgs& /*args*/) {
  VaultPlace& place = context.vault_place();
  if (!place.exists()) {
    context.say(
        "there is no vault yet; claribi vault init makes one, and so "
        "does connecting a source that needs a key");
    return context.print({.table = record_table({})});
  }
  context.say("vault: " + place.file().string());
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(opener->unlock));
  context.say("opened by: " + opener->where);
  say_slots(context, opened);
  context.say("protection: " +
              std::string(vault::protection_text(place.protection(*opener))));
  json::Array rows;
  for (const vault::RecordInfo& record : opened.records()) {
    rows.push_back(record_row(record));
  }
  return context.print({.table = record_table(rows)});
}

std::string_view backup_text(vault::BackupState state) {
  switch (state) {
    case vault::BackupState::none:
      return "none";
    case vault::BackupState::good:
      return "undamaged";
    case vault::BackupState::bad:
      return "damaged";
  }
  std::unreachable();
}

Result<void> run_verify(Context& context, const NoArgs& /*args*/) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto found, place.vault().verify(opener->unlock));
  json::Value row;
  row.set("vault", place.file().string());
  row.set("generation", found.generation).set("slots", found.slots);
  row.set("keys", found.records).set("backup", backup_text(found.backup));
  context.say("the vault is in order");
  return context.print({.table = table::from_object(row)});
}

Result<void> run_restore(Context& context, const NoArgs& /*args*/) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener opener, place.opener_of_backup());
  CLARIBI_TRY(place.vault().restore(opener.unlock));
  context.say("the vault is back as it was before its last change");
  return {};
}

}  // namespace

Command vault_status_command() {
  return {
      .path = "vault status",
      .summary = "Say where the keys are and how well they are protected",
      .description =
          "Opens the vault and lists whose keys are in it and where each may "
          "be sent. Prints on standard error where the vault is, what opened "
          "it, its slots, and what it is protected by: the weakest of what "
          "opens it. No key is shown.\n\n"
          "The vault is opened by the first of these that is there; one that "
          "is given and fails is an error: --unlock-key-fd, "
          "--unlock-key-file or --passphrase-fd; CLARIBI_KEY_FILE; the "
          "credential claribi-vault-key of a systemd unit; CLARIBI_KEY (64 "
          "hex characters); the key file that claribi has made; a passphrase "
          "that is asked for on the terminal, but not with --no-input or "
          "where CI is set.",
      .examples = {{"claribi vault status", "what is stored, and how"}},
      .bind = bind<NoArgs>(describe, run_status),
  };
}

Command vault_verify_command() {
  return {
      .path = "vault verify",
      .summary = "Check that the vault and its backup are in order",
      .description =
          "Opens the vault, checks every byte of it, and says whether its "
          "backup is undamaged. A vault that is damaged, edited by someone "
          "else or opened by something else is told apart from each other; "
          "nothing is changed.",
      .examples = {{"claribi vault verify -f json", "for a nightly check"}},
      .bind = bind<NoArgs>(describe, run_verify),
  };
}

Command vault_restore_command() {
  return {
      .path = "vault restore",
      .summary = "Put the backup in the place of a damaged vault",
      .description =
          "Replaces a vault that is damaged or gone by its backup, which is "
          "the state before the last change. A vault that is in order stays "
          "as it is, and the command is refused.",
      .examples = {{"claribi vault restore", "after a damaged disk"}},
      .bind = bind<NoArgs>(describe, run_restore),
  };
}

}  // namespace claribi::cli
