// SPDX-License-Identifier: MIT
#include "base/error.hpp"

#include <utility>

namespace claribi {

std::string_view kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::internal:
      return "internal";
    case ErrorKind::usage:
      return "usage";
    case ErrorKind::needs_clarification:
      return "needs_clarification";
    case ErrorKind::not_answerable:
      return "not_answerable";
    case ErrorKind::refused:
      return "refused";
    case ErrorKind::tool_error:
      return "tool_error";
    case ErrorKind::limit_reached:
      return "limit_reached";
    case ErrorKind::check_failed:
      return "check_failed";
    case ErrorKind::key_rejected:
      return "key.rejected";
    case ErrorKind::scope_missing:
      return "key.scope_missing";
    case ErrorKind::network:
      return "network";
    case ErrorKind::protocol:
      return "protocol";
    case ErrorKind::vault_io:
      return "vault.io";
    case ErrorKind::vault_permission:
      return "vault.permission";
    case ErrorKind::vault_format:
      return "vault.format";
    case ErrorKind::vault_corrupt:
      return "vault.corrupt";
    case ErrorKind::vault_auth:
      return "vault.auth";
    case ErrorKind::vault_tampered:
      return "vault.tampered";
    case ErrorKind::vault_newer:
      return "vault.newer";
    case ErrorKind::vault_locked:
      return "vault.locked";
    case ErrorKind::vault_kdf:
      return "vault.kdf";
    case ErrorKind::vault_absent:
      return "vault.absent";
    case ErrorKind::file:
      return "file";
    case ErrorKind::closed_pipe:
      return "closed_pipe";
    case ErrorKind::interrupted:
      return "interrupted";
    case ErrorKind::hung_up:
      return "hung_up";
    case ErrorKind::terminated:
      return "terminated";
  }
  std::unreachable();
}

std::unexpected<Error> fail(ErrorKind kind, std::string message,
                            std::vector<std::string> hints) {
  return fail(kind, std::move(message), std::move(hints), {});
}

std::unexpected<Error> fail(ErrorKind kind, std::string message,
                            std::vector<std::string> hints,
                            Unsettled unsettled) {
  return std::unexpected<Error>(
      Error{kind, std::move(message), std::move(hints), std::move(unsettled)});
}

std::unexpected<Error> because(Error cause, std::string_view doing) {
  cause.message = std::string(doing) + ": " + cause.message;
  return std::unexpected<Error>(std::move(cause));
}

}  // namespace claribi
