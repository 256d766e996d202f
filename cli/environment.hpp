// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace claribi::cli {

// What the program takes from its surroundings, read once by main. Commands
// see this value and never the environment itself.
struct Environment {
  std::filesystem::path config_folder;     // $XDG_CONFIG_HOME/claribi
  std::filesystem::path data_folder;       // $XDG_DATA_HOME/claribi
  std::filesystem::path cache_folder;      // $XDG_CACHE_HOME/claribi
  bool ci = false;                         // CI is set: never ask a person.
  std::optional<std::string> source = {};  // CLARIBI_SOURCE
  // CLARIBI_KEY, which is taken out of the environment when it is read.
  std::shared_ptr<const Secret> vault_key = {};
  // A variable of the environment, for the few that hold keys.
  std::function<std::optional<std::string>(std::string_view)> variable =
      [](std::string_view) { return std::nullopt; };
};

}  // namespace claribi::cli
