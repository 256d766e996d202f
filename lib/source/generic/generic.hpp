// SPDX-License-Identifier: MIT
// Any MCP server: nothing is known of its tools but what it says itself.
#pragma once

#include "source/vendor.hpp"

namespace claribi::source::generic {

Vendor vendor_row();

}  // namespace claribi::source::generic
