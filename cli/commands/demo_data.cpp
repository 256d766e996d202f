// SPDX-License-Identifier: MIT
// What the demo's data are, and events of one's own in their place.
#include "cli/demo_data.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "demo/load.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct NoArgs {};

struct LoadArgs {
  std::string file;
};

Bound describe_none(NoArgs& /*args*/) {
  return {};
}

Bound describe_load(LoadArgs& args) {
  return {
      .arguments = {{.name = "FILE",
                     .help = "JSON Lines, or CSV with a header.",
                     .lands = &args.file,
                     .completes = Completes::file}},
  };
}

Result<void> show_info(Context& context, const NoArgs& /*args*/) {
  CLARIBI_TRY_ASSIGN(
      const auto data,
      demo::open_dataset(
          demo_options(context.environment(), context.settings()),
          context.clock().now(),
          [&](std::string_view line) { context.say(line); }));
  CLARIBI_TRY_ASSIGN(const auto size, demo::measure(data));
  json::Value info;
  info.set("data", data.seed ? "generated" : "loaded");
  info.set("project", data.project.name);
  info.set("seed", data.seed ? json::Value(*data.seed) : json::Value());
  info.set("events", size.events).set("persons", size.persons);
  info.set("sessions", size.sessions);
  info.set("first_event", format_instant(size.from));
  info.set("last_event", format_instant(size.to));
  info.set("bytes", size.bytes).set("file", data.file.string());
  Document document{.table = table::from_object(info)};
  table::infer_types(document.table);
  return context.print(std::move(document));
}

Result<void> load_file(Context& context, const LoadArgs& args) {
  std::ifstream in(args.file, std::ios::binary);
  if (!in || std::filesystem::is_directory(args.file)) {
    return fail(ErrorKind::file, fmt::format("cannot read {}", args.file));
  }
  CLARIBI_TRY_ASSIGN(
      const auto loaded,
      demo::load_events(
          in, args.file,
          demo_options(context.environment(), context.settings()).loaded_file));
  context.say(
      fmt::format("{} is loaded (events: {}, persons: {}); the demo answers "
                  "from it until: claribi demo reset",
                  args.file, loaded.events, loaded.persons));
  return {};
}

Result<void> reset(Context& context, const NoArgs& /*args*/) {
  const auto file =
      demo_options(context.environment(), context.settings()).loaded_file;
  std::error_code error;
  const bool removed = std::filesystem::remove(file, error);
  if (error) {
    return fail(ErrorKind::file, fmt::format("cannot remove {}: {}",
                                             file.string(), error.message()));
  }
  context.say(removed ? "the demo answers from its own data again"
                      : "no events were loaded; nothing to do");
  return {};
}

}  // namespace

Command demo_info_command() {
  return {
      .path = "demo info",
      .summary = "Show what the demo's data are",
      .description =
          "Shows whether the data are generated (and from which seed) or "
          "loaded, how many events, persons and sessions there are, from when "
          "to when, and which file holds them.",
      .examples = {{"claribi demo info", "what the demo answers from"}},
      .bind = bind<NoArgs>(describe_none, show_info),
  };
}

Command demo_load_command() {
  return {
      .path = "demo load",
      .summary = "Let the demo answer from your own events",
      .description =
          "Reads events from a file, and the demo answers from them instead "
          "of its own until `claribi demo reset`. Nothing leaves this "
          "machine.\n\nJSON Lines has one object per line with event, "
          "distinct_id, timestamp (ISO 8601) and perhaps properties, an "
          "object. CSV has a header with these names; each further column is "
          "a property. What $set and $set_once in the properties hold "
          "becomes properties of the person; $session_id makes "
          "sessions.\n\nA line that cannot be read is named with its number, "
          "and then nothing is loaded.",
      .examples = {{"claribi demo load events.jsonl",
                    "ask questions about events of your own"}},
      .bind = bind<LoadArgs>(describe_load, load_file),
  };
}

Command demo_reset_command() {
  return {
      .path = "demo reset",
      .summary = "Let the demo answer from its own data again",
      .description = "Removes the events that `claribi demo load` read.",
      .examples = {{"claribi demo reset", "back to the made-up product"}},
      .bind = bind<NoArgs>(describe_none, reset),
  };
}

}  // namespace claribi::cli
