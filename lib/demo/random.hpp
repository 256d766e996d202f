// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace claribi::demo {

// Numbers that look random and are the same everywhere for the same keys
// (SplitMix64; the standard library's distributions differ between
// implementations). Not for secrets.
class Random {
 public:
  Random(std::initializer_list<uint64_t> keys) {
    for (const uint64_t key : keys)
      state_ = mix(state_ ^ key);
  }

  uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    return mix(state_);
  }

  // From 0 up to but not 1.
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  // From 0 up to but not `end`, which is above 0.
  size_t below(size_t end) { return static_cast<size_t>(next() % end); }

  bool chance(double probability) { return unit() < probability; }

  double exponential(double mean) { return -mean * std::log(1.0 - unit()); }

  // The index of a weight, with a chance in proportion to it. `cumulative`
  // holds running sums and is not empty.
  size_t pick(std::span<const double> cumulative) {
    const double place = unit() * cumulative.back();
    size_t index = 0;
    while (index + 1 < cumulative.size() && place >= cumulative[index])
      ++index;
    return index;
  }

 private:
  static uint64_t mix(uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
  }

  uint64_t state_ = 0;
};

}  // namespace claribi::demo
