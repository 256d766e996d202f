// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace claribi::plan {

// `claribi ask "..."` for a shell to run: quoted so that no shell acts on
// what stands inside.
std::string ask_command(std::string_view question);

}  // namespace claribi::plan
