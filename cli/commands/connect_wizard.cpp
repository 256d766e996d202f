// SPDX-License-Identifier: MIT
#include "cli/commands/connect_wizard.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/connect_cards.hpp"
#include "cli/commands/connect_finish.hpp"
#include "cli/prompt.hpp"
#include "cli/verification.hpp"
#include "net/url.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {
namespace {

constexpr int most_tries = 3;

// What is typed below that text; the fallback for Enter alone.
Result<std::string> ask(Context& context, const std::string& text,
                        const std::string& fallback) {
  CLARIBI_TRY_ASSIGN(std::string answer, ask_below(context, text));
  return answer.empty() ? fallback : answer;
}

// Shows why an answer was not taken, and what may help.
void complain(Context& context, const Error& error) {
  std::string text = "\n" + paragraph(error.message, 0);
  for (const std::string& hint : error.hints)
    text += paragraph(hint, 2);
  context.io().note(text);
}

Result<const source::Vendor*> choose_vendor(Context& context) {
  std::vector<MenuItem> items;
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

Result<Secret> type_key(Context& context, const source::Vendor& vendor,
                        bool is_first) {
  std::string question = is_first ? "" : "\n";
  question += vendor.needs_key ? "API key (not shown): "
                               : "API key (not shown; Enter for none): ";
  CLARIBI_TRY_ASSIGN(const Secret typed,
                     context.io().ask(question, Echo::hidden));
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
  const bool is_region = source::region_at(vendor, source.url) != nullptr;
  context.io().note(fmt::format("Asking {} ...\n",
                                is_region ? std::string(vendor.title)
                                          : escape_terminal_line(source.url)));
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
      CLARIBI_TRY_ASSIGN(key, type_key(context, vendor, tries == 1));
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
  std::vector<MenuItem> items;
  items.reserve(projects.size());
  for (const Project& project : projects) {
    items.push_back(
        {project.name,
         project.id +
             (project.time_zone.empty() ? "" : ", " + project.time_zone)});
  }
  const std::string text = menu("The key reads these projects:", items);
  for (int tries = 1;; ++tries) {
    CLARIBI_TRY_ASSIGN(
        std::string answer,
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
  say_connected(context, source, verified);
  if (!source::find_vendor(source.vendor)->catalog.empty()) {
    context.say(
        "now ask: claribi ask \"Signups by day for the last 30 days?\"");
  }
  // A person has read it all by now; a program has not.
  const bool is_for_person =
      context.io().screen().terminal && !context.settings().format;
  if (is_for_person) return {};
  return print_connected(context, source, verified);
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
  CLARIBI_TRY_ASSIGN(auto key, given_key(context, args, vendor));
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
