// SPDX-License-Identifier: MIT
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "doctest/doctest.h"

namespace claribi::net::test {

// What the server does after one request: sends these bytes, then goes on,
// ends the connection, resets it, or waits until the client ends it.
struct Behaviour {
  enum class Then { go_on, close, reset, wait_for_client };

  std::string bytes;
  Then then = Then::go_on;
};

// An HTTP server on a real socket of 127.0.0.1, in a thread of its own. It
// takes one connection after the other and answers each whole request with
// what the script says.
class LoopbackServer {
 public:
  using Script = std::function<Behaviour(const std::string& request)>;

  explicit LoopbackServer(Script script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(listener_, raw, size) == 0);
    REQUIRE(listen(listener_, 16) == 0);
    REQUIRE(getsockname(listener_, raw, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  // The client's connections have to be closed before.
  ~LoopbackServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  [[nodiscard]] std::string url(const std::string& path = "/mcp") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  [[nodiscard]] std::string host() const {
    return "127.0.0.1:" + std::to_string(port_);
  }
  [[nodiscard]] std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  [[nodiscard]] int connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
  }

 private:
  void serve() {
    for (;;) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      {
        const std::lock_guard lock(mutex_);
        ++connections_;
      }
      while (answer_one(connection)) {
      }
      close(connection);
    }
  }

  // False when the connection is over.
  bool answer_one(int connection) {
    const std::string request = read_request(connection);
    if (request.empty()) return false;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const Behaviour behaviour = script_(request);
    size_t sent = 0;
    while (sent < behaviour.bytes.size()) {
      const ssize_t count = send(connection, behaviour.bytes.data() + sent,
                                 behaviour.bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return false;
      sent += static_cast<size_t>(count);
    }
    switch (behaviour.then) {
      case Behaviour::Then::go_on:
        return true;
      case Behaviour::Then::close:
        return false;
      case Behaviour::Then::reset: {
        const linger hard = {.l_onoff = 1, .l_linger = 0};
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
        return false;
      }
      case Behaviour::Then::wait_for_client: {
        char byte = 0;
        return recv(connection, &byte, 1, 0) > 0;
      }
    }
    return false;
  }

  static std::string read_request(int connection) {
    std::string request;
    std::array<char, 4096> buffer = {};
    for (;;) {
      if (request.starts_with('\x16')) return request;  // TLS: it speaks none.
      const size_t head = request.find("\r\n\r\n");
      if (head != std::string::npos &&
          request.size() >= head + 4 + body_size(request)) {
        return request;
      }
      const ssize_t count = recv(connection, buffer.data(), buffer.size(), 0);
      if (count <= 0) return {};
      request.append(buffer.data(), static_cast<size_t>(count));
    }
  }

  static size_t body_size(const std::string& request) {
    const std::string name = "Content-Length: ";
    const size_t at = request.find(name);
    if (at == std::string::npos) return 0;
    return std::stoul(request.substr(at + name.size()));
  }

  Script script_;
  int listener_ = -1;
  uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  int connections_ = 0;
  std::thread thread_;
};

}  // namespace claribi::net::test
