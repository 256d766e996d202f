// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "base/error.hpp"

namespace claribi::cli {

// A row of the table that --help and every man page print.
struct ExitStatus {
  int number;
  std::string_view meaning;
};
std::span<const ExitStatus> exit_statuses();

// The status of a failure of that kind.
int status_of(ErrorKind kind);

}  // namespace claribi::cli
