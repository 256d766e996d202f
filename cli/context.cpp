// SPDX-License-Identifier: MIT
#include "cli/context.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/cache.hpp"
#include "cli/demo_data.hpp"
#include "cli/elicitation.hpp"
#include "cli/keys.hpp"
#include "cli/output/cells.hpp"
#include "cli/output/print.hpp"
#include "cli/signals.hpp"
#include "cli/tool_pins.hpp"
#include "cli/vault_place.hpp"
#include "cli/waiting_line.hpp"
#include "demo/in_process.hpp"
#include "mcp/refusal.hpp"
#include "net/curl_transport.hpp"
#include "net/system_timer.hpp"
#include "net/url.hpp"

namespace claribi::cli {
namespace {

constexpr std::string_view url_source = "url";
constexpr size_t shortest_secret = 6;

Result<Source> source_of_url(const Settings& settings) {
  const std::string vendor = settings.vendor.value_or("posthog");
  const source::Vendor* known = source::find_vendor(vendor);
  if (known == nullptr || known->local) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is no vendor with a URL",
                            escape_terminal_line(vendor)),
                {"see the vendors: claribi catalog"});
  }
  return Source{
      .name = std::string(url_source), .vendor = vendor, .url = *settings.url};
}

// A vendor's first region, for a run without a stored source.
Source source_of_vendor(const source::Vendor& vendor) {
  return {.name = std::string(vendor.name),
          .vendor = std::string(vendor.name),
          .url = std::string(vendor.regions.front().url)};
}

std::unexpected<Error> no_source(std::string_view wanted,
                                 const SourceList& list) {
  if (wanted.empty()) {
    return fail(ErrorKind::usage, "no data source is connected",
                {"try the demo: claribi connect demo",
                 "connect PostHog: claribi connect posthog"});
  }
  std::vector<std::string> names;
  names.reserve(list.sources.size());
  for (const Source& source : list.sources)
    names.push_back(source.name);
  std::vector<std::string> hints;
  const auto alike = nearest(wanted, names, 1);
  if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
  const source::Vendor* vendor = source::find_vendor(wanted);
  hints.push_back(vendor != nullptr
                      ? fmt::format("connect it: claribi connect {}", wanted)
                      : "see the sources: claribi sources");
  return fail(
      ErrorKind::usage,
      fmt::format("no data source is named '{}'", escape_terminal_line(wanted)),
      std::move(hints));
}

}  // namespace

// Everything that an open connection refers to, in the order of its life.
struct Context::Opened {
  Secret key;
  net::SystemTimer timer{noted_signal};
  std::optional<NotedSignals> signals = {};
  std::optional<FileCache> cache = {};
  std::optional<WaitingLine> waiting = {};
  std::unique_ptr<net::Transport> transport = {};
  std::unique_ptr<source::Connection> connection = {};
};

Context::Context(Io& io, const Environment& environment,
                 const Settings& settings, const Clock& clock)
    : io_(io), environment_(environment), settings_(settings), clock_(clock) {
}

Context::~Context() = default;

Result<Source> Context::chosen_source() {
  if (settings_.url) return source_of_url(settings_);
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(environment_.config_folder));
  const std::string wanted = settings_.source.value_or(
      environment_.source.value_or(list.default_name));
  if (const Source* source = list.find(wanted)) return *source;
  // The CI way: a key in the environment needs no stored source.
  const source::Vendor* vendor = source::find_vendor(wanted);
  if (vendor != nullptr && vendor->needs_key) {
    CLARIBI_TRY_ASSIGN(const auto key,
                       key_from_environment(environment_, *vendor));
    if (key) return source_of_vendor(*vendor);
  }
  return no_source(wanted, list);
}

bool Context::takes_environment_key(const Source& source) const {
  const source::Vendor* vendor = source::find_vendor(source.vendor);
  return settings_.url || (source.name == source.vendor && vendor != nullptr &&
                           source::region_at(*vendor, source.url) != nullptr);
}

Result<Secret> Context::key_of(const Source& source) {
  const source::Vendor* vendor = source::find_vendor(source.vendor);
  if (vendor == nullptr || vendor->local) return Secret();
  CLARIBI_TRY_ASSIGN(auto key, key_from_environment(environment_, *vendor));
  if (key && takes_environment_key(source)) return std::move(*key);
  if (settings_.url) return Secret();
  return stored_key_of(source);
}

Result<Secret> Context::stored_key_of(const Source& source) {
  const source::Vendor* vendor = source::find_vendor(source.vendor);
  if (vendor == nullptr || vendor->local) return Secret();
  CLARIBI_TRY_ASSIGN(const net::Url url,
                     net::parse_url(source.url, net::PlainHttp::loopback));
  auto key = stored_key(*this, source.name, url.origin);
  const bool is_absent = !key && key.error().kind == ErrorKind::vault_absent;
  if (is_absent && !vendor->needs_key) return Secret();
  return key;
}

Result<source::Connection*> Context::connection() {
  if (opened_) return opened_->connection.get();
  CLARIBI_TRY_ASSIGN(Source source, chosen_source());
  CLARIBI_TRY_ASSIGN(Secret key, key_of(source));
  return open(source, std::move(key), Pinned::checked);
}

Result<source::Connection*> Context::open(const Source& source, Secret key) {
  return open(source, std::move(key), Pinned::ignored);
}

Result<source::Connection*> Context::open(const Source& source, Secret key,
                                          Pinned pins) {
  auto opened = std::make_unique<Opened>();
  opened->key = std::move(key);
  CLARIBI_TRY_ASSIGN(source::Target target, target_of(source, *opened));
  if (target.vendor->local) {
    auto options = demo_options(environment_, settings_);
    options.project_file = source.project;
    opened->transport =
        demo::make_demo_transport(std::move(options), clock_,
                                  [this](std::string_view line) { say(line); });
  } else {
    CLARIBI_TRY(reach_network(*opened, target));
    if (pins == Pinned::checked) {
      target.check_tool = pin_check(*this, environment_.config_folder,
                                    target.url, target.vendor->injected);
    }
  }
  opened->connection = std::make_unique<source::Connection>(wiring_of(*opened),
                                                            std::move(target));
  opened_ = std::move(opened);
  return opened_->connection.get();
}

Result<source::Target> Context::target_of(const Source& source,
                                          const Opened& opened) const {
  const source::Vendor* vendor = source::find_vendor(source.vendor);
  if (vendor == nullptr) {
    return fail(ErrorKind::file,
                fmt::format("the source '{}' is of an unknown kind '{}'",
                            source.name, source.vendor),
                {"connect it again"});
  }
  CLARIBI_TRY_ASSIGN(const auto timeout, timeout_of(settings_));
  CLARIBI_TRY_ASSIGN(TimeZone zone, TimeZone::named(source.time_zone));
  source::Pins pins;
  if (!vendor->local) {
    pins = {settings_.project.value_or(source.project), source.organization};
  }
  return source::Target{
      .name = source.name,
      .vendor = vendor,
      .url = source.url,
      .pins = std::move(pins),
      .key = opened.key.empty() ? nullptr : &opened.key,
      .calendar = {std::move(zone), source.weeks_start_on_sunday},
      .timeout = timeout,
      .protocol = settings_.protocol.value_or(""),
      .allowed_tool = allowed_tool_};
}

source::Wiring Context::wiring_of(Opened& opened) {
  source::Wiring wiring{.transport = *opened.transport,
                        .clock = clock_,
                        .timer = opened.timer,
                        .cache = opened.cache ? &*opened.cache : nullptr};
  wiring.listener.note = [this](std::string_view line) {
    say("note: " + std::string(line));
  };
  if (opened.waiting) {
    wiring.listener.progress =
        [&line = *opened.waiting](const mcp::Progress& progress) {
          line.take(progress);
        };
  }
  if (may_ask()) {
    wiring.fill_form = [this, &opened](const mcp::Form& form) {
      if (opened.waiting) opened.waiting->done();
      const std::string& url = opened.connection->target().url;
      return fill_form(*this, mcp::endpoint_host(url), form);
    };
  }
  return wiring;
}

// What only a server at the other end of a wire needs: libcurl, the signals, a
// memory of it, a line that says what is waited for.
Result<void> Context::reach_network(Opened& opened,
                                    const source::Target& target) {
  const auto http = settings_.allow_http_loopback ? net::PlainHttp::loopback
                                                  : net::PlainHttp::never;
  CLARIBI_TRY_ASSIGN(const net::Url url, net::parse_url(target.url, http));
  opened.signals.emplace();
  opened.cache.emplace(
      cache_folder_of(environment_.cache_folder, target.url,
                      // Another version may ask for other tools.
                      join({target.pins.project, target.pins.organization,
                            target.protocol, CLARIBI_VERSION},
                           "\n"),
                      opened.key),
      opened.key);
  opened.waiting.emplace(io_, opened.timer, url.origin.host);
  opened.transport = net::make_curl_transport(
      {.user_agent = "claribi/" CLARIBI_VERSION,
       .ca_file = settings_.ca_file.value_or(""),
       .end_wanted = noted_signal,
       .waiting = [&line = *opened.waiting, quiet = settings_.quiet] {
         if (!quiet) line.tick();
       }});
  return {};
}

VaultPlace& Context::vault_place() {
  if (!vault_place_) vault_place_ = std::make_unique<VaultPlace>(*this);
  return *vault_place_;
}

Result<void> Context::check_settings() {
  CLARIBI_TRY(timeout_of(settings_));
  CLARIBI_TRY_ASSIGN(jq_, jq_program(settings_));
  return {};
}

Result<void> Context::print(Document document) {
  for (const std::string& note : document.table.notes)
    say("note: " + note);
  // A file is no terminal: nothing is cut, coloured or escaped for one.
  const Screen screen = settings_.output ? Screen{} : io_.screen();
  CLARIBI_TRY_ASSIGN(std::string text,
                     document_text(std::move(document), settings_, screen));
  if (jq_) {
    CLARIBI_TRY_ASSIGN(text, jq_->run(text));
    text = guard_terminal(std::move(text), screen);
  }
  return send(redacted(std::move(text)), settings_, io_);
}

std::string Context::redacted(std::string text) const {
  const std::string_view key = opened_ ? opened_->key.view() : "";
  // A token as short as a word would be found in innocent data.
  if (key.size() < shortest_secret) return text;
  constexpr std::string_view blot = "[the key]";
  for (size_t at = text.find(key); at != std::string::npos;
       at = text.find(key, at + blot.size())) {
    text.replace(at, key.size(), blot);
  }
  return text;
}

void Context::say(std::string_view line) {
  if (settings_.quiet) return;
  io_.note(fmt::format("claribi: {}\n",
                       escape_terminal(redacted(std::string(line)))));
}

bool Context::may_ask() const {
  return !environment_.ci && !settings_.no_input && io_.can_ask();
}

}  // namespace claribi::cli
