// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.hpp"
#include "cli/commands/connect_source.hpp"
#include "cli/context.hpp"

namespace claribi::cli {

// `connect` for a person: asks on the terminal for what the command line does
// not say, verifies, and stores. Enter is an answer wherever there is a
// sensible one. Nothing is stored before the last answer; a refused key may be
// typed again twice. Only where Context::may_ask().
[[nodiscard]] Result<void> run_wizard(Context& context, ConnectArgs args);

}  // namespace claribi::cli
