// SPDX-License-Identifier: MIT
#include "cli/signals.hpp"

namespace claribi::cli {
namespace {

volatile std::sig_atomic_t noted = 0;

void note(int signal) {
  noted = signal;
}

}  // namespace

NotedSignals::NotedSignals() {
  struct sigaction action = {};
  action.sa_handler = note;
  // Without SA_RESTART: the wait that it comes into shall end.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  (void)sigaction(SIGINT, &action, &interrupt_);
  (void)sigaction(SIGTERM, &action, &terminate_);
}

NotedSignals::~NotedSignals() {
  (void)sigaction(SIGINT, &interrupt_, nullptr);
  (void)sigaction(SIGTERM, &terminate_, nullptr);
}

std::optional<ErrorKind> noted_signal() {
  if (noted == SIGINT) return ErrorKind::interrupted;
  if (noted == SIGTERM) return ErrorKind::terminated;
  return std::nullopt;
}

}  // namespace claribi::cli
