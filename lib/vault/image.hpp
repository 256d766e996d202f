// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "vault/format.hpp"
#include "vault/seal.hpp"

namespace claribi::vault {

// One state of a vault, decrypted, in memory.
struct Image {
  Header header;
  Contents contents;  // labels[i] belongs to header.slots[i].
  Secret master;
  Id opened_by = {};  // The slot that gave the master key.
};

// Checks everything before anything is given out: what read_envelope checks,
// then whether a slot of the right kind opens (vault_auth), MAC, encryption
// and padding (vault_tampered), the records (vault_format).
[[nodiscard]] Result<Image> open_image(std::string_view bytes,
                                       const Unlock& with);

// An image without slots and records, with a new id and a new master key.
[[nodiscard]] Result<Image> new_image(Randomness& randomness);

// Adds a way to the master key. The cost counts for passphrases only, and is
// not held against the floor for new slots here.
[[nodiscard]] Result<void> add_slot(Image& image, const Unlock& with,
                                    KdfCost cost, SlotLabel label,
                                    Randomness& randomness);

// The bytes of the file. Fails (limit_reached) above 1 MiB.
[[nodiscard]] Result<std::string> seal_image(const Image& image,
                                             Randomness& randomness);

}  // namespace claribi::vault
