// SPDX-License-Identifier: MIT
// What follows when a new source is verified.
#pragma once

#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/context.hpp"
#include "cli/sources.hpp"
#include "cli/verification.hpp"

namespace claribi::cli {

// Pins the only project that a key may read, and takes the time zone of the
// pinned one. Says which projects there are where none is pinned.
void settle_project(Context& context, Source& source, const Verified& verified);

// Stores the key, if there is one, bound to the address of the source, and
// then the source. The first source, and the first that is not the demo,
// becomes the default.
[[nodiscard]] Result<void> keep(Context& context, const Source& source,
                                const Secret& key);

// Says what is missing and "connection ready".
void say_connected(Context& context, const Source& source,
                   const Verified& verified);

// Prints the source that was connected.
[[nodiscard]] Result<void> print_connected(Context& context,
                                           const Source& source,
                                           const Verified& verified);

}  // namespace claribi::cli
