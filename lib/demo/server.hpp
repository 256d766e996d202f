// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "demo/http_message.hpp"
#include "demo/project.hpp"
#include "demo/sessions.hpp"
#include "demo/store.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// An MCP server over the tools of tools.hpp, in both eras of the protocol: the
// stateless one (2026-07-28) and the one with a handshake (2025-11-25,
// 2025-06-18, 2025-03-26), with JSON replies. It takes the bytes of an HTTP
// request and gives those of the reply, so that a socket and an in-process
// transport serve the same messages.
class Server {
 public:
  // The clock must outlive the server.
  Server(Store store, Project project, const Clock& clock);

  // Never fails: what is wrong with a request is in its reply. Several threads
  // may ask.
  [[nodiscard]] HttpReply handle(const net::Request& request);

 private:
  Store store_;
  Project project_;
  const Clock* clock_;
  std::unique_ptr<Sessions> sessions_;  // Stays where it is in a move.
};

}  // namespace claribi::demo
