// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <array>
#include <span>

#include <sodium.h>

namespace claribi {

namespace {

std::string hex_of(std::span<const unsigned char> hash) {
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(),
                     reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return hex_of(hash);
}

std::string blake2b_256_hex(std::string_view bytes) {
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hex_of(hash);
}

}  // namespace claribi
