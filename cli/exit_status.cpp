// SPDX-License-Identifier: MIT
#include "cli/exit_status.hpp"

#include <array>
#include <utility>

namespace claribi::cli {

std::span<const ExitStatus> exit_statuses() {
  static constexpr std::array<ExitStatus, 17> table{{
      {0, "done"},
      {1, "a fault of claribi"},
      {2, "the command line cannot be understood"},
      {3, "the question needs clarifying; the readings are printed"},
      {4, "not answerable with these tools"},
      {5, "refused: it would write, or the tool is not offered"},
      {6, "the tool answered with an error"},
      {7, "a limit was reached: time, size or steps"},
      {8, "a check failed"},
      {9, "the key was rejected, or a scope is missing"},
      {10, "network, TLS, a server error or throttling"},
      {11, "the reply is not what the protocol allows"},
      {12, "the vault cannot be used"},
      {13, "a file or the output cannot be read or written"},
      {129, "hung up: the terminal was closed"},
      {130, "interrupted"},
      {143, "terminated"},
  }};
  return table;
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::internal:
      return 1;
    case ErrorKind::usage:
      return 2;
    case ErrorKind::needs_clarification:
      return 3;
    case ErrorKind::not_answerable:
      return 4;
    case ErrorKind::refused:
      return 5;
    case ErrorKind::tool_error:
      return 6;
    case ErrorKind::limit_reached:
      return 7;
    case ErrorKind::check_failed:
      return 8;
    case ErrorKind::key_rejected:
    case ErrorKind::scope_missing:
      return 9;
    case ErrorKind::network:
      return 10;
    case ErrorKind::protocol:
      return 11;
    case ErrorKind::vault_io:
    case ErrorKind::vault_permission:
    case ErrorKind::vault_format:
    case ErrorKind::vault_corrupt:
    case ErrorKind::vault_auth:
    case ErrorKind::vault_tampered:
    case ErrorKind::vault_newer:
    case ErrorKind::vault_locked:
    case ErrorKind::vault_kdf:
    case ErrorKind::vault_absent:
      return 12;
    case ErrorKind::file:
      return 13;
    case ErrorKind::closed_pipe:
      return 0;
    case ErrorKind::interrupted:
      return 130;
    case ErrorKind::hung_up:
      return 129;
    case ErrorKind::terminated:
      return 143;
  }
  std::unreachable();
}

}  // namespace claribi::cli
