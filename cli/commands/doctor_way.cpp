// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands/doctor_checks.hpp"
#include "net/probe.hpp"
#include "net/url.hpp"

namespace claribi::cli {
namespace {

using net::Probe;
using net::ProbeStep;

constexpr auto near_expiry = std::chrono::days(14);
constexpr auto small_skew = std::chrono::seconds(60);
constexpr auto large_skew = std::chrono::minutes(10);

struct Proxy {
  std::string address;  // Without user and password.
  std::string_view variable;
};

std::string without_credentials(std::string_view address) {
  const size_t scheme = address.find("://");
  const size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos || at < begin) return std::string(address);
  return fmt::format("{}***{}", address.substr(0, begin), address.substr(at));
}

// As libcurl reads no_proxy: names with commas, each for itself and all below.
bool is_exempt(std::string_view list, std::string_view host) {
  for (const std::string& entry : split(list, ',')) {
    std::string_view name = trim(entry);
    if (name == "*") return true;
    if (name.starts_with('.')) name.remove_prefix(1);
    if (name.empty() || !host.ends_with(name)) continue;
    if (host.size() == name.size()) return true;
    if (host[host.size() - name.size() - 1] == '.') return true;
  }
  return false;
}

std::optional<Proxy> proxy_for(const Environment& environment,
                               const net::Origin& origin) {
  if (origin.scheme == "http") return std::nullopt;
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    const auto list = environment.variable(name);
    if (list && is_exempt(*list, origin.host)) return std::nullopt;
  }
  for (const std::string_view name :
       {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (const auto address = environment.variable(name)) {
      return Proxy{without_credentials(*address), name};
    }
  }
  return std::nullopt;
}

std::string in_time(std::chrono::milliseconds time) {
  return fmt::format(" in {} ms", time.count());
}

std::string span_text(std::chrono::milliseconds span) {
  const auto seconds = std::abs(span.count()) / 1000;
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7200) return fmt::format("{} min", seconds / 60);
  if (seconds < 172800) return fmt::format("{} h", seconds / 3600);
  return fmt::format("{} days", seconds / 86400);
}

// The check of a step, if it is not the one where the way ended.
Check step_check(const Probe& found, ProbeStep step, std::string name,
                 std::string good, std::string next) {
  if (found.ended < step) {
    return {std::move(name), Finding::skipped, "not reached"};
  }
  if (found.ended == step) {
    return {std::move(name), Finding::failed, found.failure, std::move(next)};
  }
  return {std::move(name), Finding::ok, std::move(good)};
}

bool is_address(std::string_view host) {
  return host.starts_with('[') ||
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

Check name_check(const Probe& found, const net::Origin& origin, bool proxied) {
  if (!proxied && is_address(origin.host)) {
    return {"dns", Finding::ok, "not needed for an address"};
  }
  return step_check(
      found, ProbeStep::name, "dns",
      (proxied ? "the proxy's name was found" : origin.host + " was found") +
          in_time(found.name_time),
      "check the address and the network: getent hosts " + origin.host);
}

Check connection_check(const Probe& found, bool proxied) {
  return step_check(
      found, ProbeStep::connection, "tcp",
      "connected to " + found.address + in_time(found.connect_time),
      proxied ? "check the proxy, or leave it out with no_proxy"
              : "check the network, a firewall and the address");
}

Check certificate_check(const Probe& found, Instant now) {
  const auto& certificate = found.certificate;
  if (!certificate || !certificate->expires) {
    return {"tls", Finding::ok, "verified" + in_time(found.tls_time)};
  }
  const auto left = *certificate->expires - now;
  Check check{
      "tls", Finding::ok,
      fmt::format("verified, issued by {}, good until {}", certificate->issuer,
                  format_instant(*certificate->expires))};
  if (left < near_expiry) {
    check.finding = Finding::warning;
    check.next = "tell whoever runs the server: its certificate ends soon";
  }
  return check;
}

Check tls_check(const Probe& found, const net::Origin& origin, Instant now) {
  if (origin.scheme == "http") {
    return {"tls", Finding::ok, "none: plain http on this machine"};
  }
  if (found.ended > ProbeStep::tls) return certificate_check(found, now);
  return step_check(found, ProbeStep::tls, "tls", "",
                    "trust the certificates of your network with --cacert "
                    "FILE, or: apt install ca-certificates");
}

Check clock_check(const Probe& found, Instant now) {
  if (!found.date) {
    return {"clock", Finding::skipped, "the server's time is not known"};
  }
  const auto skew = *found.date - now;
  if (std::chrono::abs(skew) <= small_skew) {
    return {"clock", Finding::ok, "agrees with the server's"};
  }
  return {
      "clock",
      std::chrono::abs(skew) > large_skew ? Finding::failed : Finding::warning,
      fmt::format("{} {} the server's", span_text(skew),
                  skew.count() > 0 ? "behind" : "ahead of"),
      "set the clock: timedatectl set-ntp true"};
}

// A network check is quick or it is a finding.
net::ProbeOptions probe_options(const Settings& settings) {
  net::ProbeOptions options{.user_agent = "claribi/" CLARIBI_VERSION,
                            .ca_file = settings.ca_file.value_or("")};
  const auto timeout = timeout_of(settings);
  if (settings.timeout && timeout) {
    options.timeout = *timeout;
    options.connect_timeout = std::min(options.connect_timeout, *timeout);
  }
  return options;
}

}  // namespace

WayChecks check_way(Context& context, const Source& source) {
  WayChecks way;
  const auto& settings = context.settings();
  const auto url = net::parse_url(source.url, settings.allow_http_loopback
                                                  ? net::PlainHttp::loopback
                                                  : net::PlainHttp::never);
  if (!url) {
    way.checks.push_back(failed_check("endpoint", url.error()));
    return way;
  }
  way.checks.push_back({"endpoint", Finding::ok, source.url});
  const auto proxy = proxy_for(context.environment(), url->origin);
  way.checks.push_back(
      {"proxy", Finding::ok,
       proxy ? fmt::format("{} (from {})", proxy->address, proxy->variable)
             : "none"});
  const auto found = net::probe(source.url, probe_options(settings));
  if (!found) {
    way.checks.push_back(failed_check("tcp", found.error()));
    return way;
  }
  const Instant now = context.clock().now();
  way.checks.push_back(name_check(*found, url->origin, proxy.has_value()));
  way.checks.push_back(connection_check(*found, proxy.has_value()));
  way.checks.push_back(tls_check(*found, url->origin, now));
  way.checks.push_back(step_check(*found, ProbeStep::reply, "reply",
                                  fmt::format("it answers ({})", found->status),
                                  "try again later"));
  way.checks.push_back(clock_check(*found, now));
  way.is_open = found->ended == ProbeStep::done;
  return way;
}

}  // namespace claribi::cli
