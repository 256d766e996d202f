// SPDX-License-Identifier: MIT
#include "vault/seal.hpp"

#include <fmt/core.h>
#include <sodium.h>

#include "base/result.hpp"

namespace claribi::vault {
namespace {

constexpr std::string_view wrapping_domain = "claribi kek v1";
constexpr char subkey_domain[crypto_kdf_CONTEXTBYTES + 1] = "claribi1";

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == key_size);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == Nonce().size());
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == tag_size);
static_assert(crypto_pwhash_argon2id_SALTBYTES == Salt().size());
static_assert(crypto_generichash_BYTES == Hash().size());
static_assert(crypto_kdf_KEYBYTES == key_size);

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Hash hash(std::string_view bytes, std::span<const unsigned char> key) {
  Hash result{};
  crypto_generichash(result.data(), result.size(), octets(bytes), bytes.size(),
                     key.data(), key.size());
  return result;
}

}  // namespace

void SystemRandomness::fill(std::span<unsigned char> bytes) {
  randombytes_buf(bytes.data(), bytes.size());
}

bool cost_is_acceptable(KdfCost cost) {
  return cost.passes >= 1 && cost.passes <= 10 && cost.memory_kib >= 8 &&
         cost.memory_kib <= 1024 * 1024;
}

Result<Secret> wrapping_key(const Unlock& with, KdfCost cost,
                            const Salt& salt) {
  CLARIBI_TRY_ASSIGN(Secret key, Secret::of_size(key_size));
  if (with.kind == SlotKind::raw_key) {
    if (with.secret.size() != key_size) {
      return fail(ErrorKind::vault_auth,
                  fmt::format("a raw key has {} bytes, this one has {}",
                              key_size, with.secret.size()));
    }
    std::string input(wrapping_domain);
    input += as_text(salt);
    crypto_generichash(key.bytes().data(), key_size, octets(input),
                       input.size(), with.secret.bytes().data(), key_size);
    return key;
  }
  const auto words = with.secret.bytes();
  if (crypto_pwhash(key.bytes().data(), key_size,
                    reinterpret_cast<const char*>(words.data()), words.size(),
                    salt.data(), cost.passes, size_t{cost.memory_kib} * 1024,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorKind::vault_kdf,
                fmt::format("the passphrase needs {} MiB of memory, which "
                            "this environment does not give",
                            (cost.memory_kib + 1023) / 1024));
  }
  return key;
}

Result<Secret> subkey(const Secret& master, Purpose purpose) {
  CLARIBI_TRY_ASSIGN(Secret key, Secret::of_size(key_size));
  crypto_kdf_derive_from_key(key.bytes().data(), key_size,
                             static_cast<uint64_t>(purpose), subkey_domain,
                             master.bytes().data());
  return key;
}

Hash checksum(std::string_view bytes) {
  return hash(bytes, {});
}

Hash authenticate(const Secret& key, std::string_view bytes) {
  return hash(bytes, key.bytes());
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string encrypt(const Secret& key, const Nonce& nonce,
                    std::string_view bound, std::string_view plain) {
  std::string sealed(plain.size() + tag_size, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<unsigned char*>(sealed.data()), nullptr, octets(plain),
      plain.size(), octets(bound), bound.size(), nullptr, nonce.data(),
      key.bytes().data());
  return sealed;
}

Result<std::optional<Secret>> decrypt(const Secret& key, const Nonce& nonce,
                                      std::string_view bound,
                                      std::string_view sealed) {
  if (sealed.size() <= tag_size) return std::nullopt;
  CLARIBI_TRY_ASSIGN(Secret plain, Secret::of_size(sealed.size() - tag_size));
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plain.bytes().data(), nullptr, nullptr, octets(sealed), sealed.size(),
          octets(bound), bound.size(), nonce.data(), key.bytes().data()) != 0) {
    return std::nullopt;
  }
  return plain;
}

size_t padded_size(size_t size) {
  return (size / padding_step + 1) * padding_step;
}

void pad(std::span<unsigned char> buffer, size_t size) {
  sodium_pad(nullptr, buffer.data(), size, padding_step, buffer.size());
}

std::optional<size_t> unpadded_size(std::span<const unsigned char> buffer) {
  size_t size = 0;
  if (sodium_unpad(&size, buffer.data(), buffer.size(), padding_step) != 0) {
    return std::nullopt;
  }
  return size;
}

Result<std::optional<Secret>> key_from_hex(std::string_view hex) {
  CLARIBI_TRY_ASSIGN(Secret key, Secret::of_size(key_size));
  size_t size = 0;
  if (hex.size() != 2 * key_size ||
      sodium_hex2bin(key.bytes().data(), key_size, hex.data(), hex.size(),
                     nullptr, &size, nullptr) != 0 ||
      size != key_size) {
    return std::nullopt;
  }
  return key;
}

Result<Secret> key_to_hex(const Secret& key) {
  // sodium_bin2hex ends its text with a NUL.
  CLARIBI_TRY_ASSIGN(Secret text, Secret::of_size(2 * key.size() + 1));
  sodium_bin2hex(reinterpret_cast<char*>(text.bytes().data()), text.size(),
                 key.bytes().data(), key.size());
  return Secret::copy_of(text.view().substr(0, 2 * key.size()));
}

std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace claribi::vault
