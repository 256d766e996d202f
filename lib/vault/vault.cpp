// SPDX-License-Identifier: MIT
#include "vault/vault.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"

namespace claribi::vault {
namespace {

// A text that can be shown in one line and stored.
Result<void> check_text(std::string_view what, std::string_view text,
                        size_t most) {
  const bool control = std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (!text.empty() && text.size() <= most && !control) return {};
  return fail(ErrorKind::usage,
              fmt::format("{} must have 1 to {} bytes and no control "
                          "characters",
                          what, most));
}

Result<void> check_record(const NewRecord& record) {
  CLARIBI_TRY(check_text("the name of a key", record.name, 128));
  CLARIBI_TRY(check_text("the kind of a key", record.kind, 64));
  for (const auto& origin : record.origins) {
    CLARIBI_TRY(check_text("an origin", origin, 512));
    if (origin.contains(' ')) {
      return fail(ErrorKind::usage, "an origin must not contain spaces");
    }
  }
  if (record.origins.size() > 64) {
    return fail(ErrorKind::usage, "a key has at most 64 origins");
  }
  if (record.secret.empty() || record.secret.size() > 65'536) {
    return fail(
        ErrorKind::usage,
        fmt::format("the key {} must have 1 to 65536 bytes", record.name));
  }
  if (record.note.size() > 4096) {
    return fail(ErrorKind::usage, "a note has at most 4096 bytes");
  }
  return {};
}

Result<void> check_slot(const Unlock& unlock, KdfCost cost) {
  if (unlock.kind == SlotKind::raw_key) return {};
  if (unlock.secret.empty()) {
    return fail(ErrorKind::usage, "the passphrase is empty");
  }
  if (cost.memory_kib < least_new_memory_kib || !cost_is_acceptable(cost)) {
    return fail(ErrorKind::vault_kdf,
                "a new passphrase slot takes 1 to 10 passes over 64 to 1024 "
                "MiB of memory");
  }
  return {};
}

Result<void> check_slot(const NewSlot& slot) {
  CLARIBI_TRY(check_text("the label of a slot", slot.label, 128));
  return check_slot(slot.unlock, slot.cost);
}

auto find_record(auto& records, std::string_view name) {
  return std::ranges::find_if(
      records, [&](const Record& record) { return record.info.name == name; });
}

Result<void> put_record(std::vector<Record>& records, const NewRecord& added,
                        Instant now) {
  CLARIBI_TRY_ASSIGN(Secret secret, Secret::copy_of(added.secret.view()));
  const auto place = find_record(records, added.name);
  if (place != records.end()) {
    RecordInfo& info = place->info;
    info.kind = added.kind;
    if (!added.origins.empty()) info.origins = added.origins;
    if (!added.note.empty()) info.note = added.note;
    info.rotated = now;
    place->secret = std::move(secret);
    return {};
  }
  if (added.origins.empty()) {
    return fail(
        ErrorKind::usage,
        fmt::format("the key {} has no origin to be sent to", added.name));
  }
  records.push_back({.info = {.name = added.name,
                              .kind = added.kind,
                              .origins = added.origins,
                              .created = now,
                              .rotated = {},
                              .note = added.note},
                     .secret = std::move(secret)});
  return {};
}

std::vector<SlotInfo> slots_of(const Image& image) {
  std::vector<SlotInfo> slots;
  slots.reserve(image.header.slots.size());
  for (size_t i = 0; i < image.header.slots.size(); ++i) {
    const Slot& slot = image.header.slots[i];
    const SlotLabel& label = image.contents.labels[i];
    slots.push_back({.label = label.label,
                     .kind = slot.kind,
                     .created = label.created,
                     .opened_it = slot.id == image.opened_by});
  }
  return slots;
}

Result<size_t> slot_labelled(const Image& image, std::string_view label) {
  const auto& labels = image.contents.labels;
  const auto place = std::ranges::find(labels, label, &SlotLabel::label);
  if (place != labels.end()) {
    return static_cast<size_t>(place - labels.begin());
  }
  return fail(ErrorKind::vault_absent,
              fmt::format("the vault has no slot '{}'", label),
              {"claribi vault status"});
}

void erase_slot(Image& image, size_t at) {
  const auto offset = static_cast<std::ptrdiff_t>(at);
  image.header.slots.erase(image.header.slots.begin() + offset);
  image.contents.labels.erase(image.contents.labels.begin() + offset);
}

// Whether two images would be written with the same header and body.
Result<bool> same_content(const Image& a, const Image& b) {
  CLARIBI_TRY_ASSIGN(const Secret body_a, write_body(a.contents));
  CLARIBI_TRY_ASSIGN(const Secret body_b, write_body(b.contents));
  return same(body_a.view(), body_b.view()) &&
         write_header(a.header) == write_header(b.header);
}

std::unexpected<Error> no_record(std::string_view name) {
  return fail(ErrorKind::vault_absent,
              fmt::format("the vault has no key '{}'", name),
              {"claribi sources"});
}

}  // namespace

std::vector<SlotInfo> OpenVault::slots() const {
  return slots_of(image_);
}

std::vector<RecordInfo> OpenVault::records() const {
  std::vector<RecordInfo> infos;
  infos.reserve(image_.contents.records.size());
  for (const auto& record : image_.contents.records) {
    infos.push_back(record.info);
  }
  std::ranges::sort(infos, {}, &RecordInfo::name);
  return infos;
}

Result<Record> OpenVault::find(std::string_view name) const {
  const auto place = find_record(image_.contents.records, name);
  if (place == image_.contents.records.end()) return no_record(name);
  CLARIBI_TRY_ASSIGN(Secret secret, Secret::copy_of(place->secret.view()));
  return Record{place->info, std::move(secret)};
}

Vault::Vault(std::filesystem::path file, const Seams& seams)
    : file_(std::move(file), seams.calls), seams_(seams) {
}

Result<void> Vault::create(const NewSlot& first) {
  CLARIBI_TRY(check_slot(first));
  CLARIBI_TRY_ASSIGN(Image image, new_image(seams_.randomness));
  CLARIBI_TRY(
      vault::add_slot(image, first.unlock, first.cost,
                      {.label = first.label, .created = seams_.clock.now()},
                      seams_.randomness));
  image.header.generation = 1;
  CLARIBI_TRY_ASSIGN(const std::string bytes,
                     seal_image(image, seams_.randomness));
  const auto folder = file_.path().parent_path();
  if (!folder.empty()) CLARIBI_TRY(make_private_folder(folder));
  return file_.create(bytes, [&](std::string_view written) -> Result<void> {
    CLARIBI_TRY(image_of(written, first.unlock));
    return {};
  });
}

Result<OpenVault> Vault::open(const Unlock& with) const {
  CLARIBI_TRY_ASSIGN(const std::string bytes, file_.read());
  CLARIBI_TRY_ASSIGN(Image image, image_of(bytes, with));
  return OpenVault(std::move(image));
}

Result<Outline> Vault::outline() const {
  CLARIBI_TRY_ASSIGN(const std::string bytes, file_.read());
  const auto envelope = read_envelope(bytes);
  if (!envelope) return explained(envelope.error());
  Outline outline{.generation = envelope->header.generation};
  for (const auto& slot : envelope->header.slots) {
    outline.slots.push_back(slot.kind);
  }
  return outline;
}

Result<void> Vault::put(const Unlock& with, const NewRecord& record) {
  CLARIBI_TRY(check_record(record));
  const auto change = [&](Image& image) {
    return put_record(image.contents.records, record, seams_.clock.now());
  };
  return update(with, Backup::keep, change, {&with});
}

Result<void> Vault::remove(const Unlock& with, std::string_view name) {
  const auto change = [&](Image& image) -> Result<void> {
    const auto place = find_record(image.contents.records, name);
    if (place == image.contents.records.end()) return no_record(name);
    image.contents.records.erase(place);
    return {};
  };
  return update(with, Backup::remove, change, {&with});
}

Result<void> Vault::add_slot(const Unlock& with, const NewSlot& slot) {
  CLARIBI_TRY(check_slot(slot));
  const auto change = [&](Image& image) -> Result<void> {
    if (slot_labelled(image, slot.label)) {
      return fail(ErrorKind::usage,
                  fmt::format("the vault has a slot '{}' already", slot.label),
                  {"claribi vault status"});
    }
    return vault::add_slot(image, slot.unlock, slot.cost,
                           {.label = slot.label, .created = seams_.clock.now()},
                           seams_.randomness);
  };
  return update(with, Backup::keep, change, {&with, &slot.unlock});
}

Result<void> Vault::change_slot(const Unlock& with, std::string_view label,
                                const Unlock& unlock, KdfCost cost) {
  CLARIBI_TRY(check_slot(unlock, cost));
  const auto change = [&](Image& image) -> Result<void> {
    CLARIBI_TRY_ASSIGN(const size_t at, slot_labelled(image, label));
    const std::string kept(image.contents.labels[at].label);
    erase_slot(image, at);
    return vault::add_slot(image, unlock, cost,
                           {.label = kept, .created = seams_.clock.now()},
                           seams_.randomness);
  };
  // The old secret may be the one that opened the vault, so the new one is
  // the proof.
  return update(with, Backup::remove, change, {&unlock});
}

Result<void> Vault::remove_slot(const Unlock& with, std::string_view label) {
  const auto change = [&](Image& image) -> Result<void> {
    CLARIBI_TRY_ASSIGN(const size_t at, slot_labelled(image, label));
    if (image.header.slots[at].id == image.opened_by) {
      return fail(ErrorKind::usage,
                  fmt::format("the slot '{}' opened the vault just now, so it "
                              "stays",
                              label),
                  {"open the vault with another slot to remove this one"});
    }
    erase_slot(image, at);
    return {};
  };
  return update(with, Backup::remove, change, {&with});
}

Result<void> Vault::rotate(const Unlock& with,
                           const std::vector<std::string>& dropped) {
  const auto change = [&](Image& image) -> Result<void> {
    std::optional<size_t> kept;
    for (size_t i = 0; i < image.header.slots.size(); ++i) {
      const std::string& label = image.contents.labels[i].label;
      if (image.header.slots[i].id == image.opened_by) {
        kept = i;
      } else if (std::ranges::find(dropped, label) == dropped.end()) {
        return fail(
            ErrorKind::refused,
            fmt::format("the slot '{}' was not named to be dropped", label),
            {"claribi vault slot list"});
      }
    }
    const SlotLabel label{.label = image.contents.labels[*kept].label,
                          .created = seams_.clock.now()};
    const KdfCost cost = image.header.slots[*kept].cost;
    image.header.slots.clear();
    image.contents.labels.clear();
    seams_.randomness.fill(image.master.bytes());
    return vault::add_slot(image, with, cost, label, seams_.randomness);
  };
  return update(with, Backup::remove, change, {&with});
}

Result<Verification> Vault::verify(const Unlock& with) const {
  CLARIBI_TRY_ASSIGN(const std::string bytes, file_.read());
  CLARIBI_TRY_ASSIGN(const Image image, image_of(bytes, with));
  return Verification{.generation = image.header.generation,
                      .slots = image.header.slots.size(),
                      .records = image.contents.records.size(),
                      .backup = backup_state()};
}

Result<void> Vault::restore(const Unlock& with) {
  const auto good_backup = [&]() -> Result<std::string> {
    if (const auto current = open(with); current) {
      return fail(ErrorKind::refused,
                  fmt::format("the vault {} is in order, so it stays",
                              file_.path().string()),
                  {"claribi vault status"});
    } else if (const ErrorKind kind = current.error().kind;
               kind != ErrorKind::vault_corrupt &&
               kind != ErrorKind::vault_tampered &&
               kind != ErrorKind::vault_format &&
               kind != ErrorKind::vault_absent) {
      return std::unexpected(current.error());
    }
    CLARIBI_TRY_ASSIGN(std::string bytes, file_.read_backup());
    if (auto image = open_image(bytes, with); !image) {
      return because(std::move(image).error(), file_.backup_path().string());
    }
    return bytes;
  };
  return file_.restore(good_backup,
                       [&](std::string_view written) -> Result<void> {
                         CLARIBI_TRY(image_of(written, with));
                         return {};
                       });
}

Result<void> Vault::update(const Unlock& with, Backup backup,
                           const Change& change, const Proofs& proofs) {
  Image meant;
  const auto next = [&](std::string_view current) -> Result<std::string> {
    CLARIBI_TRY_ASSIGN(meant, image_of(current, with));
    CLARIBI_TRY(change(meant));
    ++meant.header.generation;
    return seal_image(meant, seams_.randomness);
  };
  const auto check = [&](std::string_view written) -> Result<void> {
    for (const Unlock* proof : proofs) {
      CLARIBI_TRY_ASSIGN(const Image image, image_of(written, *proof));
      CLARIBI_TRY_ASSIGN(const bool equal, same_content(image, meant));
      if (!equal) {
        return fail(ErrorKind::internal, "the vault reads back differently");
      }
    }
    return {};
  };
  return file_.replace(backup, next, check);
}

Result<Image> Vault::image_of(std::string_view bytes,
                              const Unlock& with) const {
  auto image = open_image(bytes, with);
  if (!image) return explained(std::move(image).error());
  return image;
}

// Whether the backup is undamaged; its secrets may be others.
BackupState Vault::backup_state() const {
  const auto bytes = file_.read_backup();
  if (bytes) {
    return read_envelope(*bytes) ? BackupState::good : BackupState::bad;
  }
  return bytes.error().kind == ErrorKind::vault_absent ? BackupState::none
                                                       : BackupState::bad;
}

// Adds the file's name, and what to do next.
std::unexpected<Error> Vault::explained(Error error) const {
  switch (error.kind) {
    case ErrorKind::vault_corrupt:
    case ErrorKind::vault_tampered:
    case ErrorKind::vault_format: {
      const bool restorable = backup_state() == BackupState::good;
      error.message +=
          restorable ? "; vault.bak is undamaged" : "; there is no good backup";
      error.hints = {restorable ? "claribi vault restore"
                                : fmt::format("mv {0} {0}.damaged, then "
                                              "connect again",
                                              file_.path().string())};
      break;
    }
    case ErrorKind::vault_auth:
      error.hints = {"claribi vault status"};
      break;
    case ErrorKind::vault_newer:
      error.hints = {"upgrade claribi; the vault is in order"};
      break;
    case ErrorKind::vault_kdf:
      error.hints = {
          "use a key file in this environment: --unlock-key-file FILE"};
      break;
    default:
      break;
  }
  return because(std::move(error), file_.path().string());
}

}  // namespace claribi::vault
