// SPDX-License-Identifier: MIT
#include "cli/commands/connect_wizard.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "chart/letters.hpp"
#include "cli/commands/connect_finish.hpp"
#include "cli/verification.hpp"
#include "net/url.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {
namespace {

constexpr int most_tries = 3;

// What is typed below that text; the fallback for Enter alone.
Result<std::string> ask(Context& context, const std::string& text,
                        const std::string& fallback) {
  CLARIBI_TRY_ASSIGN(const Secret typed, context.io().ask(text, Echo::shown));
  const std::string_view answer = trim(typed.view());
  return answer.empty() ? fallback : std::string(answer);
}

// A line of a menu: its number, what it is called, and what it is.
struct Item {
  std::string name;
  std::string about;
};

std::string menu(std::string_view title, const std::vector<Item>& items) {
  size_t widest = 0;
  for (const Item& item : items)
    widest = std::max(widest, display_width(item.name));
  std::string text = fmt::format("\n{}\n\n", title);
  for (size_t i = 0; i < items.size(); ++i) {
    text += fmt::format(
        "  {}  {}  {}\n", i + 1,
        chart::pad_right(escape_terminal_line(items[i].name), widest),
        escape_terminal_line(items[i].about));
  }
  return text + "\n";
}

// The place of a number from 1 to `count`; nothing if it is none.
std::optional<size_t> menu_number(std::string_view text, size_t count) {
  size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  if (number < 1 || number > count) return std::nullopt;
  return number - 1;
}

// Shows why an answer was not taken, as errors are shown.
void complain(Context& context, const Error& error) {
  std::string text = "\n" + escape_terminal(error.message) + "\n";
  for (const std::string& hint : error.hints)
    text += "  " + escape_terminal(hint) + "\n";
  context.io().note(text + "\n");
}

Result<const source::Vendor*> choose_vendor(Context& context) {
  std::vector<Item> items;
  for (const source::Vendor& vendor : source::vendors()) {
    items.push_back({std::string(vendor.title), std::string(vendor.summary)});
  }
  const std::string text = menu("What do you want to connect?", items);
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(
        const std::string answer,
        ask(context, (tries == 1 ? text : "") + "Number or name [1]: ", "1"));
    if (const auto place = menu_number(answer, items.size())) {
      return &source::vendors()[*place];
    }
    if (const auto* named = source::find_vendor(lower(answer))) return named;
    if (tries == most_tries) {
      return fail(ErrorKind::usage, "none of these was chosen");
    }
  }
}

std::string scope_lines(const source::Vendor& vendor) {
  std::vector<std::string> scopes(vendor.base_scopes.begin(),
                                  vendor.base_scopes.end());
  for (const source::CatalogTool& tool : vendor.catalog) {
    if (std::ranges::find(scopes, tool.scope) == scopes.end()) {
      scopes.emplace_back(tool.scope);
    }
  }
  std::ranges::sort(scopes);
  constexpr size_t width = 70;
  std::string text = "    ";
  for (const char c : chart::wrap(join(scopes, " "), width)) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text + "\n";
}

// Where a key is made and what it has to be allowed to do.
std::string key_card(const source::Vendor& vendor) {
  if (vendor.key_page.empty()) return "\n";
  return fmt::format(
      "\n{0} needs a personal API key:\n\n"
      "  1. open {1}\n"
      "  2. keep the preset \"MCP Server\" (read access is all that is used)\n"
      "  3. create the key and copy it; it begins with phx_\n\n"
      "  At least these scopes, if you tick them yourself:\n{2}\n",
      vendor.title, vendor.key_page, scope_lines(vendor));
}

Result<void> ask_region(Context& context, const source::Vendor& vendor,
                        ConnectArgs& args) {
  std::vector<std::string> names;
  for (const source::Region& region : vendor.regions)
    names.emplace_back(region.name);
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(
        const std::string answer,
        ask(context,
            fmt::format("Region, {} [found by the key]: ", join(names, " or ")),
            ""));
    if (answer.empty()) return {};
    if (std::ranges::find(names, lower(answer)) != names.end()) {
      args.region = lower(answer);
      return {};
    }
    if (tries == most_tries) {
      return fail(ErrorKind::usage, "no region was chosen");
    }
  }
}

Result<void> ask_address(Context& context, ConnectArgs& args) {
  CLARIBI_TRY_ASSIGN(args.target,
                     ask(context, "\nAddress, such as https://host/mcp: ", ""));
  return {};
}

struct Accepted {
  Secret key;
  Verified verified;
};

bool is_of_key(const Error& error) {
  return error.kind == ErrorKind::key_rejected ||
         error.kind == ErrorKind::scope_missing;
}

Result<Secret> type_key(Context& context, const source::Vendor& vendor) {
  CLARIBI_TRY_ASSIGN(
      const Secret typed,
      context.io().ask(vendor.needs_key ? "API key (not shown): "
                                        : "API key (not shown; Enter for "
                                          "none): ",
                       Echo::hidden));
  return key_in(typed.view());
}

Result<Verified> try_key(Context& context, const source::Vendor& vendor,
                         Source& source, const Secret& key,
                         RegionChoice region) {
  if (!key.empty() || vendor.needs_key) {
    if (auto checked = vendor.check_key(key.view()); !checked) {
      return std::unexpected(not_verified(std::move(checked).error()));
    }
  }
  const std::string place(
      region == RegionChoice::open ? std::string(vendor.title) : source.url);
  context.io().note(fmt::format("Asking {} ...\n", escape_terminal(place)));
  return verify_in_region(context, source, key, region);
}

// The key that is given or typed, once the server takes it.
Result<Accepted> accepted_key(Context& context, const source::Vendor& vendor,
                              Source& source, std::optional<Secret> given,
                              RegionChoice region) {
  for (int tries = 1;; ++tries) {
    Secret key;
    if (given) {
      key = std::move(*given);
      given.reset();
    } else {
      CLARIBI_TRY_ASSIGN(key, type_key(context, vendor));
    }
    auto verified = try_key(context, vendor, source, key, region);
    if (verified) return Accepted{std::move(key), std::move(*verified)};
    if (!is_of_key(verified.error()) || tries == most_tries) {
      return std::unexpected(std::move(verified).error());
    }
    complain(context, verified.error());
  }
}

Result<std::string> project_of_list(Context& context,
                                    const std::vector<Project>& projects) {
  std::vector<Item> items;
  for (const Project& project : projects) {
    items.push_back(
        {project.name,
         project.id +
             (project.time_zone.empty() ? "" : ", " + project.time_zone)});
  }
  const std::string text = menu("The key reads these projects:", items);
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(
        const std::string answer,
        ask(context, (tries == 1 ? text : "") + "Number or id [1]: ", "1"));
    if (const auto place = menu_number(answer, projects.size())) {
      return projects[*place].id;
    }
    if (std::ranges::find(projects, answer, &Project::id) != projects.end()) {
      return answer;
    }
    if (tries == most_tries) {
      return fail(ErrorKind::usage, "none of these was chosen");
    }
  }
}

// A project that the key cannot list is typed, and asked for.
Result<void> type_project(Context& context, Source& source, const Secret& key) {
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(
        source.project,
        ask(context, "\nProject id [the current one of your account]: ", ""));
    if (source.project.empty()) return {};
    const auto verified = verify(context, source, key);
    if (verified) return {};
    if (!is_of_key(verified.error()) || tries == most_tries) {
      return std::unexpected(verified.error());
    }
    complain(context, verified.error());
  }
}

Result<void> choose_project(Context& context, const source::Vendor& vendor,
                            Source& source, const Accepted& accepted) {
  if (!source.project.empty() || vendor.projects_tool.empty()) return {};
  const auto& projects = accepted.verified.projects;
  if (projects.empty()) return type_project(context, source, accepted.key);
  if (projects.size() > 1) {
    CLARIBI_TRY_ASSIGN(source.project, project_of_list(context, projects));
  }
  return {};
}

// The vendor's name, or with a number what no source is called yet.
std::string free_name(const SourceList& list, const std::string& vendor) {
  std::string name = vendor;
  for (int number = 2; list.find(name) != nullptr; ++number) {
    name = fmt::format("{}-{}", vendor, number);
  }
  return name;
}

Result<void> choose_name(Context& context, const ConnectArgs& args,
                         Source& source) {
  if (args.name) return {};
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  const std::string proposed = free_name(list, source.vendor);
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(
        source.name,
        ask(context, fmt::format("\nName of this source [{}]: ", proposed),
            proposed));
    const auto checked = check_source_name(source.name);
    if (checked) return {};
    if (tries == most_tries) return checked;
    complain(context, checked.error());
  }
}

Result<void> finish(Context& context, Source& source, const Secret& key,
                    const Verified& verified) {
  settle_project(context, source, verified);
  CLARIBI_TRY(keep(context, source, key));
  CLARIBI_TRY(report_connected(context, source, verified));
  if (!source::find_vendor(source.vendor)->catalog.empty()) {
    context.say(
        "now ask: claribi ask \"Signups by day for the last 30 days?\"");
  }
  return {};
}

// What can be asked before a key is there.
Result<void> ask_place(Context& context, const source::Vendor& vendor,
                       ConnectArgs& args) {
  const bool is_said =
      context.settings().url || args.region || args.target.contains("://");
  if (is_said) return {};
  return vendor.regions.empty() ? ask_address(context, args)
                                : ask_region(context, vendor, args);
}

Result<void> connect_local(Context& context, const source::Vendor& vendor,
                           const ConnectArgs& args) {
  CLARIBI_TRY_ASSIGN(Source source,
                     described_source(vendor, context.settings(), args));
  CLARIBI_TRY_ASSIGN(const auto verified, verify(context, source, {}));
  return finish(context, source, {}, verified);
}

Result<void> connect_remote(Context& context, const source::Vendor& vendor,
                            ConnectArgs& args) {
  CLARIBI_TRY_ASSIGN(auto key, given_key(context, args));
  context.io().note(key ? "\nThe key that is given already is used.\n"
                        : key_card(vendor));
  CLARIBI_TRY(ask_place(context, vendor, args));
  CLARIBI_TRY_ASSIGN(Source source,
                     described_source(vendor, context.settings(), args));
  CLARIBI_TRY(check_address(context, source));
  const auto region = is_region_open(context.settings(), args)
                          ? RegionChoice::open
                          : RegionChoice::fixed;
  CLARIBI_TRY_ASSIGN(
      const Accepted accepted,
      accepted_key(context, vendor, source, std::move(key), region));
  CLARIBI_TRY(choose_project(context, vendor, source, accepted));
  CLARIBI_TRY(choose_name(context, args, source));
  return finish(context, source, accepted.key, accepted.verified);
}

}  // namespace

Result<void> run_wizard(Context& context, ConnectArgs args) {
  const source::Vendor* vendor = nullptr;
  if (is_blank(context.settings(), args)) {
    CLARIBI_TRY_ASSIGN(vendor, choose_vendor(context));
  } else {
    CLARIBI_TRY_ASSIGN(vendor, meant_vendor(context, args));
  }
  return vendor->local ? connect_local(context, *vendor, args)
                       : connect_remote(context, *vendor, args);
}

}  // namespace claribi::cli
