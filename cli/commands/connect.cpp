// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/commands/connect_finish.hpp"
#include "cli/commands/connect_source.hpp"
#include "cli/commands/connect_wizard.hpp"
#include "cli/context.hpp"
#include "cli/verification.hpp"

namespace claribi::cli {
namespace {

std::unexpected<Error> no_key(const source::Vendor& vendor) {
  return fail(ErrorKind::usage,
              fmt::format("{} needs an API key", vendor.title),
              {"give it on standard input with --key-stdin, in a file with "
               "--key-file FILE, or in POSTHOG_API_KEY",
               fmt::format("make one here: {}", vendor.key_page)});
}

// Whether a piece is missing that a person can give.
bool is_incomplete(const Context& context, const ConnectArgs& args,
                   const source::Vendor& vendor, bool has_key) {
  if (vendor.local) return false;
  const bool has_address =
      context.settings().url || args.target.contains("://");
  return (vendor.needs_key && !has_key) ||
         (vendor.regions.empty() && !has_address);
}

Result<void> connect_as_said(Context& context, const ConnectArgs& args,
                             const source::Vendor& vendor, const Secret& key) {
  CLARIBI_TRY_ASSIGN(Source source,
                     described_source(vendor, context.settings(), args));
  if (!vendor.local) CLARIBI_TRY(check_address(context, source));
  if (vendor.needs_key || !key.empty()) {
    if (auto checked = vendor.check_key(key.view()); !checked) {
      return std::unexpected(not_verified(std::move(checked).error()));
    }
  }
  const auto region = is_region_open(context.settings(), args)
                          ? RegionChoice::open
                          : RegionChoice::fixed;
  CLARIBI_TRY_ASSIGN(const auto verified,
                     verify_in_region(context, source, key, region));
  settle_project(context, source, verified);
  CLARIBI_TRY(keep(context, source, key));
  say_connected(context, source, verified);
  return print_connected(context, source, verified);
}

Result<void> run_connect(Context& context, const ConnectArgs& args) {
  if (args.name) CLARIBI_TRY(check_source_name(*args.name));
  const bool can_ask = context.may_ask();
  if (can_ask && is_blank(context.settings(), args)) {
    return run_wizard(context, args);
  }
  CLARIBI_TRY_ASSIGN(const auto* vendor, meant_vendor(context, args));
  if (vendor->local) return connect_as_said(context, args, *vendor, {});
  CLARIBI_TRY_ASSIGN(auto key, given_key(context, args, *vendor));
  if (can_ask && is_incomplete(context, args, *vendor, key.has_value())) {
    return run_wizard(context, args);
  }
  if (!key && vendor->needs_key) return no_key(*vendor);
  return connect_as_said(context, args, *vendor,
                         key ? std::move(*key) : Secret());
}

Bound describe(ConnectArgs& args) {
  return {
      .options = {{.names = "--name",
                   .value = "NAME",
                   .help = "Call the source that instead of by its vendor.",
                   .lands = &args.name},
                  {.names = "--region",
                   .value = "REGION",
                   .help = "The region of the account, us or eu; found out by "
                           "the key if not said.",
                   .lands = &args.region},
                  {.names = "--organization",
                   .value = "ID",
                   .help = "Ask about that organization of the account.",
                   .lands = &args.organization},
                  {.names = "--key-stdin",
                   .help = "Read the API key from standard input.",
                   .lands = &args.key_stdin},
                  {.names = "--key-file",
                   .value = "FILE",
                   .help = "Read the API key from that file.",
                   .lands = &args.key_file,
                   .completes = Completes::file},
                  {.names = "--key-fd",
                   .value = "N",
                   .help = "Read the API key from that file descriptor.",
                   .lands = &args.key_fd}},
      .arguments = {{.name = "VENDOR",
                     .help = "posthog, demo, or the address of an MCP server.",
                     .lands = &args.target,
                     .required = false,
                     .completes = Completes::vendor}},
  };
}

}  // namespace

Command connect_command() {
  return {
      .path = "connect",
      .summary = "Connect a data source and verify it",
      .description =
          "Connects a data source: verifies it by listing its tools, says "
          "which wanted tools are missing and which scope each needs, "
          "encrypts the key and stores it. With --project it also asks for "
          "that project. Nothing is stored if the verification fails.\n\n"
          "The demo needs no key and no network: it is a made-up "
          "file-sharing product with real data in a real database on this "
          "machine. With --project FILE it serves the project that the file "
          "describes.\n\n"
          "A key is never taken from the command line, where others could "
          "see it: it comes from --key-stdin, --key-file, --key-fd, "
          "POSTHOG_API_KEY, or is asked for on the terminal. When a region "
          "does not know the key, the other one is asked once whether it "
          "does.",
      .examples = {{"claribi connect demo", "no account, no key"},
                   {"claribi connect posthog --region eu --key-stdin < "
                    "key.txt",
                    "PostHog, in a script"},
                   {"claribi connect posthog --name shop --project 101 "
                    "--key-file key.txt",
                    "one project, under a name of its own"}},
      .bind = bind<ConnectArgs>(describe, run_connect),
  };
}

}  // namespace claribi::cli
