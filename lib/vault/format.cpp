// SPDX-License-Identifier: MIT
#include "vault/format.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/result.hpp"
#include "vault/bytes.hpp"

namespace claribi::vault {
namespace {

constexpr std::string_view magic = "claribi-vault/1\n";
constexpr size_t version_at = 14;
constexpr size_t slots_at = 44;
constexpr size_t slot_size = 116;
constexpr size_t hash_size = Hash().size();

std::unexpected<Error> faulty(std::string_view what) {
  return fail(ErrorKind::vault_format,
              fmt::format("not a vault that claribi writes: {}", what));
}

// Whatever the version is.
Result<void> check_frame(std::string_view bytes) {
  if (bytes.size() > most_file_bytes) return faulty("more than 1 MiB");
  const auto front = bytes.substr(0, version_at);
  // A file cut within the magic is a damaged vault, not a foreign file.
  if (front != magic.substr(0, front.size())) {
    return faulty("it does not begin like one");
  }
  if (bytes.size() < magic.size() + hash_size) {
    return fail(ErrorKind::vault_corrupt,
                fmt::format("damaged: it ends after {} bytes", bytes.size()));
  }
  const auto before = bytes.substr(0, bytes.size() - hash_size);
  if (as_text(checksum(before)) != bytes.substr(before.size())) {
    return fail(ErrorKind::vault_corrupt, "damaged: the checksum is wrong");
  }
  const char version = bytes[version_at];
  if (version > magic[version_at] && version <= '9') {
    return fail(
        ErrorKind::vault_newer,
        fmt::format("written in version {} of the format, newer than this "
                    "claribi knows",
                    version));
  }
  if (!bytes.starts_with(magic)) return faulty("its version is unknown");
  return {};
}

Result<Slot> read_slot(Cursor& in) {
  Slot slot;
  const auto kind = in.number<uint8_t>();
  if (kind != static_cast<uint8_t>(SlotKind::passphrase) &&
      kind != static_cast<uint8_t>(SlotKind::raw_key)) {
    return faulty("a slot is of an unknown kind");
  }
  slot.kind = static_cast<SlotKind>(kind);
  if (in.number<uint8_t>() != 0 || in.number<uint16_t>() != 0) {
    return faulty("a slot has unknown flags");
  }
  in.block(slot.id);
  slot.cost.passes = in.number<uint32_t>();
  slot.cost.memory_kib = in.number<uint32_t>();
  if (slot.kind == SlotKind::raw_key &&
      (slot.cost.passes != 0 || slot.cost.memory_kib != 0)) {
    return faulty("a raw key slot has a cost");
  }
  in.block(slot.salt);
  in.block(slot.nonce);
  in.block(slot.wrapped);
  return slot;
}

Result<void> check_costs(const std::vector<Slot>& slots) {
  for (const auto& slot : slots) {
    if (slot.kind == SlotKind::passphrase && !cost_is_acceptable(slot.cost)) {
      return fail(
          ErrorKind::vault_kdf,
          fmt::format("a passphrase slot asks for {} passes over {} KiB, "
                      "more or less than claribi accepts",
                      slot.cost.passes, slot.cost.memory_kib));
    }
  }
  return {};
}

// The part of a slot that its wrapped key is bound to.
void write_slot_front(Sink& out, const Slot& slot) {
  out.number(static_cast<uint8_t>(slot.kind));
  out.number(uint8_t{0});
  out.number(uint16_t{0});
  out.text(as_text(slot.id));
  out.number(slot.cost.passes);
  out.number(slot.cost.memory_kib);
  out.text(as_text(slot.salt));
}

// A text made by `write(sink)`.
template <typename Write>
std::string text_of(const Write& write) {
  Sink count;
  write(count);
  std::string text(count.size(), '\0');
  Sink out(reinterpret_cast<unsigned char*>(text.data()));
  write(out);
  return text;
}

}  // namespace

Result<Envelope> read_envelope(std::string_view bytes) {
  CLARIBI_TRY(check_frame(bytes));
  Cursor in(bytes.substr(0, bytes.size() - hash_size));
  Envelope envelope;
  (void)in.take(magic.size());
  const auto count = in.number<uint32_t>();
  in.block(envelope.header.vault_id);
  envelope.header.generation = in.number<uint64_t>();
  if (!in.good() || count < 1 || count > most_slots) {
    return faulty("the number of slots is wrong");
  }
  for (uint32_t i = 0; i < count; ++i) {
    CLARIBI_TRY_ASSIGN(Slot slot, read_slot(in));
    envelope.header.slots.push_back(slot);
  }
  const size_t header_size = slots_at + count * slot_size;
  envelope.header_bytes = bytes.substr(0, header_size);
  envelope.mac = in.take(hash_size);
  in.block(envelope.nonce);
  envelope.body = in.rest();
  if (!in.good() || envelope.body.size() < tag_size + padding_step ||
      (envelope.body.size() - tag_size) % padding_step != 0) {
    return faulty("its length is wrong");
  }
  envelope.bound_header = bytes.substr(0, header_size + hash_size);
  CLARIBI_TRY(check_costs(envelope.header.slots));
  return envelope;
}

std::string write_header(const Header& header) {
  return text_of([&](Sink& out) {
    out.text(magic);
    out.number(static_cast<uint32_t>(header.slots.size()));
    out.text(as_text(header.vault_id));
    out.number(header.generation);
    for (const auto& slot : header.slots) {
      write_slot_front(out, slot);
      out.text(as_text(slot.nonce));
      out.text(as_text(slot.wrapped));
    }
  });
}

std::string slot_binding(const Id& vault_id, const Slot& slot) {
  return text_of([&](Sink& out) {
    out.text(magic);
    out.text(as_text(vault_id));
    write_slot_front(out, slot);
  });
}

}  // namespace claribi::vault
