// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "json/value.hpp"
#include "mcp/elicitation.hpp"

namespace claribi::cli {

// Shows on the terminal who asks and what, asks for each field until the
// answer fits, and has the whole confirmed before it is sent. Nothing if the
// person declines or gives up a field. Only where Context::may_ask().
[[nodiscard]] Result<std::optional<json::Value>> fill_form(
    Context& context, std::string_view host, const mcp::Form& form);

}  // namespace claribi::cli
