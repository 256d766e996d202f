// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "demo/http_message.hpp"
#include "net/transport.hpp"

namespace claribi::demo {

// HTTP/1.1 on 127.0.0.1, for this machine only; one request at a time.
class HttpServer {
 public:
  // Gives the reply to a request whose path is that of url(). It must not
  // fail.
  using Handler = std::function<HttpReply(const net::Request&)>;

  // Takes the port, or a free one for 0. From now on clients can connect, and
  // SIGINT and SIGTERM wait for run(). Fails (network) if the port is not to
  // be had.
  [[nodiscard]] static Result<HttpServer> listen(uint16_t port);

  HttpServer(HttpServer&& other) noexcept;
  HttpServer& operator=(HttpServer&& other) noexcept;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  // "http://127.0.0.1:PORT/mcp".
  [[nodiscard]] const std::string& url() const;

  // Answers until SIGINT (interrupted) or SIGTERM (terminated) comes: it
  // always ends with such an error, which says nothing as that is no fault.
  // The reply under way is still sent.
  [[nodiscard]] std::unexpected<Error> run(Handler handler);

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace claribi::demo
