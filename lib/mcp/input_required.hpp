// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::mcp {

// What to add to the parameters of a call whose result is `input_required`:
// `inputResponses`, in which every question to a person is declined, and
// `requestState` exactly as it came, each only where the result has its
// counterpart. Says to `note` what was declined. Fails (protocol) for what is
// no question to a person, for no such ability was declared.
[[nodiscard]] Result<json::Value> decline_input(
    const json::Value& result, std::string_view tool,
    const std::function<void(std::string_view)>& note);

}  // namespace claribi::mcp
