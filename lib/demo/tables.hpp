// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

// The tables of store.hpp, empty; and, once they are full, their indexes.
// Fails (file).
[[nodiscard]] Result<void> make_tables(Store& store);
[[nodiscard]] Result<void> make_indexes(Store& store);

}  // namespace claribi::demo
