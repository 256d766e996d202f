// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/environment.hpp"
#include "cli/io.hpp"
#include "cli/output/document.hpp"
#include "cli/output/jq.hpp"
#include "cli/settings.hpp"
#include "cli/sources.hpp"
#include "source/connection.hpp"

namespace claribi::cli {

class VaultPlace;

// What a command works with. Made once by app; nothing is read or opened
// before a command asks for it.
class Context {
 public:
  Context(Io& io, const Environment& environment, const Settings& settings,
          const Clock& clock);
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  Context(Context&&) = delete;
  Context& operator=(Context&&) = delete;
  ~Context();

  [[nodiscard]] Io& io() { return io_; }
  [[nodiscard]] const Environment& environment() const { return environment_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

  // Lets the connection call that tool of a server that is not PostHog's. To
  // be said before the connection is opened.
  void allow_tool(std::string name) { allowed_tool_ = std::move(name); }
  // The source that --url, --source, CLARIBI_SOURCE or the list names.
  [[nodiscard]] Result<Source> chosen_source();
  // Its key, from the environment or the vault; empty if it has none.
  [[nodiscard]] Result<Secret> key_of(const Source& source);
  // The one of the vault alone; empty if it needs none and has none.
  [[nodiscard]] Result<Secret> stored_key_of(const Source& source);
  // Whether a key of the environment is meant for that source: for what the
  // command line names, or for the vendor's own hosts, never for an address
  // that a file names.
  [[nodiscard]] bool takes_environment_key(const Source& source) const;
  // The connection that --url, --source, CLARIBI_SOURCE or the default source
  // names; opened once.
  [[nodiscard]] Result<source::Connection*> connection();
  // A connection to that source with that key, instead of the one above: for
  // `connect`, before anything is stored.
  // Pins of tools are not looked at: they are about to be made.
  [[nodiscard]] Result<source::Connection*> open(const Source& source,
                                                 Secret key);

  // The vault of this user; made once, so that it is unlocked once.
  [[nodiscard]] VaultPlace& vault_place();

  // Refuses settings that could not be carried out, before anything is sent.
  [[nodiscard]] Result<void> check_settings();
  // Prints the document in the chosen format to the chosen place, and its
  // notes to standard error.
  [[nodiscard]] Result<void> print(Document document);
  // The text with every key of this command struck out: a server may send back
  // what it was sent.
  [[nodiscard]] std::string redacted(std::string text) const;
  // A line for a person on standard error, unless --quiet.
  void say(std::string_view line);
  // Whether a person can be asked.
  [[nodiscard]] bool may_ask() const;

 private:
  struct Opened;
  enum class Pinned { checked, ignored };

  [[nodiscard]] Result<source::Connection*> open(const Source& source,
                                                 Secret key, Pinned pins);

  [[nodiscard]] Result<source::Target> target_of(const Source& source,
                                                 const Opened& opened) const;
  [[nodiscard]] source::Wiring wiring_of(Opened& opened);
  [[nodiscard]] Result<void> reach_network(Opened& opened,
                                           const source::Target& target);

  Io& io_;
  const Environment& environment_;
  const Settings& settings_;
  const Clock& clock_;
  std::string allowed_tool_ = {};
  std::unique_ptr<Opened> opened_;
  std::optional<JqProgram> jq_;
  std::unique_ptr<VaultPlace> vault_place_;
};

}  // namespace claribi::cli
