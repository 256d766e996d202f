// SPDX-License-Identifier: MIT
// The demo on a socket.
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/demo_data.hpp"
#include "demo/http_server.hpp"
#include "demo/in_process.hpp"

namespace claribi::cli {
namespace {

constexpr int usual_port = 8737;

struct ServeArgs {
  std::optional<int> port;
};

Bound describe_serve(ServeArgs& args) {
  return {
      .options = {{.names = "--port",
                   .value = "N",
                   .help = "The port of 127.0.0.1, 8737 by default; 0 takes "
                           "any free one.",
                   .lands = &args.port}},
  };
}

Result<uint16_t> port_of(const ServeArgs& args) {
  const int port = args.port.value_or(usual_port);
  if (port >= 0 && port <= 65535) return static_cast<uint16_t>(port);
  return fail(ErrorKind::usage, fmt::format("there is no port {}", port),
              {"a port is a number from 0 to 65535"});
}

Result<void> serve(Context& context, const ServeArgs& args) {
  CLARIBI_TRY_ASSIGN(const uint16_t port, port_of(args));
  CLARIBI_TRY_ASSIGN(auto http, demo::HttpServer::listen(port));
  CLARIBI_TRY_ASSIGN(
      auto server,
      demo::open_demo(demo_options(context.environment(), context.settings()),
                      context.clock(),
                      [&](std::string_view line) { context.say(line); }));
  CLARIBI_TRY(context.io().out(http.url() + "\n"));
  context.say("serving the demo to this machine; Ctrl-C ends it");
  return http.run(
      [&](const net::Request& request) { return server.handle(request); });
}

}  // namespace

Command demo_serve_command() {
  return {
      .path = "demo serve",
      .summary = "Serve the demo to other MCP clients on this machine",
      .description =
          "Answers the Model Context Protocol over HTTP on 127.0.0.1 from the "
          "demo's data, in both of its eras (2026-07-28, and 2025-11-25 to "
          "2025-03-26). Prints the address when it is ready and runs until "
          "Ctrl-C (status 130) or SIGTERM (status 143).\n\nNeeds no key and "
          "takes none. Requests of pages that a browser loaded from elsewhere "
          "are refused.",
      .examples = {{"claribi demo serve --port 8737",
                    "an MCP server for trying out a client"},
                   {"claribi tools --url http://127.0.0.1:8737/mcp "
                    "--allow-http-loopback",
                    "ask it from another terminal"}},
      .bind = bind<ServeArgs>(describe_serve, serve),
  };
}

}  // namespace claribi::cli
