// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/error.hpp"

namespace claribi {

// Bytes that must not leak: kept in guarded memory, wiped at the end, never
// printed or formatted (there is no way to turn one into a std::string but to
// ask for the view). Move-only.
class Secret {
 public:
  Secret() = default;

  // Copies the bytes; the caller wipes its own copy. Fails (internal) when no
  // guarded memory is to be had.
  [[nodiscard]] static Result<Secret> copy_of(std::string_view bytes);
  // Of that size, filled with zeros, to be written through bytes().
  [[nodiscard]] static Result<Secret> of_size(size_t size);

  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const;
  [[nodiscard]] std::span<unsigned char> bytes();
  [[nodiscard]] std::span<const unsigned char> bytes() const;

 private:
  unsigned char* data_ = nullptr;
  size_t size_ = 0;
};

// Overwrites memory that held a secret for a moment.
void wipe(void* data, size_t size);

// Starts the cryptographic library. Called once, by cli/app, before any
// Secret exists.
[[nodiscard]] Result<void> start_crypto();

}  // namespace claribi
