// SPDX-License-Identifier: MIT
// Where the API key of a source comes from: the environment, or the vault,
// where it is bound to the origins that it may be sent to.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "net/url.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {

// CLARIBI_TOKEN_FILE, CLARIBI_TOKEN_FD, CLARIBI_TOKEN or the vendor's own
// variable, in that order; nothing if none is set. A key in the variable of one
// vendor is never taken for another.
[[nodiscard]] Result<std::optional<Secret>> key_from_environment(
    const Environment& environment, const source::Vendor& vendor);

// Which of these variables is set; empty if none is.
[[nodiscard]] std::string_view key_variable(const Environment& environment,
                                            const source::Vendor& vendor);

// The stored key of that source, if it may be sent to that origin. Fails
// (vault_absent, vault_auth, ...; refused for a foreign origin).
[[nodiscard]] Result<Secret> stored_key(Context& context,
                                        std::string_view source,
                                        const net::Origin& origin);

// Stores or replaces the key of a source, bound to that origin. Makes the
// vault, opened by a key file, if there is none, and says so.
[[nodiscard]] Result<void> store_key(Context& context, std::string_view source,
                                     const Secret& key,
                                     const net::Origin& origin);

// Stores the key of a source under another name as well, with its origins;
// nothing happens if none is stored.
[[nodiscard]] Result<void> copy_key(Context& context, std::string_view from,
                                    std::string_view to);

// Removes the key of a source; nothing happens if none is stored.
[[nodiscard]] Result<void> remove_key(Context& context,
                                      std::string_view source);

}  // namespace claribi::cli
