// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "vault/file_protocol.hpp"
#include "vault/format.hpp"
#include "vault/image.hpp"
#include "vault/seal.hpp"
#include "vault/system_calls.hpp"

namespace claribi::vault {

// What the vault takes from the outside. They outlive it.
struct Seams {
  SystemCalls& calls;
  Randomness& randomness;
  const Clock& clock;
};

// A slot as the user sees it.
struct SlotInfo {
  std::string label;
  SlotKind kind = SlotKind::raw_key;
  Instant created = {};
  bool opened_it = false;  // This slot's secret opened the vault just now.
};

// What can be said of a vault without opening it.
struct Outline {
  uint64_t generation = 0;
  std::vector<SlotKind> slots = {};
};

// A vault as it was when it was opened. Later writes do not show.
class OpenVault {
 public:
  explicit OpenVault(Image image) : image_(std::move(image)) {}

  [[nodiscard]] uint64_t generation() const { return image_.header.generation; }
  [[nodiscard]] std::vector<SlotInfo> slots() const;
  // Sorted by name.
  [[nodiscard]] std::vector<RecordInfo> records() const;
  // The key of that name with the origins it may be sent to. Fails
  // (vault_absent) if there is none.
  [[nodiscard]] Result<Record> find(std::string_view name) const;

 private:
  Image image_;
};

// What `put` stores.
struct NewRecord {
  std::string name;  // 1 to 128 bytes without control characters.
  std::string kind;  // 1 to 64 of the same, such as "api-key".
  Secret secret;     // 1 byte to 64 KiB.
  std::vector<std::string> origins = {};  // "https://host:port" without spaces.
  std::string note = {};                  // At most 4096 bytes.
};

// A new way to open the vault.
struct NewSlot {
  Unlock unlock;
  std::string label;  // 1 to 128 bytes without control characters.
  KdfCost cost = {};  // For a passphrase.
};

enum class BackupState { none, good, bad };

// What `verify` found of a vault that is in order.
struct Verification {
  uint64_t generation = 0;
  size_t slots = 0;
  size_t records = 0;
  BackupState backup = BackupState::none;  // Whether it opens, too.
};

// The encrypted file with the user's keys. Every verb takes what opens it;
// those that change it read it again under the lock, so that of two writers
// none loses anything.
//
// The error kinds are the vault_* of base/error.hpp (and limit_reached above
// 1 MiB, usage for values that cannot be stored). Each message names the file,
// each hint the next command. After an error nothing was created, written or
// deleted, unless the message says that the vault was saved.
class Vault {
 public:
  Vault(std::filesystem::path file, const Seams& seams);

  // Makes the folder if need be, and an empty vault with one slot. Never
  // replaces a file.
  [[nodiscard]] Result<void> create(const NewSlot& first);

  [[nodiscard]] Result<OpenVault> open(const Unlock& with) const;
  [[nodiscard]] Result<Outline> outline() const;

  // Adds a record or replaces the one of that name, whose origins and note
  // stay where the new one has none. A new record needs an origin.
  [[nodiscard]] Result<void> put(const Unlock& with, const NewRecord& record);
  // Also deletes the backup, which still has the record.
  [[nodiscard]] Result<void> remove(const Unlock& with, std::string_view name);

  // The new slot has opened the vault once when this returns.
  [[nodiscard]] Result<void> add_slot(const Unlock& with, const NewSlot& slot);
  // Not the slot that opens it here, so one that works always stays. Deletes
  // the backup. Whoever held the slot may have an old copy: only `rotate` and
  // new keys at the vendor revoke.
  [[nodiscard]] Result<void> remove_slot(const Unlock& with,
                                         std::string_view label);
  // Gives a slot, also the one that opens it here, another secret. That one has
  // opened the vault once when this returns. Deletes the backup; revokes as
  // little as remove_slot.
  [[nodiscard]] Result<void> change_slot(const Unlock& with,
                                         std::string_view label,
                                         const Unlock& unlock,
                                         KdfCost cost = {});
  // A new master key; everything is encrypted again. Keeps the slot that
  // opens it here, drops the others, and deletes the backup. Fails (refused)
  // if one of the others is not named, so that none goes unnoticed.
  [[nodiscard]] Result<void> rotate(const Unlock& with,
                                    const std::vector<std::string>& dropped);

  [[nodiscard]] Result<Verification> verify(const Unlock& with) const;
  // Puts the backup in the place of a vault that is damaged, edited or gone.
  // The backup must open. A vault that is sound stays (refused).
  [[nodiscard]] Result<void> restore(const Unlock& with);

 private:
  using Change = std::function<Result<void>(Image& image)>;
  using Proofs = std::vector<const Unlock*>;

  // Opens, changes and writes the vault under the lock, unless one of `proofs`
  // does not open what was written.
  [[nodiscard]] Result<void> update(const Unlock& with, Backup backup,
                                    const Change& change, const Proofs& proofs);
  [[nodiscard]] Result<Image> image_of(std::string_view bytes,
                                       const Unlock& with) const;
  [[nodiscard]] std::unexpected<Error> explained(Error error) const;
  [[nodiscard]] BackupState backup_state() const;

  FileProtocol file_;
  Seams seams_;
};

}  // namespace claribi::vault
