// SPDX-License-Identifier: MIT
#include "cli/commands/connect_source.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/keys.hpp"
#include "demo/project.hpp"
#include "json/reader.hpp"
#include "net/url.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t description_limit = 16 << 20;
constexpr uint64_t key_limit = 4096;

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
  if (!target.empty()) {
    return fail(
        ErrorKind::usage,
        fmt::format("unknown vendor '{}'", escape_terminal_line(target)),
        std::move(hints));
  }
  hints.insert(hints.begin(),
               "without a terminal everything is said on the command line: "
               "claribi connect posthog --region us --key-stdin < FILE");
  return fail(ErrorKind::usage, "nothing to connect to was named",
              std::move(hints));
}

Result<std::string> region_url(const source::Vendor& vendor,
                               const std::optional<std::string>& region) {
  if (vendor.regions.empty() && !region) return std::string();
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

Result<Secret> key_of_file(const std::string& path, std::string_view shown) {
  CLARIBI_TRY_ASSIGN(auto text, read_file(path, key_limit));
  if (!text) return fail(ErrorKind::file, fmt::format("there is no {}", shown));
  auto key = key_in(*text);
  wipe(text->data(), text->size());
  return key;
}

Result<Secret> key_of_descriptor(const std::string& number) {
  const bool digits =
      !number.empty() && number.size() < 5 &&
      std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) {
    return fail(ErrorKind::usage,
                fmt::format("--key-fd '{}' is not a number",
                            escape_terminal_line(number)),
                {"for example --key-fd 3 3< key.txt"});
  }
  return key_of_file("/dev/fd/" + number, "file descriptor " + number);
}

Result<Secret> key_of_input(Context& context) {
  CLARIBI_TRY_ASSIGN(std::string text, context.io().read_all());
  auto key = key_in(text);
  wipe(text.data(), text.size());
  return key;
}

int key_options(const ConnectArgs& args) {
  return (args.key_stdin ? 1 : 0) + (args.key_file ? 1 : 0) +
         (args.key_fd ? 1 : 0);
}

}  // namespace

bool is_blank(const Settings& settings, const ConnectArgs& args) {
  return args.target.empty() && !settings.url && !settings.vendor &&
         !args.region && key_options(args) == 0;
}

Result<const source::Vendor*> meant_vendor(Context& context,
                                           const ConnectArgs& args) {
  const source::Vendor& first = source::vendors().front();
  const std::string at_url = context.settings().vendor.value_or("");
  if (args.target.contains("://") || (args.target.empty() && !at_url.empty())) {
    if (at_url.empty()) return &first;
    if (const auto* named = source::find_vendor(at_url)) return named;
    return unknown_target(at_url);
  }
  if (const auto* named = source::find_vendor(args.target)) return named;
  if (!args.target.empty()) return unknown_target(args.target);
  const bool keyed = context.settings().url || args.region || args.name ||
                     context.settings().project || key_options(args) > 0;
  if (keyed) return &first;
  CLARIBI_TRY_ASSIGN(const auto key,
                     key_from_environment(context.environment(), first));
  if (key) return &first;
  return unknown_target(args.target);
}

Result<Source> described_source(const source::Vendor& vendor,
                                const Settings& settings,
                                const ConnectArgs& args) {
  Source source{.name = args.name.value_or(std::string(vendor.name)),
                .vendor = std::string(vendor.name)};
  CLARIBI_TRY(check_source_name(source.name));
  CLARIBI_TRY_ASSIGN(source.url, region_url(vendor, args.region));
  if (args.target.contains("://")) source.url = args.target;
  if (settings.url) source.url = *settings.url;
  if (source.url.empty()) {
    return fail(
        ErrorKind::usage,
        fmt::format("where the {} server is was not said", vendor.title),
        {fmt::format("claribi connect {} --url https://...", vendor.name)});
  }
  source.organization = args.organization.value_or("");
  if (!vendor.local) {
    source.project = settings.project.value_or("");
  } else {
    CLARIBI_TRY(set_demo_project(source, settings));
  }
  return source;
}

Result<void> check_address(const Context& context, const Source& source) {
  const auto http = context.settings().allow_http_loopback
                        ? net::PlainHttp::loopback
                        : net::PlainHttp::never;
  const auto url = net::parse_url(source.url, http);
  if (!url) return std::unexpected(url.error());
  return {};
}

Result<Secret> key_in(std::string_view text) {
  constexpr std::string_view scheme = "Bearer ";
  text = trim(text);
  if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
  text = trim(text);
  if (text.empty()) return Secret();
  return Secret::copy_of(text);
}

bool is_region_open(const Settings& settings, const ConnectArgs& args) {
  return !settings.url && !args.region && !args.target.contains("://");
}

Result<std::optional<Secret>> given_key(Context& context,
                                        const ConnectArgs& args,
                                        const source::Vendor& vendor) {
  if (key_options(args) > 1) {
    return fail(ErrorKind::usage, "the key is said more than once",
                {"use one of --key-stdin, --key-file FILE and --key-fd N"});
  }
  if (key_options(args) == 0) {
    return key_from_environment(context.environment(), vendor);
  }
  auto key = args.key_stdin ? key_of_input(context)
             : args.key_file
                 ? key_of_file(*args.key_file, "file " + *args.key_file)
                 : key_of_descriptor(*args.key_fd);
  if (!key) return std::unexpected(std::move(key).error());
  return std::optional<Secret>(std::move(*key));
}

}  // namespace claribi::cli
