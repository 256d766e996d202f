// SPDX-License-Identifier: MIT
// A look at the way to a server, step by step, for a person who wants to know
// where it ends.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace claribi::net {

struct ProbeOptions {
  std::string user_agent;
  std::string ca_file = {};  // Replaces the system's certificates if set.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(5);
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
};

// The steps of the way, in their order.
enum class ProbeStep { name, connection, tls, reply, done };

// What a server proves itself with. Texts of the certificate: untrusted.
struct Certificate {
  std::string subject = {};
  std::string issuer = {};
  std::optional<Instant> expires = {};
};

struct Probe {
  ProbeStep ended = ProbeStep::name;  // The step that failed; done: none did.
  std::string failure = {};           // Why it failed, in words.
  std::string address = {};           // "10.1.2.3:443"; of the proxy with one.
  std::chrono::milliseconds name_time = {};  // Of each step alone.
  std::chrono::milliseconds connect_time = {};
  std::chrono::milliseconds tls_time = {};
  std::optional<Certificate> certificate = {};  // Of the server itself.
  int status = 0;                               // Of the reply.
  std::optional<Instant> date = {};             // The server's clock.
};

// One HEAD request without a key, with the rules of the transport: TLS is
// verified, redirects are not followed, proxies of the environment are used.
// Fails (usage) for an address that cannot be, (network) without libcurl; a
// way that ends early is no failure.
[[nodiscard]] Result<Probe> probe(const std::string& url,
                                  const ProbeOptions& options);

}  // namespace claribi::net
