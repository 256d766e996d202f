// SPDX-License-Identifier: MIT
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace claribi {

// What a script or a person must be able to tell apart. cli/exit_status.cpp
// gives each kind its exit status; `--error-format json` prints kind_name().
enum class ErrorKind {
  internal,             // A fault of claribi itself.
  usage,                // The command line cannot be understood.
  needs_clarification,  // The question has several readings; hints list them.
  not_answerable,       // No tool can answer the question.
  refused,              // Would write, or the tool is not offered.
  tool_error,           // The tool ran and answered with an error.
  limit_reached,        // A bound on time, size, steps or cost was hit.
  check_failed,         // A check that the user asked for did not hold.
  key_rejected,         // The server does not accept the key.
  scope_missing,        // The key lacks a scope.
  network,              // DNS, TCP, TLS, 5xx, throttling.
  protocol,             // The reply is not what the protocol allows.
  vault_io,             // Reading or writing the vault failed.
  vault_permission,     // Owner or mode of the vault or of a key file.
  vault_format,         // Not a vault, or written by a faulty version.
  vault_corrupt,        // Damaged by accident: the checksum is wrong.
  vault_auth,           // No slot opens with the given secret.
  vault_tampered,       // Edited by someone without the key.
  vault_newer,          // Written by a later version of claribi.
  vault_locked,         // Another process holds the lock.
  vault_kdf,            // Key derivation is out of bounds or out of memory.
  vault_absent,         // There is no vault, or no such record in it.
  file,                 // Reading or writing any other file, or the output.
  closed_pipe,          // The reader of the output went away: a quiet end.
  interrupted,          // SIGINT.
  hung_up,              // SIGHUP.
  terminated,           // SIGTERM.
};

// A stable dotted name for scripts, such as "vault.tampered".
std::string_view kind_name(ErrorKind kind);

// What is not settled about a question, for a program: which part of it, a
// stable word for why, and what could be meant instead. `candidates` are names
// or readings; `readings` are commands to run.
struct Unsettled {
  std::string slot = {};    // "event", "funnel_steps", ...
  std::string reason = {};  // "no_such_event", "ambiguous", "read_only", ...
  std::vector<std::string> candidates = {};
  std::vector<std::string> readings = {};
};

// What went wrong, for a person. The message is lower case, has no full stop
// and does not begin with "error:"; it names the thing and the cause. A hint
// says what to type or to look at next. Neither ever holds a secret.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::vector<std::string> hints = {};
  Unsettled unsettled = {};  // Empty but for questions.
};

template <typename T>
using Result = std::expected<T, Error>;

[[nodiscard]] std::unexpected<Error> fail(ErrorKind kind, std::string message,
                                          std::vector<std::string> hints = {});

// The same for a question; the hints are what a person reads of it.
[[nodiscard]] std::unexpected<Error> fail(ErrorKind kind, std::string message,
                                          std::vector<std::string> hints,
                                          Unsettled unsettled);

// Adds what was being done: "opening the vault: " before the message.
[[nodiscard]] std::unexpected<Error> because(Error cause,
                                             std::string_view doing);

}  // namespace claribi
