// SPDX-License-Identifier: MIT
#include "demo/sessions.hpp"

#include <algorithm>
#include <random>

#include <fmt/format.h>

namespace claribi::demo {

std::string Sessions::open() {
  std::random_device random;
  std::string id;
  for (int i = 0; i < 4; ++i)
    id += fmt::format("{:08x}", random());
  const std::scoped_lock lock(mutex_);
  if (ids_.size() >= most_) ids_.pop_front();
  ids_.push_back(id);
  return id;
}

bool Sessions::is_open(std::string_view id) const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::find(ids_, id) != ids_.end();
}

bool Sessions::close(std::string_view id) {
  const std::scoped_lock lock(mutex_);
  return std::erase(ids_, id) > 0;
}

}  // namespace claribi::demo
