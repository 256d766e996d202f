// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace claribi::cli {

// All that an open descriptor gives, in guarded memory only. `number` is its
// number as it was typed, `name` the option or variable that gave it, for
// errors. Fails (usage) for no number, (file) if it cannot be read or has more
// than 4096 bytes.
[[nodiscard]] Result<Secret> read_descriptor(std::string_view number,
                                             std::string_view name);

}  // namespace claribi::cli
