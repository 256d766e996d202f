// SPDX-License-Identifier: MIT
#include "cli/settings.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/core.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/output/formats.hpp"
#include "mcp/session.hpp"

namespace claribi::cli {
namespace {

std::vector<Option> connection_options(Settings& settings) {
  return {
      {.names = "--source",
       .value = "NAME",
       .help = "Use that data source instead of the default one.",
       .lands = &settings.source,
       .completes = Completes::source},
      {.names = "--url",
       .value = "URL",
       .help = "Use the MCP server at that address, without a stored source.",
       .lands = &settings.url},
      {.names = "--vendor",
       .value = "NAME",
       .help = "What stands at --url: posthog, or mcp for any other server.",
       .lands = &settings.vendor,
       .completes = Completes::vendor},
      {.names = "--project",
       .value = "ID",
       .help = "Ask about that project of the source.",
       .lands = &settings.project},
      {.names = "--allow-http-loopback",
       .help = "Allow http:// for an address of this machine.",
       .lands = &settings.allow_http_loopback},
      {.names = "--cacert",
       .value = "FILE",
       .help = "Trust the certificates in that file and no others.",
       .lands = &settings.ca_file,
       .completes = Completes::file},
      {.names = "--timeout",
       .value = "SECONDS",
       .help = "Give up a request after that long; 120 if not said.",
       .lands = &settings.timeout},
      {.names = "--locked",
       .help = "Call no tool that has changed since its server was connected.",
       .lands = &settings.locked},
      {.names = "--protocol",
       .value = "VERSION",
       .help = "Speak that version of MCP and no other.",
       .lands = &settings.protocol,
       .choices = mcp::spoken_versions()},
  };
}

std::vector<Option> vault_options(Settings& settings) {
  return {
      {.names = "--unlock-key-file",
       .value = "FILE",
       .help = "Open the vault with the key in that file.",
       .lands = &settings.unlock_key_file,
       .completes = Completes::file},
      {.names = "--unlock-key-fd",
       .value = "N",
       .help = "Open the vault with the key that descriptor gives.",
       .lands = &settings.unlock_key_fd},
      {.names = "--passphrase-fd",
       .value = "N",
       .help = "Open the vault with the passphrase that descriptor gives.",
       .lands = &settings.passphrase_fd},
  };
}

std::vector<Option> output_options(Settings& settings) {
  return {
      {.names = "-f,--format",
       .value = "FORMAT",
       .help = "Print in that format; text on a terminal and json elsewhere "
               "if not said.",
       .lands = &settings.format,
       .choices = format_names(),
       .completes = Completes::format},
      {.names = "-o,--output",
       .value = "FILE",
       .help = "Write there instead of standard output, whole or not at all.",
       .lands = &settings.output,
       .completes = Completes::file},
      {.names = "--jq",
       .value = "PROGRAM",
       .help = "Print what that program of jq makes of the json format; "
               "integers beyond 2^53 are rounded.",
       .lands = &settings.jq},
      {.names = "--columns",
       .value = "NAMES",
       .help = "Print only those columns, in that order, with commas.",
       .lands = &settings.columns},
      {.names = "--no-header",
       .help = "Leave out the line of column names in csv and tsv.",
       .lands = &settings.no_header},
      {.names = "--limit",
       .value = "N",
       .help = "Print at most that many rows.",
       .lands = &settings.limit},
  };
}

std::vector<Option> habit_options(Settings& settings) {
  return {
      {.names = "--now",
       .value = "TIME",
       .help = "Take that ISO time for now.",
       .lands = &settings.now},
      {.names = "--no-input",
       .help = "Never ask; fail where an answer is needed.",
       .lands = &settings.no_input},
      {.names = "-q,--quiet",
       .help = "Print no notes on standard error, only errors.",
       .lands = &settings.quiet},
      {.names = "--error-format",
       .value = "FORMAT",
       .help = "Print errors as text or as one line of json.",
       .lands = &settings.error_format,
       .choices = {"text", "json"}},
      {.names = "-h,--help",
       .help = "Explain the command and exit.",
       .lands = &settings.help},
      {.names = "--version",
       .help = "Print the version and exit.",
       .lands = &settings.version},
  };
}

}  // namespace

Result<std::chrono::milliseconds> timeout_of(const Settings& settings) {
  if (!settings.timeout) return std::chrono::seconds(120);
  const std::string& text = *settings.timeout;
  const auto seconds = number_in<double>(text);
  if (!seconds || !(*seconds > 0) || *seconds > 86400) {
    return fail(ErrorKind::usage,
                fmt::format("--timeout '{}' is not a number of seconds",
                            escape_terminal_line(text)),
                {"for example --timeout 30"});
  }
  return std::chrono::milliseconds(static_cast<int64_t>(*seconds * 1000));
}

std::vector<Option> global_options(Settings& settings) {
  std::vector<Option> all = connection_options(settings);
  std::ranges::move(vault_options(settings), std::back_inserter(all));
  std::ranges::move(output_options(settings), std::back_inserter(all));
  std::ranges::move(habit_options(settings), std::back_inserter(all));
  return all;
}

}  // namespace claribi::cli
