// SPDX-License-Identifier: MIT
// The cryptography of the vault, in its own words. Nothing here knows where
// the bytes come from or what they mean. start_crypto() has run before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace claribi::vault {

inline constexpr size_t key_size = 32;  // Every symmetric key.
inline constexpr size_t tag_size = 16;  // What encryption adds.

using Id = std::array<unsigned char, 16>;
using Salt = std::array<unsigned char, 16>;
using Nonce = std::array<unsigned char, 24>;
using Hash = std::array<unsigned char, 32>;

// Where keys, nonces, salts and ids come from. Tests have a repeatable one.
class Randomness {
 public:
  virtual ~Randomness() = default;
  virtual void fill(std::span<unsigned char> bytes) = 0;
};

class SystemRandomness final : public Randomness {
 public:
  void fill(std::span<unsigned char> bytes) override;
};

// A passphrase is for people and is stretched; a raw key is 32 random bytes
// for machines. The values are those of the file format.
enum class SlotKind : uint8_t { passphrase = 1, raw_key = 2 };

// What opens a vault.
struct Unlock {
  SlotKind kind = SlotKind::raw_key;
  Secret secret;
};

// What Argon2id spends on one try: passes, and memory in KiB. A raw key costs
// nothing: {0, 0}.
struct KdfCost {
  uint32_t passes = 3;
  uint32_t memory_kib = 256 * 1024;
};

// New slots never cost less memory.
inline constexpr uint32_t least_new_memory_kib = 64 * 1024;

// The bounds that hold for any slot, also of a vault made elsewhere: 1 to 10
// passes, 8 KiB to 1 GiB.
[[nodiscard]] bool cost_is_acceptable(KdfCost cost);

// The key that wraps the master key. Fails (vault_kdf) when there is not
// enough memory, (vault_auth) for a raw key that has not 32 bytes.
[[nodiscard]] Result<Secret> wrapping_key(const Unlock& with, KdfCost cost,
                                          const Salt& salt);

// What a master key is used for; the master key itself encrypts nothing.
enum class Purpose : uint64_t { header_mac = 1, body = 2 };
[[nodiscard]] Result<Secret> subkey(const Secret& master, Purpose purpose);

// Keyless: tells damage, stops nobody.
Hash checksum(std::string_view bytes);
Hash authenticate(const Secret& key, std::string_view bytes);
// Takes the same time wherever the difference is.
bool same(std::string_view a, std::string_view b);

// XChaCha20-Poly1305. `bound` is not encrypted, but decryption fails unless it
// is the same.
std::string encrypt(const Secret& key, const Nonce& nonce,
                    std::string_view bound, std::string_view plain);
// Empty if key, nonce, `bound` or the bytes are not those of encryption.
[[nodiscard]] Result<std::optional<Secret>> decrypt(const Secret& key,
                                                    const Nonce& nonce,
                                                    std::string_view bound,
                                                    std::string_view sealed);

// Padding hides the length of a body, in steps of 256 bytes: always at least
// one byte more than `size`.
inline constexpr size_t padding_step = 256;
size_t padded_size(size_t size);
// Marks the end of the first `size` bytes of a buffer of padded_size(size).
void pad(std::span<unsigned char> buffer, size_t size);
// The size before padding; empty if this is no padding.
std::optional<size_t> unpadded_size(std::span<const unsigned char> buffer);

// 64 hex characters to a key and back; empty for any other text.
[[nodiscard]] Result<std::optional<Secret>> key_from_hex(std::string_view hex);
[[nodiscard]] Result<Secret> key_to_hex(const Secret& key);

// Bytes as the text type that files are read and written with.
std::string_view as_text(std::span<const unsigned char> bytes);

}  // namespace claribi::vault
