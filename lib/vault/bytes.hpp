// SPDX-License-Identifier: MIT
// Little-endian numbers and blocks, out of bytes and into them.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace claribi::vault {

// Reads from the front. A read past the end gives zeros or nothing and is
// remembered: ask good() before believing what was read.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool done() const { return rest_.empty() || !good_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  std::string_view take(size_t size) {
    good_ = good_ && size <= rest_.size();
    if (!good_) return {};
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  template <std::unsigned_integral Number>
  Number number() {
    uint64_t value = 0;
    unsigned shift = 0;
    for (const char byte : take(sizeof(Number))) {
      value |= uint64_t{static_cast<unsigned char>(byte)} << shift;
      shift += 8;
    }
    return static_cast<Number>(value);
  }

  template <size_t size>
  void block(std::array<unsigned char, size>& into) {
    std::ranges::copy(take(size), into.begin());
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

// Writes from the front into memory that is large enough, or, without memory,
// only counts: secrets are written once, into memory of the right size.
class Sink {
 public:
  explicit Sink(unsigned char* into = nullptr) : into_(into) {}

  [[nodiscard]] size_t size() const { return size_; }

  void text(std::string_view bytes) {
    if (into_ != nullptr) std::ranges::copy(bytes, into_ + size_);
    size_ += bytes.size();
  }

  template <std::unsigned_integral Number>
  void number(Number value) {
    std::array<char, sizeof(Number)> bytes{};
    for (char& byte : bytes) {
      byte = static_cast<char>(value & 0xff);
      value = static_cast<Number>(uint64_t{value} >> 8);
    }
    text({bytes.data(), bytes.size()});
  }

 private:
  unsigned char* into_;
  size_t size_ = 0;
};

}  // namespace claribi::vault
