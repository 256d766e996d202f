// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

namespace claribi::demo {

// The sessions that are open. Of more than `most` the oldest is forgotten,
// which its client takes for a restart. Several threads may ask.
class Sessions {
 public:
  explicit Sessions(size_t most) : most_(most) {}

  // A new one; its id is 32 hexadecimal digits that nobody can guess.
  std::string open();
  [[nodiscard]] bool is_open(std::string_view id) const;
  // False if it was not open.
  bool close(std::string_view id);

 private:
  size_t most_;
  mutable std::mutex mutex_ = {};
  std::deque<std::string> ids_ = {};  // The oldest first.
};

}  // namespace claribi::demo
