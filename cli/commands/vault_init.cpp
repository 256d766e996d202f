// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/commands/new_secret.hpp"
#include "cli/context.hpp"
#include "cli/prompt.hpp"
#include "cli/vault_place.hpp"

namespace claribi::cli {
namespace {

struct InitArgs {
  bool key_file = false;
};

bool something_given(const Context& context) {
  const Settings& settings = context.settings();
  const Environment& environment = context.environment();
  return settings.unlock_key_fd || settings.passphrase_fd ||
         named_key_file(context) || environment.vault_key ||
         environment.variable("CREDENTIALS_DIRECTORY");
}

// A forgotten passphrase is the end of every key in the vault; a key on
// another disk is the way out.
Result<void> propose_recovery(Context& context, VaultPlace& place) {
  CLARIBI_TRY_ASSIGN(
      const bool wanted,
      ask_yes(context,
              "Make a recovery key, for when the passphrase is lost? [y/N] "));
  if (!wanted) return {};
  CLARIBI_TRY_ASSIGN(const std::string typed,
                     ask_line(context, "File for it, best on another disk: "));
  const auto file = std::filesystem::absolute(typed);
  CLARIBI_TRY_ASSIGN(Opener recovery, place.key_of(file));
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  CLARIBI_TRY(place.vault().add_slot(
      opener->unlock,
      {.unlock = std::move(recovery.unlock), .label = "recovery key"}));
  context.say(fmt::format(
      "the recovery key is in {}; it opens the vault with --unlock-key-file",
      file.string()));
  return {};
}

Result<void> run_init(Context& context, const InitArgs& args) {
  VaultPlace& place = context.vault_place();
  if (place.exists()) {
    return fail(
        ErrorKind::refused,
        fmt::format("there is a vault at {} already", place.file().string()),
        {"claribi vault status"});
  }
  const bool ask =
      !args.key_file && !something_given(context) && context.may_ask();
  if (ask) {
    CLARIBI_TRY_ASSIGN(Opener asked, ask_new_passphrase(context));
    CLARIBI_TRY(place.create(std::move(asked), "passphrase"));
    CLARIBI_TRY(propose_recovery(context, place));
  } else {
    CLARIBI_TRY(place.create());
  }
  CLARIBI_TRY_ASSIGN(const Opener* opener, place.opener());
  context.say(fmt::format("made the vault {}, opened by {}",
                          place.file().string(), opener->where));
  context.say("protection: " +
              std::string(vault::protection_text(place.protection(*opener))));
  return {};
}

Bound describe_init(InitArgs& args) {
  return {.options = {{.names = "--key-file",
                       .help = "Make a key file instead of asking for a "
                               "passphrase.",
                       .lands = &args.key_file}}};
}

}  // namespace

Command vault_init_command() {
  return {
      .path = "vault init",
      .summary = "Make an empty vault",
      .description =
          "Makes the vault before a first key is stored. On a terminal it "
          "asks for a passphrase, and proposes a recovery key in a file. "
          "Where nobody can be asked, or with --key-file, it makes a random "
          "key file in the configuration folder, mode 0600, as connect does. "
          "What --unlock-key-file, --unlock-key-fd, --passphrase-fd, "
          "CLARIBI_KEY_FILE, CLARIBI_KEY or a systemd credential gives opens "
          "the new vault instead; a key file that is named and not there is "
          "made. A vault that is there already is never replaced.",
      .examples = {{"claribi vault init", "with a passphrase"},
                   {"claribi vault init --unlock-key-file /media/key/claribi",
                    "with a key on another disk"}},
      .bind = bind<InitArgs>(describe_init, run_init),
  };
}

}  // namespace claribi::cli
