// SPDX-License-Identifier: MIT
// The options that every command takes.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace claribi::cli {

struct Settings {
  std::optional<std::string> source = {};
  std::optional<std::string> url = {};
  std::optional<std::string> vendor = {};
  std::optional<std::string> project = {};
  bool allow_http_loopback = false;
  bool locked = false;
  std::optional<std::string> ca_file = {};
  std::optional<std::string> timeout = {};
  std::optional<std::string> unlock_key_file = {};
  std::optional<std::string> unlock_key_fd = {};
  std::optional<std::string> passphrase_fd = {};
  std::optional<std::string> protocol = {};
  std::optional<std::string> format = {};
  std::optional<std::string> output = {};
  std::optional<std::string> jq = {};
  std::optional<std::string> columns = {};
  bool no_header = false;
  std::optional<int> limit = {};
  std::optional<std::string> error_format = {};
  std::optional<std::string> now = {};
  bool no_input = false;
  bool quiet = false;
  bool help = false;
  bool version = false;
};

// --timeout in milliseconds. Fails (usage) if it is no positive number.
[[nodiscard]] Result<std::chrono::milliseconds> timeout_of(
    const Settings& settings);

// The rows of these options, to land in `settings`.
std::vector<Option> global_options(Settings& settings);

}  // namespace claribi::cli
