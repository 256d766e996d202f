// SPDX-License-Identifier: MIT
#include "mcp/probe.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "mcp/message.hpp"
#include "mcp/refusal.hpp"
#include "mcp/stateless.hpp"
#include "mcp/versions.hpp"

namespace claribi::mcp {
namespace {

constexpr std::string_view method = "server/discover";
constexpr std::chrono::milliseconds longest_probe = std::chrono::seconds(10);

constexpr Finding legacy() {
  return {.verdict = Verdict{.era = Era::legacy}};
}

// A list of versions such as 2027-01-01 that are all later than ours.
bool is_only_newer(const json::Value& list) {
  return list.size() > 0 &&
         std::ranges::all_of(list.items(), [](const json::Value& version) {
           return version.text_or("") > stateless_versions.front();
         });
}

Finding of_versions(const json::Value& result) {
  const auto version =
      common_version(stateless_versions, result["supportedVersions"]);
  if (!version) return legacy();
  ServerInfo server = server_of_discovery(result);
  server.protocol_version = *version;
  return {.verdict = Verdict{.era = Era::stateless, .server = server}};
}

Result<Finding> of_refused_version(const RpcError& error, const Asked& asked) {
  const json::Value& supported = error.data["supported"];
  if (auto version = common_version(stateless_versions, supported)) {
    return Finding{.version = std::move(version)};
  }
  if (!is_only_newer(supported)) return legacy();
  return fail_version(endpoint_host(asked.url), supported);
}

// A 403 that does not speak of keys may be a gateway's answer to a method that
// it does not know.
bool is_about_keys(const Reply& reply) {
  const std::string words = lower(words_of_body(reply.body));
  if (!reply.head.header("WWW-Authenticate").empty()) return true;
  return std::ranges::any_of(
      std::array<std::string_view, 7>{"scope", "token", "key", "auth",
                                      "permission", "credential", "bearer"},
      [&](std::string_view word) { return words.contains(word); });
}

Error status_error(const Reply& reply, const Asked& asked) {
  return std::move(fail_status(reply.head, reply.body, asked).error());
}

// What lists its own versions although it speaks of nothing newer.
bool is_page(const Reply& reply) {
  const bool success = reply.head.status >= 200 && reply.head.status < 300;
  const std::string type = reply.head.media_type();
  return success && reply.response.is_null() && !trim(reply.body).empty() &&
         type != "application/json" && type != "text/event-stream";
}

}  // namespace

Result<Finding> read_discovery(const Reply& reply, const Asked& asked) {
  const int status = reply.head.status;
  if (status == 401 || status == 408 || status == 429 || status >= 500) {
    return std::unexpected(status_error(reply, asked));
  }
  if (const auto error = rpc_error(reply.response)) {
    if (error->code == rpc_code::version_unknown) {
      return of_refused_version(*error, asked);
    }
    Finding finding = legacy();
    if (error->code == rpc_code::header_mismatch ||
        error->code == rpc_code::capability_missing) {
      finding.doubt = std::move(fail_rpc(*error, asked.method).error());
    } else if (status == 403) {
      finding.doubt = status_error(reply, asked);
    }
    return finding;
  }
  if (status == 403) {
    Error refusal = status_error(reply, asked);
    if (is_about_keys(reply)) return std::unexpected(std::move(refusal));
    Finding finding = legacy();
    finding.doubt = std::move(refusal);
    return finding;
  }
  if (is_page(reply)) {
    return fail_no_endpoint(
        asked.url, "it answered with " + server_words(reply.head.media_type()));
  }
  if (!reply.response.is_null()) return of_versions(reply.response["result"]);
  return legacy();
}

Result<Finding> probe(Channel& channel) {
  const Endpoint& endpoint = channel.endpoint();
  const Deadline deadline(channel.around().timer,
                          std::min(endpoint.timeout, longest_probe));
  std::string version(stateless_versions.front());
  for (int tries = 0;; ++tries) {
    Question question{.method = std::string(method),
                      .headers = stateless_headers(version, method)};
    question.params = [&](int64_t) {
      return json::Object{{"_meta", stateless_meta(version, channel.around())}};
    };
    auto reply =
        channel.ask(question, deadline, {},
                    [&](const net::Request& message, ReplyReader& reader) {
                      return channel.send(message, reader);
                    });
    if (!reply && reply.error().kind == ErrorKind::limit_reached) {
      return Finding{.verdict = Verdict{.era = Era::legacy, .lasting = false}};
    }
    if (!reply) return std::unexpected(std::move(reply).error());
    const Asked asked{.url = endpoint.url,
                      .method = method,
                      .with_key = endpoint.key != nullptr,
                      .at = channel.around().clock.now()};
    CLARIBI_TRY_ASSIGN(Finding finding, read_discovery(*reply, asked));
    if (!finding.version) return finding;
    // A server that names a version that it then refuses speaks neither era.
    if (tries > 0) {
      return fail(ErrorKind::protocol,
                  fmt::format("{} refuses the version {} of MCP that it lists",
                              endpoint_host(endpoint.url), version));
    }
    version = *finding.version;
  }
}

}  // namespace claribi::mcp
