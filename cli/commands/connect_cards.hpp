// SPDX-License-Identifier: MIT
// What the wizard of `connect` shows. Pure: words in, words out, safe for a
// terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/vendor.hpp"

namespace claribi::cli {

// A line of a menu: what it is called, and what it is.
struct MenuItem {
  std::string name;
  std::string about;
};

// The title and the numbered items, with empty lines around.
std::string menu(std::string_view title, const std::vector<MenuItem>& items);
// The place of a number from 1 to `count`; nothing if it is none.
std::optional<size_t> menu_number(std::string_view text, size_t count);

// Wrapped for reading, each line with that much space before it.
std::string paragraph(std::string_view text, size_t indent);

// Where a key of that vendor is made and what it has to be allowed to do.
std::string key_card(const source::Vendor& vendor);

}  // namespace claribi::cli
