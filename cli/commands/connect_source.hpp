// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/context.hpp"
#include "cli/settings.hpp"
#include "cli/sources.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {

// What the command line of `connect` says.
struct ConnectArgs {
  std::string target;  // A vendor's name, an address, or empty.
  std::optional<std::string> name;
  std::optional<std::string> region;
  std::optional<std::string> organization;
  std::optional<std::string> key_file;
  std::optional<std::string> key_fd;
  bool key_stdin = false;
};

// Whether nothing says what to connect to, nor where its key is.
bool is_blank(const Settings& settings, const ConnectArgs& args);

// The vendor that is meant: the one that is named, or the first one where
// anything else says that a key is to come. Fails (usage).
[[nodiscard]] Result<const source::Vendor*> meant_vendor(
    Context& context, const ConnectArgs& args);

// The source that the words describe, before anything is asked of it. Fails
// (usage) for a region or a name that cannot be, (file) for a project file of
// the demo.
[[nodiscard]] Result<Source> described_source(const source::Vendor& vendor,
                                              const Settings& settings,
                                              const ConnectArgs& args);

// Whether the address may be connected to at all. Fails (usage).
[[nodiscard]] Result<void> check_address(const Context& context,
                                         const Source& source);

// The key in what was typed or read: blanks and a pasted "Bearer " taken off.
[[nodiscard]] Result<Secret> key_in(std::string_view text);

// Whether neither a region nor an address was said, so that the key decides.
bool is_region_open(const Settings& settings, const ConnectArgs& args);

// The key for that vendor that the options or the environment give; nothing if
// they give none. Fails (usage) if two options do.
[[nodiscard]] Result<std::optional<Secret>> given_key(
    Context& context, const ConnectArgs& args, const source::Vendor& vendor);

}  // namespace claribi::cli
