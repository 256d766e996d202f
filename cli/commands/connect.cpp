// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/keys.hpp"
#include "cli/prompt.hpp"
#include "cli/sources.hpp"
#include "cli/tool_pins.hpp"
#include "demo/project.hpp"
#include "json/reader.hpp"
#include "net/url.hpp"
#include "source/vendor.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t description_limit = 16 << 20;

struct ConnectArgs {
  std::string target;
  std::optional<std::string> name;
  std::optional<std::string> region;
  std::optional<std::string> key_file;
  bool key_stdin = false;
};

std::unexpected<Error> unknown_target(const std::string& target) {
  std::vector<std::string> names;
  for (const source::Vendor& vendor : source::vendors()) {
    names.emplace_back(vendor.name);
  }
  std::vector<std::string> hints;
  const auto alike = nearest(target, names, 1);
  if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
  hints.push_back("claribi can connect to: " + join(names, ", ") +
                  ", or to an https:// address");
  return fail(ErrorKind::usage,
              target.empty() ? std::string("nothing to connect to was named")
                             : fmt::format("unknown vendor '{}'",
                                           escape_terminal_line(target)),
              std::move(hints));
}

Result<std::string> region_url(const source::Vendor& vendor,
                               const std::optional<std::string>& region) {
  if (!region) return std::string(vendor.regions.front().url);
  std::vector<std::string> names;
  for (const source::Region& known : vendor.regions) {
    if (known.name == *region) return std::string(known.url);
    names.emplace_back(known.name);
  }
  return fail(ErrorKind::usage,
              fmt::format("{} has no region '{}'", vendor.title,
                          escape_terminal_line(*region)),
              {"use one of: " + join(names, ", ")});
}

// The demo asks a project that a file describes, or the built-in one.
Result<void> set_demo_project(Source& source, const Settings& settings) {
  demo::Project project = demo::default_project();
  if (settings.project) {
    const auto path = std::filesystem::absolute(*settings.project);
    CLARIBI_TRY_ASSIGN(auto text, read_file(path, description_limit));
    if (!text) {
      return fail(ErrorKind::file,
                  fmt::format("there is no file {}", path.string()));
    }
    auto description = json::parse(*text);
    if (!description) {
      return because(std::move(description).error(),
                     fmt::format("reading {}", path.string()));
    }
    CLARIBI_TRY_ASSIGN(project, demo::read_project(*description));
    source.project = path.string();
  }
  source.time_zone = project.calendar.zone.name();
  source.weeks_start_on_sunday = project.calendar.weeks_start_on_sunday;
  return {};
}

// The source that the words describe, before anything is asked of it.
Result<Source> described_source(const Settings& settings,
                                const ConnectArgs& args) {
  Source source;
  const bool address = args.target.contains("://");
  const std::string vendor_name = address ? "posthog" : args.target;
  const source::Vendor* vendor = source::find_vendor(vendor_name);
  if (vendor == nullptr && args.target.empty() && settings.url) {
    vendor = source::find_vendor("posthog");
  }
  if (vendor == nullptr) return unknown_target(args.target);
  source.vendor = vendor->name;
  source.name = args.name.value_or(std::string(vendor->name));
  CLARIBI_TRY_ASSIGN(source.url, region_url(*vendor, args.region));
  if (address) source.url = args.target;
  if (settings.url) source.url = *settings.url;
  if (vendor->needs_key) {
    source.project = settings.project.value_or("");
  } else {
    CLARIBI_TRY(set_demo_project(source, settings));
  }
  return source;
}

Result<Secret> read_key_file(const std::string& path) {
  CLARIBI_TRY_ASSIGN(auto text, read_file(path, 4096));
  if (!text) {
    return fail(ErrorKind::file, fmt::format("there is no file {}", path));
  }
  auto key = Secret::copy_of(trim(*text));
  wipe(text->data(), text->size());
  return key;
}

Result<Secret> given_key(Context& context, const source::Vendor& vendor,
                         const ConnectArgs& args) {
  if (args.key_file) return read_key_file(*args.key_file);
  if (args.key_stdin) {
    CLARIBI_TRY_ASSIGN(std::string text, context.io().read_all());
    auto key = Secret::copy_of(trim(text));
    wipe(text.data(), text.size());
    return key;
  }
  CLARIBI_TRY_ASSIGN(auto key, key_from_environment(context.environment()));
  if (key) return std::move(*key);
  if (context.may_ask()) {
    context.say(
        fmt::format("make a personal API key with the \"MCP Server\" "
                    "preset: {}",
                    vendor.key_page));
    CLARIBI_TRY_ASSIGN(const Secret typed,
                       ask_secret(context, "API key (not shown): "));
    return Secret::copy_of(trim(typed.view()));
  }
  return fail(ErrorKind::usage,
              fmt::format("{} needs an API key", vendor.title),
              {"give it on standard input with --key-stdin, in a file with "
               "--key-file FILE, or in POSTHOG_API_KEY",
               fmt::format("make one here: {}", vendor.key_page)});
}

// The wanted tools that the server does not list, under no name.
std::vector<const source::CatalogTool*> missing_tools(
    const source::Vendor& vendor, const source::Dialect& dialect) {
  std::vector<const source::CatalogTool*> missing;
  for (const source::CatalogTool& tool : vendor.catalog) {
    const auto translated = vendor.translate({std::string(tool.name)}, dialect);
    if (!translated || !dialect.offers(translated->call.tool)) {
      missing.push_back(&tool);
    }
  }
  return missing;
}

struct Verified {
  size_t offered = 0;
  std::vector<const source::CatalogTool*> missing;
};

// Lists the tools: the proof that the address and the key are right.
Result<Verified> verify(source::Connection& connection) {
  auto dialect = connection.dialect();
  if (!dialect) {
    const bool keyed = connection.target().key != nullptr;
    return because(std::move(dialect).error(),
                   keyed ? "could not verify API key" : "could not connect");
  }
  Verified verified{(*dialect)->tools.size(),
                    missing_tools(*connection.target().vendor, **dialect)};
  if (verified.offered == 0) {
    return fail(ErrorKind::scope_missing,
                "the server offers none of the tools that claribi may call",
                {"see what a key needs: claribi catalog -f json",
                 "see all tools of a server: claribi tools --all --url URL"});
  }
  return verified;
}

Result<void> store(Context& context, const Source& source) {
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  const Source* current = list.find(list.default_name);
  // Whoever connects a real source no longer asks the demo.
  const bool take_over = current == nullptr || current->vendor == "demo";
  list.put(source);
  if (take_over) list.default_name = source.name;
  return write_sources(folder, list);
}

Result<void> report(Context& context, const Source& source,
                    const Verified& verified) {
  json::Value missing = json::Array{};
  for (const source::CatalogTool* tool : verified.missing) {
    missing.push(tool->name);
    context.say(
        fmt::format("note: no {}: the server has no such tool, or the "
                    "key lacks the scope {}",
                    tool->name, tool->scope));
  }
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  json::Value row;
  row.set("source", source.name).set("vendor", source.vendor);
  row.set("url", source.url).set("tools", verified.offered);
  row.set("missing", std::move(missing));
  row.set("default", list.default_name == source.name);
  context.say(fmt::format("connection ready: {} with {} tool{}", source.name,
                          verified.offered, verified.offered == 1 ? "" : "s"));
  return context.print({.table = table::from_object(row)});
}

Result<void> run_connect(Context& context, const ConnectArgs& args) {
  CLARIBI_TRY_ASSIGN(const Source source,
                     described_source(context.settings(), args));
  const source::Vendor& vendor = *source::find_vendor(source.vendor);
  if (!vendor.needs_key) {
    CLARIBI_TRY_ASSIGN(auto* connection, context.open(source, {}));
    CLARIBI_TRY_ASSIGN(const Verified verified, verify(*connection));
    CLARIBI_TRY(store(context, source));
    return report(context, source, verified);
  }
  CLARIBI_TRY_ASSIGN(
      const net::Url url,
      net::parse_url(source.url, context.settings().allow_http_loopback
                                     ? net::PlainHttp::loopback
                                     : net::PlainHttp::never));
  CLARIBI_TRY_ASSIGN(Secret key, given_key(context, vendor, args));
  CLARIBI_TRY(vendor.check_key(key.view()));
  CLARIBI_TRY_ASSIGN(Secret sent, Secret::copy_of(key.view()));
  CLARIBI_TRY_ASSIGN(auto* connection, context.open(source, std::move(sent)));
  CLARIBI_TRY_ASSIGN(const Verified verified, verify(*connection));
  CLARIBI_TRY_ASSIGN(const auto* tools, connection->tools());
  CLARIBI_TRY(
      pin_tools(context.environment().config_folder, *connection, *tools));
  CLARIBI_TRY(store_key(context, source.name, key, url.origin));
  CLARIBI_TRY(store(context, source));
  return report(context, source, verified);
}

Bound describe(ConnectArgs& args) {
  return {
      .options = {{.names = "--name",
                   .value = "NAME",
                   .help = "Call the source that instead of by its vendor.",
                   .lands = &args.name},
                  {.names = "--region",
                   .value = "REGION",
                   .help = "The region of the account: us or eu.",
                   .lands = &args.region},
                  {.names = "--key-stdin",
                   .help = "Read the API key from standard input.",
                   .lands = &args.key_stdin},
                  {.names = "--key-file",
                   .value = "FILE",
                   .help = "Read the API key from that file.",
                   .lands = &args.key_file,
                   .completes = Completes::file}},
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
          "encrypts the key and stores it. Nothing is stored if the "
          "verification fails.\n\n"
          "The demo needs no key and no network: it is a made-up "
          "file-sharing product with real data in a real database on this "
          "machine. With --project FILE it serves the project that the file "
          "describes.\n\n"
          "A key is never taken from the command line, where others could "
          "see it: it comes from --key-stdin, --key-file, POSTHOG_API_KEY, "
          "or is asked for on the terminal.",
      .examples = {{"claribi connect demo", "no account, no key"},
                   {"claribi connect posthog --region eu --key-stdin < "
                    "key.txt",
                    "PostHog, in a script"}},
      .bind = bind<ConnectArgs>(describe, run_connect),
  };
}

}  // namespace claribi::cli
