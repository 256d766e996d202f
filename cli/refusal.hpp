// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "cli/context.hpp"
#include "cli/sources.hpp"

namespace claribi::cli {

// Why a server refuses to list its tools, with what to do about it. What the
// protocol alone cannot tell is asked: whether an address that is none of the
// vendor's regions is the vendor's web application, by one request without
// the key.
[[nodiscard]] Error plain_refusal(const Context& context, const Source& source,
                                  Error error);

}  // namespace claribi::cli
