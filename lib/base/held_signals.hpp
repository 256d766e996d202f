// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace claribi {

// While one lives, SIGINT, SIGTERM and SIGHUP wait: for the moment in which a
// file is half-written. They come at its end.
class HeldSignals {
 public:
  HeldSignals() {
    sigset_t held;
    (void)sigemptyset(&held);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
      (void)sigaddset(&held, signal);
    (void)pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  HeldSignals(HeldSignals&&) = delete;
  HeldSignals& operator=(HeldSignals&&) = delete;
  ~HeldSignals() { (void)pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_ = {};
};

}  // namespace claribi
