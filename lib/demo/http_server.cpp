// SPDX-License-Identifier: MIT
#include "demo/http_server.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <fmt/format.h>

#include "demo/loopback.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view own_path = "/mcp";
constexpr ev_ssize_t most_header_bytes = 64 << 10;
constexpr ev_ssize_t most_body_bytes = 4 << 20;
constexpr int idle_seconds = 120;

// Frees what libevent made.
struct Free {
  void operator()(event_base* base) const { event_base_free(base); }
  void operator()(evhttp* http) const { evhttp_free(http); }
  void operator()(event* one) const { event_free(one); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::string method_of(evhttp_request* request) {
  switch (evhttp_request_get_command(request)) {
    case EVHTTP_REQ_POST:
      return "POST";
    case EVHTTP_REQ_GET:
      return "GET";
    case EVHTTP_REQ_DELETE:
      return "DELETE";
    default:
      return "OTHER";
  }
}

std::string path_of(evhttp_request* request) {
  const auto* uri = evhttp_request_get_evhttp_uri(request);
  const char* path = uri == nullptr ? nullptr : evhttp_uri_get_path(uri);
  return path == nullptr ? "" : path;
}

std::string body_of(evhttp_request* request) {
  auto* buffer = evhttp_request_get_input_buffer(request);
  std::string body(evbuffer_get_length(buffer), '\0');
  evbuffer_remove(buffer, body.data(), body.size());
  return body;
}

net::Request read(evhttp_request* request) {
  net::Request out{.method = method_of(request), .url = path_of(request)};
  const auto* headers = evhttp_request_get_input_headers(request);
  for (const auto* one = headers->tqh_first; one != nullptr;
       one = one->next.tqe_next) {
    out.headers.push_back({one->key, one->value});
  }
  out.body = body_of(request);
  return out;
}

void send(evhttp_request* request, const HttpReply& reply) {
  auto* headers = evhttp_request_get_output_headers(request);
  for (const auto& header : reply.head.headers) {
    evhttp_add_header(headers, header.name.c_str(), header.value.c_str());
  }
  auto* buffer = evhttp_request_get_output_buffer(request);
  evbuffer_add(buffer, reply.body.data(), reply.body.size());
  evhttp_send_reply(request, reply.head.status, nullptr, nullptr);
}

HttpReply answer(const HttpServer::Handler& handler,
                 const net::Request& request) {
  if (auto refused = refuse_foreign(request)) return std::move(*refused);
  if (request.url != own_path) {
    return error_reply(404, nullptr, refused_by_http,
                       fmt::format("Not found: ask {}", own_path));
  }
  return handler(request);
}

// Called from C, which knows no exceptions.
void on_request(evhttp_request* request, void* handler) noexcept {
  try {
    send(request, answer(*static_cast<const HttpServer::Handler*>(handler),
                         read(request)));
  } catch (const std::exception&) {
    evhttp_send_error(request, 500, nullptr);
  }
}

// Also which verbs are answered by us: others get 501 from libevent.
void set_limits(evhttp* http) {
  evhttp_set_allowed_methods(http, EVHTTP_REQ_GET | EVHTTP_REQ_POST |
                                       EVHTTP_REQ_DELETE | EVHTTP_REQ_HEAD |
                                       EVHTTP_REQ_PUT | EVHTTP_REQ_OPTIONS |
                                       EVHTTP_REQ_PATCH);
  evhttp_set_max_headers_size(http, most_header_bytes);
  evhttp_set_max_body_size(http, most_body_bytes);
  evhttp_set_timeout(http, idle_seconds);
  evhttp_set_default_content_type(http, nullptr);
}

std::unexpected<Error> no_port(uint16_t port, int error) {
  std::vector<std::string> hints;
  if (error == EADDRINUSE) {
    hints.emplace_back("take another with --port, or any free one with 0");
  }
  return fail(ErrorKind::network,
              fmt::format("cannot listen on 127.0.0.1:{}: {}", port,
                          std::strerror(error)),
              std::move(hints));
}

uint16_t bound_port(evhttp_bound_socket* socket) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  (void)::getsockname(evhttp_bound_socket_get_fd(socket),
                      reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

// In the order of its life: what is below refers to what is above.
struct HttpServer::State {
  Handler handler = {};
  std::string url = {};
  Owned<event_base> base = {};
  Owned<evhttp> http = {};
  Owned<event> interrupt = {};
  Owned<event> terminate = {};
  int caught = 0;  // The signal that ends the loop.

  // The loop finishes what is ready, a reply that was just made included.
  static void on_signal(evutil_socket_t signal, short, void* state) noexcept {
    auto& self = *static_cast<State*>(state);
    self.caught = static_cast<int>(signal);
    event_base_loopexit(self.base.get(), nullptr);
  }

  [[nodiscard]] Owned<event> catcher(int signal) {
    Owned<event> one(evsignal_new(base.get(), signal, on_signal, this));
    event_add(one.get(), nullptr);
    return one;
  }
};

HttpServer::HttpServer(std::unique_ptr<State> state)
    : state_(std::move(state)) {
}
HttpServer::HttpServer(HttpServer&& other) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&& other) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::listen(uint16_t port) {
  auto state = std::make_unique<State>();
  state->base.reset(event_base_new());
  if (!state->base) return fail(ErrorKind::internal, "no event loop");
  state->http.reset(evhttp_new(state->base.get()));
  auto* http = state->http.get();
  if (http == nullptr) return fail(ErrorKind::internal, "no HTTP server");
  set_limits(http);
  errno = 0;
  auto* socket = evhttp_bind_socket_with_handle(http, "127.0.0.1", port);
  if (socket == nullptr) return no_port(port, errno);
  state->url =
      fmt::format("http://127.0.0.1:{}{}", bound_port(socket), own_path);
  state->interrupt = state->catcher(SIGINT);
  state->terminate = state->catcher(SIGTERM);
  return HttpServer(std::move(state));
}

const std::string& HttpServer::url() const {
  return state_->url;
}

std::unexpected<Error> HttpServer::run(Handler handler) {
  state_->handler = std::move(handler);
  evhttp_set_gencb(state_->http.get(), on_request, &state_->handler);
  event_base_dispatch(state_->base.get());
  return fail(state_->caught == SIGTERM ? ErrorKind::terminated
                                        : ErrorKind::interrupted,
              "");
}

}  // namespace claribi::demo
