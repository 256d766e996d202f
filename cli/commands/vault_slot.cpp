// SPDX-License-Identifier: MIT
// The ways to open the vault, and a new key under them.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/commands/new_secret.hpp"
#include "cli/context.hpp"
#include "cli/prompt.hpp"
#include "cli/vault_place.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct NoArgs {};

struct AddArgs {
  NewSecretArgs secret;
  std::optional<std::string> label;
};

struct ChangeArgs {
  NewSecretArgs secret;
  std::string label;
};

struct RemoveArgs {
  std::string label;
};

struct RotateArgs {
  bool yes = false;
};

constexpr std::string_view revoking =
    "whoever held the slot may have a copy of the old vault: claribi vault "
    "rotate encrypts what comes under a new key, and only revoking the API "
    "keys at PostHog makes an old copy worthless";

Result<void> run_list(Context& context, const NoArgs& /*args*/) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(opener->unlock));
  json::Array rows;
  for (const vault::SlotInfo& slot : opened.slots()) {
    json::Value row;
    row.set("label", slot.label).set("kind", vault::kind_text(slot.kind));
    row.set("created", format_instant(slot.created));
    row.set("opened_now", slot.opened_it);
    rows.push_back(std::move(row));
  }
  return context.print({.table = table::from_objects(rows)});
}

Result<void> run_add(Context& context, const AddArgs& args) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY(place.vault().open(opener->unlock));
  CLARIBI_TRY_ASSIGN(Opener added, new_secret(context, args.secret));
  const bool words = added.unlock.kind == vault::SlotKind::passphrase;
  const std::string label =
      args.label.value_or(words ? "passphrase" : added.key_file->string());
  CLARIBI_TRY(place.vault().add_slot(
      opener->unlock, {.unlock = std::move(added.unlock), .label = label}));
  context.say(
      fmt::format("{} opens the vault now (slot '{}')", added.where, label));
  if (words && opener->key_file) {
    context.say(fmt::format(
        "{} opens it as well; to leave the passphrase as the only way: claribi "
        "vault slot rm LABEL, with a label of claribi vault slot list",
        opener->where));
  }
  return {};
}

bool opens_with(const vault::OpenVault& opened, std::string_view label) {
  return std::ranges::any_of(opened.slots(), [&](const vault::SlotInfo& slot) {
    return slot.opened_it && slot.label == label;
  });
}

Result<void> run_remove(Context& context, const RemoveArgs& args) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(opener->unlock));
  // The slot that goes is never the proof that one that works stays.
  const bool has_words =
      std::ranges::any_of(opened.slots(), [](const vault::SlotInfo& slot) {
        return slot.kind == vault::SlotKind::passphrase;
      });
  if (opens_with(opened, args.label) && opener->key_file && has_words &&
      context.may_ask()) {
    CLARIBI_TRY_ASSIGN(const Opener other, place.asked_opener());
    CLARIBI_TRY(place.vault().remove_slot(other.unlock, args.label));
    context.say(opener->where + " does not open the vault any more");
  } else {
    CLARIBI_TRY(place.vault().remove_slot(opener->unlock, args.label));
  }
  context.say(fmt::format("the slot '{}' is gone", args.label));
  context.say(fmt::format("this revokes nothing: {}", revoking));
  return {};
}

Result<void> run_change(Context& context, const ChangeArgs& args) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY(place.vault().open(opener->unlock));
  CLARIBI_TRY_ASSIGN(const Opener changed, new_secret(context, args.secret));
  CLARIBI_TRY(
      place.vault().change_slot(opener->unlock, args.label, changed.unlock));
  context.say(fmt::format("the slot '{}' is opened by {} now", args.label,
                          changed.where));
  context.say(fmt::format("this revokes nothing: {}", revoking));
  return {};
}

Result<void> confirm_dropping(Context& context, const RotateArgs& args,
                              const std::vector<std::string>& dropped) {
  if (args.yes || dropped.empty()) return {};
  const std::string names = "'" + join(dropped, "', '") + "'";
  if (!context.may_ask()) {
    return fail(ErrorKind::usage,
                fmt::format("rotating drops the other slots: {}", names),
                {"agree with --yes, and add them again afterwards"});
  }
  CLARIBI_TRY_ASSIGN(
      const bool agreed,
      ask_yes(context, fmt::format("Rotating drops the other slots: {}. Go "
                                   "on? [y/N] ",
                                   names)));
  if (agreed) return {};
  return fail(ErrorKind::refused, "nothing was changed");
}

Result<void> run_rotate(Context& context, const RotateArgs& args) {
  VaultPlace& place = context.vault_place();
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY_ASSIGN(const auto opened, place.vault().open(opener->unlock));
  std::vector<std::string> dropped;
  for (const vault::SlotInfo& slot : opened.slots()) {
    if (!slot.opened_it) dropped.push_back(slot.label);
  }
  CLARIBI_TRY(confirm_dropping(context, args, dropped));
  CLARIBI_TRY(place.vault().rotate(opener->unlock, dropped));
  context.say(
      fmt::format("the vault has a new master key and is opened by {} only",
                  opener->where));
  for (const std::string& label : dropped) {
    context.say(fmt::format("dropped the slot '{}'", label));
  }
  context.say(
      "an old copy of the vault still holds the old keys: to make it "
      "worthless, revoke the API keys at PostHog and connect again");
  return {};
}

Bound describe_nothing(NoArgs& /*args*/) {
  return {};
}

Argument label_argument(std::string& label) {
  return {.name = "LABEL",
          .help = "The slot, as claribi vault slot list calls it.",
          .lands = &label};
}

Bound describe_add(AddArgs& args) {
  Bound bound{.options = new_secret_options(args.secret)};
  bound.options.push_back({.names = "--label",
                           .value = "TEXT",
                           .help = "Call the slot that.",
                           .lands = &args.label});
  return bound;
}

Bound describe_remove(RemoveArgs& args) {
  return {.arguments = {label_argument(args.label)}};
}

Bound describe_change(ChangeArgs& args) {
  return {.options = new_secret_options(args.secret),
          .arguments = {label_argument(args.label)}};
}

Bound describe_rotate(RotateArgs& args) {
  return {.options = {{.names = "--yes",
                       .help = "Drop the other slots without asking.",
                       .lands = &args.yes}}};
}

}  // namespace

Command vault_slot_list_command() {
  return {
      .path = "vault slot list",
      .summary = "List what opens the vault",
      .description =
          "Lists the slots of the vault: each is a passphrase or a key that "
          "opens it. The labels are encrypted like everything else.",
      .examples = {{"claribi vault slot list", "who can open it"}},
      .bind = bind<NoArgs>(describe_nothing, run_list),
  };
}

Command vault_slot_add_command() {
  return {
      .path = "vault slot add",
      .summary = "Let something else open the vault too",
      .description =
          "Adds a passphrase or a key file that opens the vault, at most 8 in "
          "all. It has opened the vault once when the command ends.",
      .examples = {{"claribi vault slot add --passphrase",
                    "a passphrase beside the key file"},
                   {"claribi vault slot add --new-key-file "
                    "/media/key/claribi --label recovery",
                    "a recovery key on another disk"}},
      .bind = bind<AddArgs>(describe_add, run_add),
  };
}

Command vault_slot_rm_command() {
  return {
      .path = "vault slot rm",
      .summary = "Let something open the vault no more",
      .description =
          "Removes a slot, and the backup, which still has it. The vault must "
          "be opened by another slot, so that one that works stays: where the "
          "key file is removed, the passphrase is asked for.\n\n"
          "This does not revoke: whoever held the slot may have a copy of the "
          "old vault. See claribi vault rotate, and revoke the API keys "
          "at PostHog.",
      .examples = {{"claribi vault slot rm 'key file'",
                    "leave the passphrase as the only way"}},
      .bind = bind<RemoveArgs>(describe_remove, run_remove),
  };
}

Command vault_slot_change_command() {
  return {
      .path = "vault slot change",
      .summary = "Change a passphrase or key of the vault",
      .description =
          "Gives a slot another secret. The new one has opened the vault once "
          "before the old one goes. This does not revoke what the old one "
          "could open: see claribi vault rotate.",
      .examples = {{"claribi vault slot change passphrase --passphrase",
                    "another passphrase"}},
      .bind = bind<ChangeArgs>(describe_change, run_change),
  };
}

Command vault_rotate_command() {
  return {
      .path = "vault rotate",
      .summary = "Encrypt the vault under a new master key",
      .description =
          "Makes a new master key, encrypts everything again, and deletes the "
          "backup. Keeps only the slot that opens the vault now and drops the "
          "others, after it has named them and you have agreed. Old copies of "
          "the vault stay readable for whoever could open them: revoke the "
          "API keys at PostHog, too.",
      .examples = {{"claribi vault rotate", "after a passphrase got known"},
                   {"claribi vault rotate --yes", "in a script"}},
      .bind = bind<RotateArgs>(describe_rotate, run_rotate),
  };
}

}  // namespace claribi::cli
