// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/verification.hpp"
#include "source/vendor.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct VerifyArgs {
  std::string name;
};

Result<void> run_verify(Context& context, const VerifyArgs& args) {
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  CLARIBI_TRY_ASSIGN(const Source* source, list.named(args.name));
  const source::Vendor* vendor = source::find_vendor(source->vendor);
  if (vendor == nullptr) {
    return fail(ErrorKind::file,
                fmt::format("the source '{}' is of an unknown kind '{}'",
                            source->name, source->vendor),
                {"connect it again"});
  }
  CLARIBI_TRY_ASSIGN(const Secret key, context.stored_key_of(*source));
  CLARIBI_TRY_ASSIGN(const auto verified, verify(context, *source, key));
  say_missing(context, *vendor, verified.missing);
  context.say(fmt::format("{} answers: {} tool{}", source->name,
                          verified.offered, verified.offered == 1 ? "" : "s"));
  json::Value row;
  row.set("source", source->name).set("tools", verified.offered);
  row.set("missing", names_of_missing(verified.missing));
  row.set("missing_scopes", scopes_of_missing(verified.missing));
  return context.print({.table = table::from_object(row)});
}

Bound describe(VerifyArgs& args) {
  return {
      .arguments = {{.name = "NAME",
                     .help = "The name of a source; see: claribi sources.",
                     .lands = &args.name,
                     .completes = Completes::source}},
  };
}

}  // namespace

Command sources_verify_command() {
  return {
      .path = "sources verify",
      .summary = "Check a source and its key again",
      .description =
          "Lists the tools of a source with its stored key, as connect did, "
          "and asks for the pinned project. Says which wanted tools are "
          "missing and which scope each needs. Ends with the status of the "
          "refusal if there is one.",
      .examples = {{"claribi sources verify posthog",
                    "does the key still work, and for what"}},
      .bind = bind<VerifyArgs>(describe, run_verify),
  };
}

}  // namespace claribi::cli
