// SPDX-License-Identifier: MIT
#include "cli/app.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/exit_status.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"
#include "cli/settings.hpp"
#include "cli/signals.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

std::string error_as_json(const Error& error) {
  json::Value hints = json::Array{};
  for (const std::string& hint : error.hints)
    hints.push(hint);
  json::Value body;
  body.set("kind", kind_name(error.kind)).set("message", error.message);
  body.set("hints", std::move(hints)).set("status", status_of(error.kind));
  return json::compact(json::Value().set("error", std::move(body))) + "\n";
}

// The only place that prints an error.
int report(Io& io, const Error& error, const Settings& settings) {
  // Whoever closed the pipe or ended a server by a signal knows it.
  const bool known =
      error.kind == ErrorKind::closed_pipe || error.message.empty();
  if (known) return status_of(error.kind);
  if (settings.error_format == "json") {
    io.note(error_as_json(error));
    return status_of(error.kind);
  }
  io.note(fmt::format("claribi: error: {}\n", escape_terminal(error.message)));
  for (const std::string& hint : error.hints) {
    io.note(fmt::format("claribi: hint: {}\n", escape_terminal(hint)));
  }
  return status_of(error.kind);
}

Result<void> show_help(Io& io, const Parsed& parsed, Settings& settings) {
  const size_t width = std::min<size_t>(io.screen().width, 100);
  const auto global = global_options(settings);
  if (parsed.command != nullptr) {
    return io.out(help_command(*parsed.command, commands(), global, width));
  }
  return io.out(parsed.group.empty()
                    ? help_overview(commands(), global, width)
                    : help_group(parsed.group, commands(), width));
}

// Runs a command. Its error names no key, whatever a server has said.
Result<void> run_bound(Io& io, const Environment& environment,
                       const Settings& settings, const Clock& clock,
                       const Bound& bound) {
  Context context(io, environment, settings, clock);
  CLARIBI_TRY(context.check_settings());
  auto done = bound.run(context);
  if (done) {
    // One that came when nothing waited any more: the work is done, but whoever
    // sent it wants an end, not a success.
    const auto ended = noted_signal();
    return ended ? fail(*ended, std::string(kind_name(*ended))) : done;
  }
  Error error = std::move(done).error();
  error.message = context.redacted(std::move(error.message));
  for (std::string& hint : error.hints)
    hint = context.redacted(std::move(hint));
  return std::unexpected(std::move(error));
}

Result<void> run_command(Io& io, const Result<Environment>& environment,
                         const Clock& clock,
                         const std::vector<std::string>& words,
                         Settings& settings) {
  CLARIBI_TRY_ASSIGN(Parsed parsed, parse(words, commands(), settings));
  if (settings.version) return io.out("claribi " CLARIBI_VERSION "\n");
  if (settings.help || parsed.command == nullptr) {
    return show_help(io, parsed, settings);
  }
  if (!environment) return std::unexpected(environment.error());
  CLARIBI_TRY(start_crypto());
  if (!settings.now)
    return run_bound(io, *environment, settings, clock, parsed.bound);
  CLARIBI_TRY_ASSIGN(const Instant now, parse_instant(*settings.now));
  const FixedClock fixed(now);
  return run_bound(io, *environment, settings, fixed, parsed.bound);
}

}  // namespace

int run(Io& io, const Result<Environment>& environment, const Clock& clock,
        const std::vector<std::string>& words) {
  Settings settings;
  const auto done = run_command(io, environment, clock, words, settings);
  return done ? 0 : report(io, done.error(), settings);
}

}  // namespace claribi::cli
