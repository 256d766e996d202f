// SPDX-License-Identifier: MIT
#include "cli/refusal.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "cli/signals.hpp"
#include "json/reader.hpp"
#include "net/curl_transport.hpp"
#include "net/url.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {
namespace {

constexpr size_t state_limit = 64 << 10;

// The vendor's web application answers at every path, but not with MCP.
bool is_web_app(const Context& context, const source::Vendor& vendor,
                const std::string& address) {
  auto url = net::parse_url(address, net::PlainHttp::loopback);
  const auto timeout = timeout_of(context.settings());
  if (!url || !timeout || vendor.is_web_app == nullptr) return false;
  url->path = vendor.web_app_path;
  url->query.clear();
  const auto transport = net::make_curl_transport(
      {.user_agent = "claribi/" CLARIBI_VERSION,
       .ca_file = context.settings().ca_file.value_or(""),
       .end_wanted = noted_signal});
  std::string body;
  const auto head = transport->exchange(
      {.method = "GET", .url = net::to_string(*url), .timeout = *timeout},
      [&](const net::ReplyHead&, std::string_view bytes) {
        body += bytes;
        return body.size() < state_limit;
      });
  const auto state = json::parse(body);
  return head && state && vendor.is_web_app(*state);
}

Error web_app_refusal(const source::Vendor& vendor, const Source& source) {
  return {ErrorKind::protocol,
          fmt::format("{} is a self-hosted {} without an MCP server",
                      source.url, vendor.title),
          {fmt::format("claribi speaks MCP only: run {}'s MCP server beside it "
                       "and connect to the address of that",
                       vendor.title),
           fmt::format("for {} Cloud leave --url out: claribi connect {} "
                       "--region us",
                       vendor.title, vendor.name)}};
}

Error unknown_key(const source::Vendor& vendor, Error error) {
  error.hints = {
      "it is revoked, or not copied whole: make a new one, or copy it again"};
  if (!vendor.key_page.empty()) {
    error.hints.push_back(
        fmt::format("keys are made here: {}", vendor.key_page));
  }
  return error;
}

Error missing_scope(const source::Vendor& vendor, Error error) {
  const Error plain = vendor.explain({}, error.message);
  if (plain.kind != ErrorKind::scope_missing) return error;
  error.message = plain.message;
  error.hints = {
      fmt::format("add the scope to the key, or make a key with the preset: "
                  "{}",
                  vendor.key_page)};
  return error;
}

}  // namespace

Error plain_refusal(const Context& context, const Source& source, Error error) {
  const source::Vendor& vendor = *source::find_vendor(source.vendor);
  const bool is_wrong_place = error.kind == ErrorKind::protocol ||
                              error.kind == ErrorKind::key_rejected;
  if (is_wrong_place && source::region_at(vendor, source.url) == nullptr &&
      is_web_app(context, vendor, source.url)) {
    return web_app_refusal(vendor, source);
  }
  if (error.kind == ErrorKind::key_rejected) {
    return unknown_key(vendor, std::move(error));
  }
  if (error.kind == ErrorKind::scope_missing) {
    return missing_scope(vendor, std::move(error));
  }
  return error;
}

}  // namespace claribi::cli
