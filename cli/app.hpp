// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "cli/environment.hpp"
#include "cli/io.hpp"

namespace claribi::cli {

// The whole program: understands the words, runs the command, reports its
// error. Answers the exit status. Callable from a test.
int run(Io& io, const Result<Environment>& environment, const Clock& clock,
        const std::vector<std::string>& words);

}  // namespace claribi::cli
