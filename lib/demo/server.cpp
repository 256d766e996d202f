// SPDX-License-Identifier: MIT
#include "demo/server.hpp"

#include <optional>
#include <utility>

#include "base/text.hpp"
#include "demo/handshake_era.hpp"
#include "demo/stateless_era.hpp"
#include "demo/tools.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr size_t most_body_bytes = 1U << 20U;
constexpr size_t most_sessions = 1000;

HttpReply refusal(int status, std::string_view problem) {
  return error_reply(status, nullptr, refused_by_http, problem);
}

HttpReply wrong_verb() {
  auto reply = refusal(405, "Method not allowed");
  reply.head.headers.push_back({"allow", "POST, DELETE"});
  return reply;
}

// What is wrong with a POST before its body is read.
std::optional<HttpReply> refuse(const net::Request& request) {
  const auto accept = lower(header_of(request, "accept"));
  const auto takes = [&](std::string_view type) {
    return accept.contains(type) || accept.contains("*/*");
  };
  if (!takes("application/json") || !takes("text/event-stream")) {
    return refusal(406,
                   "Not Acceptable: Client must accept both application/json "
                   "and text/event-stream");
  }
  if (!lower(header_of(request, "content-type"))
           .starts_with("application/json")) {
    return refusal(415,
                   "Unsupported Media Type: Content-Type must be "
                   "application/json");
  }
  if (request.body.size() > most_body_bytes) {
    return error_reply(200, nullptr, invalid_request,
                       "Request body is too large");
  }
  return std::nullopt;
}

}  // namespace

Server::Server(Store store, Project project, const Clock& clock)
    : store_(std::move(store)),
      project_(std::move(project)),
      clock_(&clock),
      sessions_(std::make_unique<Sessions>(most_sessions)) {
}

HttpReply Server::handle(const net::Request& request) {
  if (request.method == "DELETE") return end_session(*sessions_, request);
  if (request.method != "POST") return wrong_verb();
  if (auto refused = refuse(request)) return std::move(*refused);
  const auto body = json::parse(request.body);
  if (!body) return error_reply(400, nullptr, parse_error, "Parse error");
  const World world{
      .store = store_,
      .project = project_,
      .moment = {.now = clock_->now(), .calendar = project_.calendar}};
  if (is_stateless(request, *body)) {
    return answer_stateless_era(world, request, *body);
  }
  return answer_handshake_era(world, *sessions_, request, *body);
}

}  // namespace claribi::demo
