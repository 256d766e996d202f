// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/commands/schema_flags.hpp"
#include "cli/context.hpp"
#include "cli/event_names.hpp"
#include "json/reader.hpp"
#include "source/connection.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t arguments_limit = 1 << 20;  // What PostHog takes at most.
constexpr int most_pages = 200;

struct CallArgs {
  bool allow = false;
  std::string tool;
  std::optional<std::string> arguments;
  bool all = false;
  std::vector<std::string> words;
};

Result<std::string> read_text(Context& context, const std::string& from) {
  if (from == "-") return context.io().read_all();
  CLARIBI_TRY_ASSIGN(auto text, read_file(from, arguments_limit));
  if (text) return std::move(*text);
  return fail(ErrorKind::file, fmt::format("there is no file {}", from));
}

// The object of --args, of @FILE or of standard input; null if none is given.
// What was used is taken out of the words.
Result<json::Value> read_object(Context& context, const CallArgs& args,
                                std::vector<std::string>& words) {
  std::string text = args.arguments.value_or("");
  std::string from = "--args";
  const auto place = std::ranges::find_if(words, [](const std::string& word) {
    return word == "-" || word.starts_with("@");
  });
  if (text.starts_with("@") || text == "-") {
    from = text == "-" ? "standard input" : text.substr(1);
    CLARIBI_TRY_ASSIGN(text, read_text(context, text == "-" ? "-" : from));
  } else if (!args.arguments && place != words.end()) {
    from = *place == "-" ? "standard input" : place->substr(1);
    CLARIBI_TRY_ASSIGN(text, read_text(context, *place == "-" ? "-" : from));
    words.erase(place);
  }
  if (text.empty()) return json::Value();
  auto object = json::parse(text);
  if (!object) {
    return fail(ErrorKind::usage,
                fmt::format("{} is {}", from, object.error().message),
                {"write a JSON object: --args '{\"limit\": 5}'"});
  }
  if (!object->is_object()) {
    return fail(ErrorKind::usage,
                fmt::format("{} is JSON, but no object", from),
                {"write a JSON object: --args '{\"limit\": 5}'"});
  }
  return object;
}

// Whether the tool has all that it needs, in the server's words.
Result<void> check_complete(source::Connection& connection,
                            const source::ToolCall& canonical) {
  CLARIBI_TRY_ASSIGN(const auto* dialect, connection.dialect());
  CLARIBI_TRY_ASSIGN(const auto translation,
                     dialect->translate(canonical, *dialect));
  const source::ToolCall& call = translation.call;
  CLARIBI_TRY_ASSIGN(const mcp::Tool* tool, connection.tool(call.tool));
  if (tool == nullptr) return {};
  return check_required(*connection.target().vendor, *tool, call.arguments);
}

// Puts a further page below the first ones. What the pages before it said of
// their being one of several, in their first note, holds no longer.
void add_page(source::Outcome& whole, source::Outcome page) {
  std::vector<std::string> notes = std::move(whole.table.notes);
  if (!notes.empty()) notes.erase(notes.begin());
  const bool cut = !notes.empty();
  table::append(whole.table, page.table);
  whole.table.truncated = page.table.truncated || cut;
  // The page that is last for now has its own note in front.
  std::ranges::move(notes, std::back_inserter(page.table.notes));
  whole.table.notes = std::move(page.table.notes);
  whole.raw = std::move(page.raw);
}

// The call and those for the pages that follow, up to the row limit.
Result<source::Outcome> call_pages(source::Connection& connection,
                                   source::ToolCall canonical,
                                   std::optional<int> row_limit) {
  CLARIBI_TRY_ASSIGN(source::Outcome whole, connection.call(canonical));
  int64_t offset = canonical.arguments["offset"].integer().value_or(0);
  for (int pages = 1; !whole.undecoded; ++pages) {
    const auto next = connection.target().vendor->next_page(whole.raw);
    const size_t rows = whole.table.rows.size();
    if (!next || (row_limit && std::cmp_greater(rows, *row_limit))) break;
    if (pages == most_pages || next->offset <= offset) {
      return fail(ErrorKind::limit_reached,
                  fmt::format("the list does not end after {} pages with {} "
                              "rows",
                              pages, rows),
                  {"ask for less: --limit N, or a filter of the tool"});
    }
    offset = next->offset;
    canonical.arguments.set("offset", offset);
    if (next->limit) canonical.arguments.set("limit", *next->limit);
    CLARIBI_TRY_ASSIGN(source::Outcome page, connection.call(canonical));
    if (const auto& fault = page.undecoded) return std::unexpected(*fault);
    add_page(whole, std::move(page));
  }
  return whole;
}

Result<void> run_call(Context& context, const CallArgs& args) {
  if (args.allow) context.allow_tool(args.tool);
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  const source::Vendor& vendor = *connection->target().vendor;
  if (args.allow && !vendor.trusts_declarations) {
    return fail(ErrorKind::refused,
                fmt::format("no tool of {} can be allowed by name: claribi "
                            "only reads there",
                            vendor.title),
                {"--allow is for other servers: --url URL --vendor mcp"});
  }
  const auto& known = vendor.read_only;
  if (!vendor.trusts_declarations &&
      std::ranges::find(known, args.tool) == known.end()) {
    // Always a refusal, which names the nearest tools.
    CLARIBI_TRY(connection->call({args.tool}));
  }
  std::vector<std::string> words = args.words;
  CLARIBI_TRY_ASSIGN(auto object, read_object(context, args, words));
  CLARIBI_TRY_ASSIGN(const mcp::Tool* tool, connection->tool(args.tool));
  // Where it has another name there, its flags are not known.
  const mcp::Tool described =
      tool != nullptr ? *tool : mcp::Tool{.name = args.tool};
  CLARIBI_TRY_ASSIGN(auto arguments, call_arguments(words, vendor, described,
                                                    std::move(object)));
  const source::ToolCall canonical{args.tool, std::move(arguments)};
  CLARIBI_TRY(check_complete(*connection, canonical));
  CLARIBI_TRY_ASSIGN(
      source::Outcome outcome,
      args.all ? call_pages(*connection, canonical, context.settings().limit)
               : connection->call(canonical));
  if (!outcome.note.empty()) context.say("note: " + outcome.note);
  CLARIBI_TRY(check_event_names(*connection, outcome));
  const bool raw = context.settings().format == "raw";
  if (outcome.undecoded && !raw) return std::unexpected(*outcome.undecoded);
  const chart::Labels labels{.title = outcome.sent.tool};
  return context.print(
      document_of(connection->target().name, std::move(outcome), labels));
}

Bound describe(CallArgs& args) {
  return {
      .options = {{.names = "--args",
                   .value = "JSON",
                   .help = "Start from that JSON object; @FILE or - reads it.",
                   .lands = &args.arguments},
                  {.names = "--all",
                   .help = "Fetch every page of a list, not only the first.",
                   .lands = &args.all},
                  {.names = "--allow",
                   .help = "Call the tool although its server does not call it "
                           "read-only; never for PostHog.",
                   .lands = &args.allow}},
      .arguments = {{.name = "TOOL",
                     .help = "The tool to call; see: claribi tools.",
                     .lands = &args.tool,
                     .completes = Completes::tool}},
      .unknown = &args.words,
  };
}

}  // namespace

Command call_command() {
  return {
      .path = "call",
      .summary = "Call one read-only tool and print its result",
      .description =
          "Calls a tool of the connected server with the arguments that "
          "follow its name and prints the result as a table, JSON, CSV or a "
          "chart.\n\n"
          "Arguments are the tool's own: flags made from its schema (see "
          "`claribi tools TOOL`), short flags for queries such as --event, "
          "--math, --interval, --date-from, --where, --breakdown, --steps "
          "and --sql, pairs as key=value for text and key:=JSON for anything "
          "else, or a whole JSON object with --args, @FILE or - for standard "
          "input.\n\n"
          "A tool that could change anything is refused, with status 5.",
      .examples =
          {{"claribi call query-trends --event signed_up --interval day "
            "--date-from -30d -f csv",
            "a series as CSV"},
           {"claribi call query-funnel --steps '$pageview,signed_up' -f json "
            "| jq '.rows[-1]'",
            "the last step of a funnel"},
           {"claribi call query-run --sql 'select event, count() from events "
            "group by event' -f csv",
            "a query in HogQL"}},
      .bind = bind<CallArgs>(describe, run_call),
  };
}

}  // namespace claribi::cli
