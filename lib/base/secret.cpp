// SPDX-License-Identifier: MIT
#include "base/secret.hpp"

#include <cstring>
#include <utility>

#include <sodium.h>

namespace claribi {

Result<Secret> Secret::of_size(size_t size) {
  Secret secret;
  if (size == 0) return secret;
  secret.data_ = static_cast<unsigned char*>(sodium_malloc(size));
  if (secret.data_ == nullptr) {
    return fail(ErrorKind::internal, "no guarded memory for a secret");
  }
  secret.size_ = size;
  std::memset(secret.data_, 0, size);
  return secret;
}

Result<Secret> Secret::copy_of(std::string_view bytes) {
  auto secret = of_size(bytes.size());
  if (secret && !bytes.empty()) {
    std::memcpy(secret->data_, bytes.data(), bytes.size());
  }
  return secret;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {
}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

Secret::~Secret() {
  sodium_free(data_);
}

std::string_view Secret::view() const {
  return {reinterpret_cast<const char*>(data_), size_};
}

std::span<unsigned char> Secret::bytes() {
  return {data_, size_};
}

std::span<const unsigned char> Secret::bytes() const {
  return {data_, size_};
}

void wipe(void* data, size_t size) {
  sodium_memzero(data, size);
}

Result<void> start_crypto() {
  if (sodium_init() < 0) {
    return fail(ErrorKind::internal, "the cryptographic library cannot start");
  }
  return {};
}

}  // namespace claribi
