// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "demo/life.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

// Fills an empty store with the tables of store.hpp: the same project, spec
// and UTC day of `now` give the same rows. Fails (file), and the store is then
// to be thrown away.
[[nodiscard]] Result<void> generate(Store& store, const Project& project,
                                    const DataSpec& spec, Instant now);

}  // namespace claribi::demo
