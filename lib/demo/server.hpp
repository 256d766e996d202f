// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/clock.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// A reply of the server, whole.
struct HttpReply {
  net::ReplyHead head = {};
  std::string body = {};
};

// An MCP server over the tools of tools.hpp: the era of the handshake
// (2025-11-25, 2025-06-18, 2025-03-26), JSON replies, no session id. It takes
// the bytes of an HTTP request and gives those of the reply, so that a socket
// and an in-process transport serve the same messages.
class Server {
 public:
  // The clock must outlive the server.
  Server(Store store, Project project, const Clock& clock);

  // Never fails: what is wrong with a request is in its reply. One call at a
  // time is answered; several threads may ask.
  [[nodiscard]] HttpReply handle(const net::Request& request) const;

 private:
  Store store_;
  Project project_;
  const Clock* clock_;
};

}  // namespace claribi::demo
