// SPDX-License-Identifier: MIT
#include "cli/topics.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/exit_status.hpp"
#include "cli/output/formats.hpp"

namespace claribi::cli {
namespace {

std::string formats_text() {
  std::string list;
  for (const Format& format : formats()) {
    list += fmt::format("  {:<10} {}\n", format.name, format.summary);
  }
  list.pop_back();
  return "Every command prints its result in the format that --format names: "
         "text on a terminal and json elsewhere if it is not said. Standard "
         "output is data and nothing else; notes and errors go to standard "
         "error.\n\n" +
         list +
         "\n\n"
         "A number leaves as the digits it came in: 1.10 stays 1.10, and no "
         "integer is too long. The exceptions are text, charts and --jq. "
         "Dates are ISO dates in the project's time zone; null is nothing in "
         "csv, tsv and markdown, and null in json.\n\n"
         "json is one object: source, tool and arguments as they were sent, "
         "columns with their types, rows, notes, and truncated where the "
         "server holds more. `ask` adds answer, facts, assumptions and plan. "
         "ndjson, csv, tsv and markdown are the rows alone.\n\n"
         "In csv and tsv a text that a spreadsheet would take for a formula "
         "gets an apostrophe in front. --columns chooses and orders columns, "
         "--no-header leaves the line of names out, --limit cuts the rows, "
         "and -o FILE writes a file whole or not at all. A format that cannot "
         "show a result says so with status 2.";
}

std::string statuses_text() {
  std::string list;
  for (const ExitStatus& row : exit_statuses()) {
    list += fmt::format("  {:>3}  {}\n", row.number, row.meaning);
  }
  list.pop_back();
  return "Each status has one meaning, in every command:\n\n" + list +
         "\n\n"
         "With --error-format json the error is one line on standard error: "
         "{\"error\":{\"kind\",\"message\",\"hints\",\"status\"}}. The kind is "
         "finer than the status: key_rejected and scope_missing are both 9.";
}

std::string environment_text() {
  return "  CLARIBI_SOURCE       the source to use, as --source does\n"
         "  POSTHOG_API_KEY      a key for PostHog; no vault is needed then\n"
         "  CLARIBI_TOKEN        a key for what --url or --source names\n"
         "  CLARIBI_TOKEN_FILE   a file that has it\n"
         "  CLARIBI_TOKEN_FD     a descriptor that gives it\n"
         "  CLARIBI_KEY          a key that opens the vault; taken out of the\n"
         "                       environment when it is read\n"
         "  CREDENTIALS_DIRECTORY  systemd's: its claribi-vault-key opens the\n"
         "                       vault\n"
         "  CI                   if set, nobody is asked anything\n"
         "  NO_COLOR             if set, nothing is coloured\n"
         "  COLUMNS              how wide the output may be\n"
         "  LC_ALL LC_CTYPE LANG UTF-8 in one of them, or ASCII is drawn with\n"
         "  TERM                 dumb: no colour\n"
         "  https_proxy http_proxy all_proxy no_proxy\n"
         "                       the proxy of the network; `doctor` names it\n"
         "  XDG_CONFIG_HOME      sources.json, pins.json and aliases, in "
         "claribi/\n"
         "  XDG_DATA_HOME        the vault and the kept plans\n"
         "  XDG_CACHE_HOME       what can be had again: tools, demo data\n\n"
         "SSLKEYLOGFILE and ~/.netrc are ignored: keys of sessions are not "
         "written anywhere, and a key is sent to its own server only.";
}

std::string vault_text() {
  return "The keys that `connect` takes are kept in one encrypted file, "
         "$XDG_DATA_HOME/claribi/vault. It is sealed with XChaCha20-Poly1305; "
         "each record is bound to the name and the address that it is for. "
         "The file is replaced as a whole, with the state before it beside, "
         "and `vault restore` goes back to that.\n\n"
         "What opens it is a slot: a passphrase (Argon2id), a key file, or a "
         "key that a variable, a descriptor or systemd gives. There can be "
         "several; `vault slot list` shows them, `vault slot add` adds one, "
         "`vault rotate` makes a new master key.\n\n"
         "Without more words the first `connect` makes a key file of mode 0600 "
         "in the configuration folder. That keeps the keys out of backups and "
         "copies of the data folder, not from somebody who can read your "
         "files; `vault status` says what the protection is worth, and "
         "`vault slot add --passphrase` does better.\n\n"
         "A script needs no vault: POSTHOG_API_KEY or CLARIBI_TOKEN with "
         "--source or --url is enough.";
}

std::string plans_text() {
  return "A question becomes a plan: what is to be found out, in typed slots "
         "and in the words of the project, before any tool is called. "
         "`ask --plan` prints it with the calls that it makes, and stops.\n\n"
         "A plan keeps periods as they were said: \"last week\" is another "
         "week each time it runs. Its id is the hash of its canonical JSON, so "
         "that equal plans have equal ids. Every answered plan is kept, and\n\n"
         "  claribi run ID        asks for it again, on new data\n"
         "  claribi run FILE      the same from a file, or from - for standard "
         "input\n\n"
         "does not read the question again: a report cannot change its "
         "meaning.";
}

std::string engines_text() {
  return "`ask` reads questions with the built-in engine, --engine builtin. It "
         "is a grammar of questions, time phrases and names, not a language "
         "model: nothing is sent to anybody but your own source, and the same "
         "question over the same names gives the same plan.\n\n"
         "It links the words of a question to the names that the project has. "
         "What it assumed is printed with a score; a word with several "
         "meanings is asked back with status 3, a name that does not exist "
         "ends with status 4 and the nearest names, and a wish to change "
         "something with status 5. It never says why a number moved.";
}

constexpr std::array<Topic, 6> table{{
    {"engines", "who reads a question, and what is promised of it",
     engines_text},
    {"environment", "the variables and folders that matter", environment_text},
    {"exit-status", "what each status means", statuses_text},
    {"formats", "how results are printed", formats_text},
    {"plans", "what a question becomes, and how it runs again", plans_text},
    {"vault", "where keys are and what opens it", vault_text},
}};

}  // namespace

std::span<const Topic> topics() {
  return table;
}

const Topic* find_topic(std::string_view name) {
  const auto* row = std::ranges::find(table, name, &Topic::name);
  return row == table.end() ? nullptr : row;
}

}  // namespace claribi::cli
