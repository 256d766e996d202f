// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/elicitation.hpp"

namespace claribi::mcp {

// What to add to the parameters of a call whose result is `input_required`:
// `inputResponses` with the answers of a person, and `requestState` exactly as
// it came, each only where the result has its counterpart. Where there is
// nobody (`fill` is empty) every question is declined, which `note` is told.
// Fails (protocol) for what is no form for a person, for no other ability was
// declared.
[[nodiscard]] Result<json::Value> answer_input(
    const json::Value& result, std::string_view tool, const FillForm& fill,
    const std::function<void(std::string_view)>& note);

}  // namespace claribi::mcp
