// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

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

Result<void> run_status(Context& context, const NoArgs& /*args*/) {
  VaultPlace place(context);
  if (!place.exists()) {
    context.say("there is no vault yet; connect a source that needs a key");
    return context.print(
        {.table = table::from_rows(
             {"name", "kind", "origins", "created", "replaced"}, {})});
  }
  context.say("vault: " + place.file().string());
  context.say("key file: " + place.key_file().string());
  context.say("protection: " +
              std::string(vault::protection_text(place.protection())));
  CLARIBI_TRY_ASSIGN(const auto unlock, place.unlock());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(unlock));
  json::Array rows;
  for (const vault::RecordInfo& record : opened.records()) {
    rows.push_back(record_row(record));
  }
  return context.print({.table = table::from_objects(rows)});
}

Result<void> run_restore(Context& context, const NoArgs& /*args*/) {
  VaultPlace place(context);
  CLARIBI_TRY_ASSIGN(const auto unlock, place.unlock());
  CLARIBI_TRY(place.vault().restore(unlock));
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
          "be sent. Prints on standard error where the vault and the key "
          "file are and what they protect against. No key is shown.",
      .examples = {{"claribi vault status", "what is stored, and how"}},
      .bind = bind<NoArgs>(describe, run_status),
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
