// SPDX-License-Identifier: MIT
#include "cli/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include "base/result.hpp"

namespace claribi::cli {
namespace {

constexpr size_t line_limit = 4096;  // The most that the kernel gives at once.

// The terminal of the process, put back as it was at the end.
class Terminal {
 public:
  Terminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {}
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  Terminal(Terminal&&) = delete;
  Terminal& operator=(Terminal&&) = delete;
  ~Terminal() {
    // What is typed ahead belongs to the next reader.
    if (silent_) (void)::tcsetattr(fd_, TCSADRAIN, &before_);
    if (fd_ >= 0) (void)::close(fd_);
  }

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] bool answers() const {
    return fd_ >= 0 && ::tcgetpgrp(fd_) == ::getpgrp();
  }

  // Stops the echo of everything but the end of the line.
  [[nodiscard]] bool silence() {
    if (::tcgetattr(fd_, &before_) != 0) return false;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    silent_ = ::tcsetattr(fd_, TCSAFLUSH, &silent) == 0;
    return silent_;
  }

  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::write(fd_, text.data(), text.size());
      if (count <= 0) return;
      text.remove_prefix(static_cast<size_t>(count));
    }
  }

 private:
  int fd_;
  termios before_{};
  bool silent_ = false;
};

// While it lives, the signals that would leave a terminal without echo wait to
// be read. Those that are ignored stay so.
class WaitingSignals {
 public:
  WaitingSignals() {
    sigset_t held;
    sigemptyset(&held);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) {
      struct sigaction action{};
      if (::sigaction(number, nullptr, &action) == 0 &&
          action.sa_handler != SIG_IGN) {
        sigaddset(&held, number);
      }
    }
    (void)::sigprocmask(SIG_BLOCK, &held, &before_);
    fd_ = ::signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  WaitingSignals(const WaitingSignals&) = delete;
  WaitingSignals& operator=(const WaitingSignals&) = delete;
  WaitingSignals(WaitingSignals&&) = delete;
  WaitingSignals& operator=(WaitingSignals&&) = delete;
  ~WaitingSignals() {
    if (fd_ >= 0) (void)::close(fd_);
    (void)::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }

  [[nodiscard]] int fd() const { return fd_; }

  // The number of one that has come; 0 if none has.
  [[nodiscard]] int taken() const {
    signalfd_siginfo info{};
    return ::read(fd_, &info, sizeof(info)) == sizeof(info)
               ? static_cast<int>(info.ssi_signo)
               : 0;
  }

 private:
  int fd_ = -1;
  sigset_t before_{};
};

struct Heard {
  int signal = 0;     // What came instead of an answer.
  Secret line = {};   // With what follows `size` being zeros.
  size_t size = 0;    // Without the line's end.
  bool ended = true;  // Nothing more can be typed.
};

Result<Heard> listen(const Terminal& terminal, const WaitingSignals& signals) {
  Heard heard;
  CLARIBI_TRY_ASSIGN(heard.line, Secret::of_size(line_limit));
  while (heard.size < line_limit) {
    std::array<pollfd, 2> ready{{{signals.fd(), POLLIN, 0},  //
                                 {terminal.fd(), POLLIN, 0}}};
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) break;
    heard.signal = signals.taken();
    if (heard.signal != 0) break;
    if (ready[1].revents == 0) continue;
    const ssize_t count =
        ::read(terminal.fd(), heard.line.bytes().data() + heard.size,
               line_limit - heard.size);
    if (count <= 0) break;
    heard.size += static_cast<size_t>(count);
    if (heard.line.view()[heard.size - 1] == '\n') {
      --heard.size;
      heard.ended = false;
      break;
    }
  }
  return heard;
}

// Asks once. What this leaves behind is a terminal and a set of signals as
// they were.
Result<Heard> ask_once(std::string_view question, Echo echo) {
  const WaitingSignals signals;
  Terminal terminal;
  if (!terminal.answers() || (echo == Echo::hidden && !terminal.silence())) {
    return fail(ErrorKind::usage, "there is no terminal to ask on");
  }
  terminal.write(question);
  CLARIBI_TRY_ASSIGN(Heard heard, listen(terminal, signals));
  if (heard.ended) terminal.write("\n");
  return heard;
}

std::unexpected<Error> ended_by(int signal) {
  switch (signal) {
    case SIGTERM:
      return fail(ErrorKind::terminated, "terminated");
    case SIGHUP:
      return fail(ErrorKind::hung_up, "the terminal was closed");
    default:
      return fail(ErrorKind::interrupted, "interrupted");
  }
}

}  // namespace

bool terminal_answers() {
  return Terminal().answers();
}

Result<Secret> ask_terminal(std::string_view question, Echo echo) {
  while (true) {
    CLARIBI_TRY_ASSIGN(const Heard heard, ask_once(question, echo));
    if (heard.signal != 0) {
      (void)std::raise(heard.signal);
      if (heard.signal != SIGTSTP) return ended_by(heard.signal);
      continue;
    }
    if (heard.ended) return fail(ErrorKind::usage, "nothing was typed");
    return Secret::copy_of(heard.line.view().substr(0, heard.size));
  }
}

}  // namespace claribi::cli
