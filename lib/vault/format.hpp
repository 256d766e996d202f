// SPDX-License-Identifier: MIT
// The bytes of a vault file, version 1. Binary, fixed offsets, little endian,
// at most 1 MiB:
//
//   off    size   field
//   0      16     "claribi-vault/1\n"; byte 14 is the version digit
//   16     4      slot count n, 1 to 8
//   20     16     vault id, for the life of the vault
//   36     8      generation, one more with each write
//   44     n*116  slots: kind(1) flags(1, 0) zero(2) id(16) passes(4)
//                 memory_kib(4) salt(16) nonce(24) wrapped master key(48)
//   ..     32     MAC of all bytes before it
//   ..     24     nonce of the body
//   ..     m+16   the encrypted body; m is a multiple of 256
//   end-32 32     checksum of everything before; here in every later version
//
// The body, before padding:
//
//   label count(2) record count(2)
//   labels, in the order of the slots: slot id(16) created(8) size(2) text
//   records: size(4), then fields: tag(1) size(4) bytes, by rising tag:
//     1 name  2 kind  3 secret  4 origin (one field each, at least one)
//     5 created(8)  6 rotated(8), may be absent  7 note, may be absent
//
// A time is milliseconds since 1970. What is not as said here is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "vault/seal.hpp"

namespace claribi::vault {

inline constexpr size_t most_file_bytes = size_t{1} << 20;
inline constexpr size_t most_slots = 8;

// One way to the master key.
struct Slot {
  SlotKind kind = SlotKind::raw_key;
  Id id = {};
  KdfCost cost = {0, 0};
  Salt salt = {};
  Nonce nonce = {};
  std::array<unsigned char, key_size + tag_size> wrapped = {};
};

// What can be read without a secret, and believed only after the MAC.
struct Header {
  Id vault_id = {};
  uint64_t generation = 0;
  std::vector<Slot> slots = {};
};

// A file cut into its parts; the views are into its bytes.
struct Envelope {
  Header header;
  std::string_view header_bytes;  // Up to the MAC.
  std::string_view mac;
  std::string_view bound_header;  // With the MAC: what the body is bound to.
  Nonce nonce = {};
  std::string_view body;
};

// Cuts the file. Checks, in this order: size and magic (vault_format),
// checksum (vault_corrupt), version (vault_newer), counts, kinds, flags and
// lengths (vault_format), cost of each slot (vault_kdf).
[[nodiscard]] Result<Envelope> read_envelope(std::string_view bytes);

// The header without its MAC.
std::string write_header(const Header& header);
// What a wrapped master key is bound to: magic, vault id and the front of its
// slot.
std::string slot_binding(const Id& vault_id, const Slot& slot);

// What the header does not show of a slot.
struct SlotLabel {
  Id id = {};
  std::string label = {};
  Instant created = {};
};

// A stored key without the key.
struct RecordInfo {
  std::string name = {};
  std::string kind = {};                  // Such as "api-key".
  std::vector<std::string> origins = {};  // Where the key may be sent.
  Instant created = {};
  std::optional<Instant> rotated = {};  // When it was last replaced.
  std::string note = {};
};

// A stored key. It never leaves the vault without its origins.
struct Record {
  RecordInfo info;
  Secret secret;
};

struct Contents {
  std::vector<SlotLabel> labels = {};
  std::vector<Record> records = {};
};

// The padded body, and back from the body without padding. Reading fails
// (vault_format) for anything that writing does not make.
[[nodiscard]] Result<Secret> write_body(const Contents& contents);
[[nodiscard]] Result<Contents> read_body(std::string_view body);

}  // namespace claribi::vault
