// SPDX-License-Identifier: MIT
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "cli/app.hpp"
#include "cli/standard_io.hpp"

namespace {

// Keys must not end up in a core file, in another user's reach or in a log of
// TLS secrets.
// The umask that the user has set, for files that are the user's.
mode_t harden_process() {
  const mode_t umask = ::umask(077);
  const rlimit none{};
  (void)::setrlimit(RLIMIT_CORE, &none);
  (void)::prctl(PR_SET_DUMPABLE, 0);
  (void)::unsetenv("SSLKEYLOGFILE");
  // A reader that goes away shows as a failed write, which ends quietly.
  (void)std::signal(SIGPIPE, SIG_IGN);
  return umask;
}

}  // namespace

int main(int argc, char** argv) {
  const mode_t umask = harden_process();
  claribi::cli::StandardIo io(claribi::cli::read_screen(), umask);
  try {
    const claribi::SystemClock clock;
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0),
                                         argv + argc);
    return claribi::cli::run(io, claribi::cli::read_environment(), clock,
                             words);
  } catch (const std::exception&) {
    io.note("claribi: error: internal error\n");
    return 1;
  }
}
