// SPDX-License-Identifier: MIT
#include "cli/app.hpp"

#include <algorithm>

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
  CLARIBI_TRY(timeout_of(settings));
  CLARIBI_TRY(start_crypto());
  if (!settings.now) {
    Context context(io, *environment, settings, clock);
    return parsed.bound.run(context);
  }
  CLARIBI_TRY_ASSIGN(const Instant now, parse_instant(*settings.now));
  const FixedClock fixed(now);
  Context context(io, *environment, settings, fixed);
  return parsed.bound.run(context);
}

}  // namespace

int run(Io& io, const Result<Environment>& environment, const Clock& clock,
        const std::vector<std::string>& words) {
  Settings settings;
  const auto done = run_command(io, environment, clock, words, settings);
  return done ? 0 : report(io, done.error(), settings);
}

}  // namespace claribi::cli
