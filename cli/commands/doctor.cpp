// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/commands/doctor_checks.hpp"
#include "cli/context.hpp"
#include "source/vendor.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct DoctorArgs {};

// A doctor does not wait for two minutes, unless told to.
Settings impatient(Settings settings) {
  if (!settings.timeout) settings.timeout = "10";
  return settings;
}

// The way to the chosen source and what it says; one row if there is none.
void check_source(Context& context, std::vector<Check>& checks) {
  const auto source = context.chosen_source();
  if (!source) {
    const bool is_absent = source.error().kind == ErrorKind::usage;
    Check check = failed_check("source", source.error());
    const bool is_named =
        context.settings().source || context.environment().source;
    if (is_absent && !is_named) check.finding = Finding::warning;
    checks.push_back(std::move(check));
    return;
  }
  const source::Vendor* vendor = source::find_vendor(source->vendor);
  if (vendor == nullptr) {
    checks.push_back({"source", Finding::failed,
                      fmt::format("{} is of an unknown kind '{}'", source->name,
                                  source->vendor),
                      "claribi disconnect " + source->name});
    return;
  }
  checks.push_back({"source", Finding::ok,
                    fmt::format("{} ({})", source->name, vendor->title)});
  bool is_open = true;
  if (!vendor->local) {
    WayChecks way = check_way(context, *source);
    is_open = way.is_open;
    std::ranges::move(way.checks, std::back_inserter(checks));
  }
  std::ranges::move(check_account(context, *source, is_open),
                    std::back_inserter(checks));
}

Document document_of(const std::vector<Check>& checks) {
  Document document{
      .table = table::from_rows({"check", "status", "detail", "next"}, {})};
  for (const Check& check : checks) {
    document.table.rows.push_back(
        {check.name, finding_name(check.finding), check.detail,
         check.next.empty() ? json::Value() : json::Value(check.next)});
  }
  table::infer_types(document.table);
  document.table.headline = {"check", "status", "detail"};
  return document;
}

Result<void> run_doctor(Context& context, const DoctorArgs& /*args*/) {
  const Settings settings = impatient(context.settings());
  Context patient(context.io(), context.environment(), settings,
                  context.clock());
  std::vector<Check> checks;
  check_source(patient, checks);
  std::ranges::move(check_files(patient), std::back_inserter(checks));
  // Only the context that sent the key knows it.
  for (Check& check : checks) {
    check.detail = patient.redacted(std::move(check.detail));
    check.next = patient.redacted(std::move(check.next));
  }
  CLARIBI_TRY(context.print(document_of(checks)));

  std::vector<std::string> failed;
  std::vector<std::string> hints;
  for (const Check& check : checks) {
    if (check.finding == Finding::warning) {
      context.say(fmt::format("note: {}: {}", check.name, check.next));
    }
    if (check.finding != Finding::failed) continue;
    failed.push_back(check.name);
    if (!check.next.empty()) hints.push_back(check.name + ": " + check.next);
  }
  if (failed.empty()) return {};
  return fail(ErrorKind::check_failed,
              fmt::format("{} of {} checks failed: {}", failed.size(),
                          checks.size(), join(failed, ", ")),
              std::move(hints));
}

Bound describe(DoctorArgs& /*args*/) {
  return {};
}

}  // namespace

std::string_view finding_name(Finding finding) {
  switch (finding) {
    case Finding::ok:
      return "ok";
    case Finding::warning:
      return "warning";
    case Finding::failed:
      return "failed";
    case Finding::skipped:
      return "skipped";
  }
  std::unreachable();
}

Check failed_check(std::string name, const Error& error) {
  return {std::move(name), Finding::failed, error.message,
          error.hints.empty() ? "" : error.hints.front()};
}

Command doctor_command() {
  return {
      .path = "doctor",
      .summary = "Check what works and say what to do about the rest",
      .description =
          "Looks at everything that a question needs: the chosen source, the "
          "address, a proxy, the name, the connection, the certificate, the "
          "clock, the key and its scopes, the vault and the cache folder. "
          "Prints one row per check, with the next thing to type where "
          "something is wrong. A network check takes at most --timeout "
          "seconds, 10 if not said.\n\n"
          "Ends with status 8 if a check failed, also without a source, a "
          "vault or a network. Warnings do not count. No key is shown, and "
          "none is sent to anywhere but its own server.",
      .examples = {{"claribi doctor", "the default source"},
                   {"claribi doctor --source posthog -f json | jq -r "
                    "'.rows[] | select(.status == \"failed\") | .next'",
                    "what to do, in a script"}},
      .bind = bind<DoctorArgs>(describe, run_doctor),
  };
}

}  // namespace claribi::cli
