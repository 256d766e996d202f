// SPDX-License-Identifier: MIT
#include "cli/commands/new_secret.hpp"

#include <filesystem>
#include <utility>

#include "base/result.hpp"
#include "cli/prompt.hpp"

namespace claribi::cli {
namespace {

Opener opener_of_words(vault::Unlock unlock) {
  return {std::move(unlock), vault::Protection::passphrase, "the passphrase"};
}

}  // namespace

std::vector<Option> new_secret_options(NewSecretArgs& args) {
  return {
      {.names = "--passphrase",
       .help = "Ask for the new passphrase on the terminal.",
       .lands = &args.passphrase},
      {.names = "--new-passphrase-fd",
       .value = "N",
       .help = "Take the new passphrase that descriptor gives.",
       .lands = &args.passphrase_fd},
      {.names = "--new-key-file",
       .value = "FILE",
       .help = "Take the key in that file, which is made if there is none.",
       .lands = &args.key_file,
       .completes = Completes::file},
  };
}

Result<Opener> ask_new_passphrase(Context& context) {
  CLARIBI_TRY_ASSIGN(Secret first, ask_secret(context, "New passphrase: "));
  CLARIBI_TRY_ASSIGN(const Secret again,
                     ask_secret(context, "The same once more: "));
  if (first.view() != again.view()) {
    return fail(ErrorKind::usage, "the two passphrases differ");
  }
  return opener_of_words({vault::SlotKind::passphrase, std::move(first)});
}

Result<Opener> new_secret(Context& context, const NewSecretArgs& args) {
  const int given = static_cast<int>(args.passphrase) +
                    static_cast<int>(args.passphrase_fd.has_value()) +
                    static_cast<int>(args.key_file.has_value());
  if (given > 1 || (given == 0 && !context.may_ask())) {
    return fail(ErrorKind::usage,
                "say what opens the slot: one of --passphrase, "
                "--new-passphrase-fd and --new-key-file");
  }
  if (args.key_file) {
    return context.vault_place().key_of(
        std::filesystem::absolute(*args.key_file));
  }
  if (!args.passphrase_fd) return ask_new_passphrase(context);
  CLARIBI_TRY_ASSIGN(
      vault::Unlock unlock,
      passphrase_of_descriptor(*args.passphrase_fd, "--new-passphrase-fd"));
  return opener_of_words(std::move(unlock));
}

}  // namespace claribi::cli
