// SPDX-License-Identifier: MIT
#include "cli/standard_io.hpp"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/terminal.hpp"

namespace claribi::cli {
namespace {

constexpr size_t input_limit = 64 << 20;

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

// 0 or the errno of the write that failed.
int write_all(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t count = ::write(fd, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    data.remove_prefix(static_cast<size_t>(count));
  }
  return 0;
}

size_t terminal_width() {
  if (auto columns = variable("COLUMNS")) {
    size_t width = 0;
    const auto [end, error] = std::from_chars(
        columns->data(), columns->data() + columns->size(), width);
    if (error == std::errc() && width >= 20) return width;
  }
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) {
    return size.ws_col;
  }
  return 80;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (auto value = variable(name)) {
      const std::string folded = lower(*value);
      return folded.contains("utf-8") || folded.contains("utf8");
    }
  }
  return false;
}

// CLARIBI_KEY opens everything, so it does not stay where other code of this
// process or a child would find it.
Result<std::shared_ptr<const Secret>> take_vault_key() {
  constexpr const char* name = "CLARIBI_KEY";
  char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') {
    return std::shared_ptr<const Secret>();
  }
  CLARIBI_TRY(start_crypto());
  CLARIBI_TRY_ASSIGN(Secret key, Secret::copy_of(value));
  wipe(value, std::strlen(value));
  (void)::unsetenv(name);
  return std::make_shared<const Secret>(std::move(key));
}

}  // namespace

Result<void> StandardIo::out(std::string_view data) {
  status("");
  const int error = write_all(STDOUT_FILENO, data);
  if (error == 0) return {};
  if (error == EPIPE) return fail(ErrorKind::closed_pipe, "");
  return fail(ErrorKind::file,
              fmt::format("cannot write the output: {}", std::strerror(error)));
}

Result<void> StandardIo::save(const std::filesystem::path& path,
                              std::string_view data) {
  const mode_t strict = ::umask(umask_);
  auto saved = write_file(path, data, Privacy::umask);
  (void)::umask(strict);
  return saved;
}

void StandardIo::note(std::string_view words) {
  status("");
  // Nothing can be said about standard error but on standard error.
  (void)write_all(STDERR_FILENO, words);
}

void StandardIo::status(std::string_view line) {
  const bool nothing = line.empty() && !status_shown_;
  if (nothing || ::isatty(STDERR_FILENO) == 0) return;
  // Back to the first column, and everything after it erased.
  (void)write_all(STDERR_FILENO, fmt::format("\r\x1b[K{}", line));
  status_shown_ = !line.empty();
}

bool StandardIo::input_is_terminal() const {
  return ::isatty(STDIN_FILENO) == 1;
}

Result<std::string> StandardIo::read_all() {
  std::string text;
  std::array<char, 65536> block{};
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail(ErrorKind::file, fmt::format("cannot read standard input: {}",
                                               std::strerror(errno)));
    }
    if (count == 0) return text;
    text.append(block.data(), static_cast<size_t>(count));
    if (text.size() > input_limit) {
      return fail(ErrorKind::limit_reached,
                  "standard input has more than 64 MiB");
    }
  }
}

bool StandardIo::can_ask() const {
  return terminal_answers();
}

Result<Secret> StandardIo::ask(std::string_view question, Echo echo) {
  return ask_terminal(question, echo);
}

Screen read_screen() {
  Screen screen;
  screen.terminal = ::isatty(STDOUT_FILENO) == 1;
  screen.width = screen.terminal || variable("COLUMNS") ? terminal_width() : 80;
  const std::string terminal = variable("TERM").value_or("dumb");
  screen.unicode = locale_is_utf8();
  screen.colour =
      screen.terminal && terminal != "dumb" && !variable("NO_COLOR");
  return screen;
}

Result<Environment> read_environment() {
  const auto home = variable("HOME");
  const auto folder = [&](const char* name, std::string_view under_home) {
    if (auto set = variable(name)) return std::filesystem::path(*set);
    return std::filesystem::path(home.value_or("")) / under_home;
  };
  const bool all_set = variable("XDG_CONFIG_HOME") &&
                       variable("XDG_DATA_HOME") && variable("XDG_CACHE_HOME");
  if (!home && !all_set) {
    return fail(ErrorKind::usage, "HOME is not set",
                {"set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME and "
                 "XDG_CACHE_HOME"});
  }
  Environment environment;
  environment.config_folder = folder("XDG_CONFIG_HOME", ".config") / "claribi";
  environment.data_folder = folder("XDG_DATA_HOME", ".local/share") / "claribi";
  environment.cache_folder = folder("XDG_CACHE_HOME", ".cache") / "claribi";
  environment.ci = variable("CI").has_value();
  environment.source = variable("CLARIBI_SOURCE");
  CLARIBI_TRY_ASSIGN(environment.vault_key, take_vault_key());
  environment.variable = [](std::string_view name) {
    return variable(std::string(name).c_str());
  };
  return environment;
}

}  // namespace claribi::cli
