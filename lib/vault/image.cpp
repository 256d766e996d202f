// SPDX-License-Identifier: MIT
#include "vault/image.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::vault {
namespace {

std::unexpected<Error> tampered(std::string_view what) {
  return fail(ErrorKind::vault_tampered,
              fmt::format("edited by someone without the key: {}", what));
}

// The image with its master key only. A slot that does not unwrap says nothing
// about why: a wrong secret and an edited slot look alike.
Result<Image> unwrap_master(const Header& header, const Unlock& with) {
  size_t tried = 0;
  for (const auto& slot : header.slots) {
    if (slot.kind != with.kind) continue;
    ++tried;
    CLARIBI_TRY_ASSIGN(Secret key, wrapping_key(with, slot.cost, slot.salt));
    CLARIBI_TRY_ASSIGN(auto master, decrypt(key, slot.nonce,
                                            slot_binding(header.vault_id, slot),
                                            as_text(slot.wrapped)));
    if (master) return Image{header, {}, std::move(*master), slot.id};
  }
  const bool passphrase = with.kind == SlotKind::passphrase;
  if (tried == 0) {
    return fail(ErrorKind::vault_auth,
                fmt::format("it has no slot for a {}",
                            passphrase ? "passphrase" : "key file"));
  }
  return fail(ErrorKind::vault_auth,
              passphrase ? "the passphrase does not open it"
                         : "the key does not open it: it is not one of its "
                           "keys, or belongs to another vault");
}

Result<Contents> open_body(const Envelope& envelope, const Secret& master) {
  CLARIBI_TRY_ASSIGN(const Secret mac_key, subkey(master, Purpose::header_mac));
  if (!same(as_text(authenticate(mac_key, envelope.header_bytes)),
            envelope.mac)) {
    return tampered("its header is not the one that was written");
  }
  CLARIBI_TRY_ASSIGN(const Secret body_key, subkey(master, Purpose::body));
  CLARIBI_TRY_ASSIGN(
      const auto body,
      decrypt(body_key, envelope.nonce, envelope.bound_header, envelope.body));
  if (!body) return tampered("its body is not the one that was written");
  const auto size = unpadded_size(body->bytes());
  if (!size) return tampered("the padding is wrong");
  return read_body(body->view().substr(0, *size));
}

// Each slot has its label, in the same order.
bool labels_match(const Header& header, const Contents& contents) {
  return std::ranges::equal(header.slots, contents.labels, {}, &Slot::id,
                            &SlotLabel::id);
}

}  // namespace

Result<Image> open_image(std::string_view bytes, const Unlock& with) {
  CLARIBI_TRY_ASSIGN(const Envelope envelope, read_envelope(bytes));
  CLARIBI_TRY_ASSIGN(Image image, unwrap_master(envelope.header, with));
  CLARIBI_TRY_ASSIGN(image.contents, open_body(envelope, image.master));
  if (!labels_match(image.header, image.contents)) {
    return fail(ErrorKind::vault_format,
                "written by a faulty version of claribi: the labels are not "
                "those of its slots");
  }
  return image;
}

Result<Image> new_image(Randomness& randomness) {
  Image image;
  CLARIBI_TRY_ASSIGN(image.master, Secret::of_size(key_size));
  randomness.fill(image.master.bytes());
  randomness.fill(image.header.vault_id);
  return image;
}

Result<void> add_slot(Image& image, const Unlock& with, KdfCost cost,
                      SlotLabel label, Randomness& randomness) {
  if (image.header.slots.size() >= most_slots) {
    return fail(ErrorKind::limit_reached,
                fmt::format("a vault has at most {} slots", most_slots),
                {"claribi vault status"});
  }
  Slot slot;
  slot.kind = with.kind;
  slot.cost = with.kind == SlotKind::passphrase ? cost : KdfCost{0, 0};
  randomness.fill(slot.id);
  randomness.fill(slot.salt);
  randomness.fill(slot.nonce);
  CLARIBI_TRY_ASSIGN(const Secret key,
                     wrapping_key(with, slot.cost, slot.salt));
  const std::string wrapped =
      encrypt(key, slot.nonce, slot_binding(image.header.vault_id, slot),
              image.master.view());
  std::ranges::copy(wrapped, slot.wrapped.begin());
  label.id = slot.id;
  image.header.slots.push_back(slot);
  image.contents.labels.push_back(std::move(label));
  return {};
}

Result<std::string> seal_image(const Image& image, Randomness& randomness) {
  CLARIBI_TRY_ASSIGN(const Secret mac_key,
                     subkey(image.master, Purpose::header_mac));
  CLARIBI_TRY_ASSIGN(const Secret body_key,
                     subkey(image.master, Purpose::body));
  CLARIBI_TRY_ASSIGN(const Secret body, write_body(image.contents));
  Nonce nonce{};
  randomness.fill(nonce);
  std::string bytes = write_header(image.header);
  bytes += as_text(authenticate(mac_key, bytes));
  const std::string sealed = encrypt(body_key, nonce, bytes, body.view());
  bytes += as_text(nonce);
  bytes += sealed;
  bytes += as_text(checksum(bytes));
  if (bytes.size() > most_file_bytes) {
    return fail(ErrorKind::limit_reached,
                fmt::format("the vault would take {} bytes, more than 1 MiB",
                            bytes.size()));
  }
  return bytes;
}

}  // namespace claribi::vault
